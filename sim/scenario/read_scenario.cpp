// From a Document to a checked Scenario.
#include <algorithm>

#include "check_scenario.hpp"

namespace ketsim {
namespace {

TextTable read_named_table(const Node& root, const char* key, const std::string& path,
                           const TableReader& read_table, Diagnostics& problems) {
  const Node* population = root.find("population");
  const Node* node = population == nullptr ? nullptr : population->find(key);
  if (node == nullptr || path.empty()) return {};
  return read_table(path, node->where(), problems);
}

// Defaults by sector are for the sectors that a scenario has; what the user wrote himself is checked, not
// forgotten.
void forget_other_sectors(Scenario& scenario, const Node& root) {
  const Node* population = root.find("population");
  const Node* written = population == nullptr ? nullptr : population->find("large_firm_share");
  std::erase_if(scenario.population.large_firm_share, [&](const auto& share) {
    const bool is_sector =
        std::ranges::find(scenario.sectors, share.first, &Named<Sector>::name) != scenario.sectors.end();
    return !is_sector && (written == nullptr || written->find(share.first) == nullptr);
  });
}

}  // namespace

Scenario read_scenario(const Node& root, const TableReader& read_table, Diagnostics& problems) {
  Scenario scenario;
  scenario_schema().read(root, &scenario, "", problems);
  if (root.find("population") == nullptr) problems.add(root.where(), "population is missing");
  forget_other_sectors(scenario, root);
  scenario.regions =
      read_named_table(root, "regions_file", scenario.population.regions_file, read_table, problems);
  scenario.organisations = read_named_table(root, "organisations_file",
                                            scenario.population.organisations_file, read_table, problems);
  scenario.firm_table =
      read_named_table(root, "firms_file", scenario.population.firms_file, read_table, problems);
  scenario.tie_table =
      read_named_table(root, "ties_file", scenario.population.ties_file, read_table, problems);
  for (Named<Programme>& programme : scenario.programmes) {
    for (Named<Policy>& policy : programme.value.policies) {
      Window& window = policy.value.window;
      if (window.start.count == 0) window.start = programme.value.start;
      if (window.end.count == 0) window.end = programme.value.end;
      if (window.announced.count == 0) window.announced = window.start;
    }
  }
  if (scenario.horizons.empty()) scenario.horizons.push_back(scenario.time.end);
  check_scenario(root, scenario, problems);
  return scenario;
}

}  // namespace ketsim
