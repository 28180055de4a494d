#include "scenario_setup.hpp"

#include <filesystem>
#include <memory>

#include <fmt/format.h>

#include "ketsim/experiment/experiment.hpp"
#include "ketsim/io/output_file.hpp"
#include "ketsim/io/yaml.hpp"
#include "problems.hpp"

namespace ketsim {

void check_names_differ(const std::vector<std::string>& paths, const std::vector<LoadedScenario>& scenarios,
                        Diagnostics& problems) {
  for (std::size_t later = 1; later < scenarios.size(); ++later) {
    for (std::size_t earlier = 0; earlier < later; ++earlier) {
      if (scenarios[earlier].name != scenarios[later].name || scenarios[later].name.empty()) continue;
      problems.add({}, fmt::format("{} and {} are both called '{}' after their files; rename one",
                                   paths[earlier], paths[later], scenarios[later].name));
    }
  }
}

void check_inputs_stay(const std::string& output, const std::vector<std::string>& inputs,
                       Diagnostics& problems) {
  const std::string place = follow_links(output);
  for (const std::string& input : inputs) {
    std::error_code error;
    bool is_written = is_kept_work(input, place + ".ckpt");
    for (const std::string& written : {place, place + ".part", place + ".ckpt"})
      is_written |= std::filesystem::equivalent(written, input, error);
    if (is_written)
      problems.add({std::make_shared<const std::string>("-o " + output)},
                   fmt::format("would write over the input {}", input));
  }
}

std::vector<ExperimentScenario> set_up(const std::vector<LoadedScenario>& scenarios, bool are_compared,
                                       Diagnostics& problems) {
  std::vector<std::shared_ptr<Setup>> setups;
  std::vector<std::string> names;
  for (const LoadedScenario& loaded : scenarios) {
    setups.push_back(loaded.has_tables() ? make_setup(loaded.scenario, problems) : nullptr);
    names.push_back(loaded.name);
  }
  if (problems.empty() && are_compared) check_comparable(setups, names, problems);
  in_reading_order(problems).throw_if_any();
  share_programmes(setups);
  std::vector<ExperimentScenario> result;
  for (std::size_t s = 0; s < scenarios.size(); ++s) {
    const Scenario& scenario = scenarios[s].scenario;
    result.push_back({setups[s],
                      {names[s], scenario.title, scenario.description, resolved_yaml(scenario),
                       scenario_schema().rows(&scenario)}});
    if (result.back().record.resolved.size() > most_yaml_bytes)
      problems.add(
          {},
          fmt::format("{} with every default written out is larger than {} MB, more than can be read again; "
                      "shorten its texts",
                      names[s], most_yaml_bytes / 1'000'000));
  }
  problems.throw_if_any();
  return result;
}

}  // namespace ketsim
