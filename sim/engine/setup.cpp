#include "ketsim/engine/setup.hpp"

#include <algorithm>

namespace ketsim {
namespace {

bool allows(const std::vector<std::string>& wanted, const std::string& name) {
  return wanted.empty() || std::ranges::find(wanted, name) != wanted.end();
}

TargetMask mask_of(const Target& target, const Geography& geography) {
  TargetMask mask;
  for (std::size_t s = 0; s < size_class_count; ++s)
    mask.sizes[s] = allows(target.size_classes, size_class_names()[s]);
  for (const std::string& sector : geography.sectors) mask.sectors.push_back(allows(target.sectors, sector));
  for (const Region& region : geography.regions)
    mask.regions.push_back(allows(target.countries, geography.countries[region.country.index()]));
  for (const Ket& ket : geography.kets) mask.kets.push_back(allows(target.kets, ket.name));
  return mask;
}

}  // namespace

std::shared_ptr<Setup> make_setup(Scenario scenario, Diagnostics& problems) {
  auto setup = std::make_shared<Setup>();
  std::ranges::sort(scenario.horizons);
  setup->scenario = std::move(scenario);
  setup->geography = make_geography(setup->scenario, problems);
  setup->founding_geography = setup->geography;
  setup->population = setup->scenario.population.firms_file.empty()
                          ? plan_population(setup->scenario, *setup->geography, problems)
                          : read_given_firms(setup->scenario, *setup->geography, problems);
  setup->population.ties = read_given_ties(setup->scenario, setup->population, problems);
  setup->scenario.firm_table = {};  // all is in the plan, and a table of millions weighs more than a world
  setup->scenario.tie_table = {};
  for (const Named<Programme>& programme : setup->scenario.programmes) {
    setup->programme_labels.push_back(programme.name);
    for (const Named<Policy>& policy : programme.value.policies)
      setup->targets.push_back(mask_of(policy.value.target, *setup->geography));
  }
  check_organisations(setup->scenario, *setup->geography, problems);
  constexpr std::size_t most_programmes = 8;  // one bit each in Firms::programmes_known
  if (setup->scenario.programmes.size() > most_programmes)
    problems.add({}, "at most 8 programmes can run in one scenario");
  return setup;
}

namespace {

// An entitlement needs no budget of its own: it is appropriated as it is claimed.
bool has_budget(const PolicyState& policy) {
  return policy.budget > Money{} || policy.policy->allocation.rule == AllocationRule::entitlement;
}

}  // namespace

bool Context::is_open(const PolicyState& policy) const {
  return has_budget(policy) && month() >= index_of(policy.policy->window.start) &&
         month() < index_of(policy.policy->window.end);
}

bool Context::can_prepare(const PolicyState& policy) const {
  const Window& window = policy.policy->window;
  const int last = window.calls.empty() ? index_of(window.end) - 1 : index_of(window.calls.back());
  return has_budget(policy) && month() >= index_of(window.announced) && month() < last;
}

}  // namespace ketsim
