// `ketsim validate FILE...`: every problem of every file at once, without running anything.
#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>

#include <fmt/format.h>

#include "exit_codes.hpp"
#include "ketsim/engine/setup.hpp"
#include "ketsim/io/scenario_file.hpp"
#include "problems.hpp"
#include "sweep_verbs.hpp"
#include "verbs.hpp"

namespace ketsim {
namespace {

bool validate_sweep(const std::string& file) {
  try {
    std::cout << fmt::format("{}: ok ({})\n", file, check_sweep(file));
    return true;
  } catch (const InputError& error) {
    std::cerr << error.what() << '\n';
    return false;
  }
}

bool validate(const std::string& file) {
  if (is_sweep_file(file)) return validate_sweep(file);
  Diagnostics problems;
  const LoadedScenario loaded = load_scenario(file, {}, problems);
  const auto setup = loaded.has_tables() ? make_setup(loaded.scenario, problems) : nullptr;
  if (!problems.empty()) {
    std::cerr << in_reading_order(problems).text() << '\n';
    return false;
  }
  std::cout << fmt::format("{}: ok ({} firms, {} months)\n", file, setup->population.firms,
                           loaded.scenario.months());
  return true;
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
