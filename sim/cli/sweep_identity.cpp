// What the results of a point follow from, as a number.
#include <algorithm>
#include <charconv>
#include <set>

#include <fmt/format.h>

#include "ketsim/base/contracts.hpp"
#include "ketsim/io/sha256.hpp"
#include "sweep_folder.hpp"
#include "sweep_folder_parts.hpp"
#include "versions.hpp"

namespace ketsim {

std::string sweep_folder::text_of(const RecordId& id) {
  return fmt::format("{:016x}{:016x}", id.high, id.low);
}

namespace {

RecordId first_digits(std::string_view hash) {
  RecordId id;
  const auto read = [](std::string_view digits, std::uint64_t& to) {
    return std::from_chars(digits.data(), digits.data() + digits.size(), to, 16).ec == std::errc();
  };
  expect(hash.size() == 64 && read(hash.substr(0, 16), id.high) && read(hash.substr(16, 16), id.low),
         "a hash has 64 hexadecimal digits");
  return id;
}

//! A table by what it holds: a copy of it gives the same results.
void name_after_texts(PopulationSettings& population, const std::vector<InputText>& inputs) {
  for (std::string* file : {&population.regions_file, &population.organisations_file, &population.firms_file,
                            &population.ties_file}) {
    const auto input = std::ranges::find(inputs, *file, &InputText::path);
    if (input != inputs.end()) *file = sha256(*input->text);
  }
}

std::string all_that_counts(const LoadedScenario& loaded) {
  Scenario scenario = loaded.scenario;
  scenario.title.clear();  // what is said of a scenario changes no result
  scenario.description.clear();
  scenario.record.clear();
  scenario.seed = 0;
  scenario.replicates = 1;
  name_after_texts(scenario.population, loaded.inputs);
  return loaded.name + '\n' + resolved_yaml(scenario);
}

}  // namespace

void take_luck_of(const SweepSettings& settings, Scenario& scenario) {
  scenario.seed = settings.seed;
  scenario.replicates = settings.replicates;
}

std::vector<RecordId> identities_of(const PlannedSweep& sweep) {
  const SweepSettings& settings = sweep.plan.settings;
  std::string common = fmt::format("{}\n{} {} {}\n{}\n", program_text(), settings.seed, settings.every,
                                   settings.margins, sweep.plan.compares());
  for (const std::string& output : settings.outputs) common += output + '\n';
  for (const LoadedScenario& loaded : sweep.scenarios) common += all_that_counts(loaded);
  const std::string start = sha256(common) + '\n';
  std::vector<RecordId> identities;
  for (const DesignPoint& point : sweep.plan.points) {
    std::set<std::string> lines;  // whatever the order and the names of the factors
    for (std::size_t f = 0; f < point.values.size(); ++f)
      lines.insert(fmt::format("{}={}", sweep.plan.factors[f].settings.path, point.values[f]));
    identities.push_back(first_digits(sha256(fmt::format("{}{}", start, fmt::join(lines, "\n")))));
  }
  return identities;
}

}  // namespace ketsim
