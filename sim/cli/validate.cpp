// `ketsim validate FILE...`: every problem of every file at once, without running anything.
#include <CLI/CLI.hpp>

#include <iostream>

#include <fmt/format.h>

#include "exit_codes.hpp"
#include "scenario_setup.hpp"
#include "sweep_verbs.hpp"
#include "verbs.hpp"

namespace ketsim {
namespace {

std::string size_of_scenario(const std::string& file) {
  Diagnostics problems;
  const LoadedScenario loaded = load_scenario(file, {}, problems);
  const std::vector<ExperimentScenario> scenarios = set_up({loaded}, false, problems);
  return fmt::format("{} firms, {} months", scenarios.front().setup->population.firms,
                     loaded.scenario.months());
}

bool validate(const std::string& file) {
  try {
    std::cout << fmt::format("{}: ok ({})\n", file,
                             is_sweep_file(file) ? check_sweep(file) : size_of_scenario(file));
    return true;
  } catch (const InputError& error) {
    std::cerr << error.what() << '\n';
    return false;
  }
}

int validate_all(const std::vector<std::string>& files) {
  bool all_good = true;
  for (const std::string& file : files) all_good &= validate(file);
  return all_good ? exit_done : exit_bad_input;
}

}  // namespace

void add_validate(CLI::App& app, Work& work) {
  CLI::App* verb = app.add_subcommand(
      "validate", "Check scenarios and sweep files; list every problem with file, line and column");
  const auto files = std::make_shared<std::vector<std::string>>();
  verb->add_option("FILE", *files, "Scenarios, YAML or result files; sweep files")->required();
  verb->footer("Example:\n  ketsim validate scenarios/*.yaml");
  verb->callback([&work, files] { work = [files] { return validate_all(*files); }; });
}

}  // namespace ketsim
