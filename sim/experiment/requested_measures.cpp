// Measures that options of `compare` ask for: their declarations, each in one place.
#include <algorithm>

#include "ketsim/base/contracts.hpp"
#include "measure_tables.hpp"

namespace ketsim {

const std::vector<RequestedMeasure>& requested_measures() {
  const std::vector<std::string> by_alternative{"alternative", "replicate", "horizon"};
  const std::vector<std::string> by_policy{"alternative", "replicate", "horizon", "policy"};
  static const std::vector<RequestedMeasure> measures{
      {"shapley_net_additional_adopters", "1",
       "Shapley value of the policy: what it adds to net additional adopters, averaged over the orders in "
       "which policies could come; over policies they add up to the whole",
       by_policy, "--shapley"},
      {"shapley_public_money", "EUR",
       "Shapley value of the policy in the change of public money; over policies they add up to the whole",
       by_policy, "--shapley"},
      {"border_cost",
       "1",
       "adopters that the scenario lacks for the border: net additional adopters of the same world without "
       "its frictions, lifted at the start or never there",
       {"scenario", "replicate", "horizon", "border_variant"},
       "--border-twin"},
      {"border_cost_change",
       "1",
       "cost of the border in the alternative less that in the baseline",
       {"alternative", "replicate", "horizon", "border_variant"},
       "--border-twin"},
      {"direct_effect", "1",
       "adopters that one award brings among its own firms and for its KET, mean over the awards withheld",
       by_alternative, "--direct"},
      {"indirect_effect", "1",
       "adopters that one award brings among all other pairs, mean over the awards withheld", by_alternative,
       "--direct"},
  };
  return measures;
}

void add_requested(std::vector<Measure>& measures, const std::string& name, std::size_t first_size,
                   const std::vector<std::vector<double>>& values) {
  const auto& all = requested_measures();
  const auto found = std::ranges::find(all, name, &RequestedMeasure::name);
  expect(found != all.end(), "requested measures are declared");
  std::vector<std::string> dimensions = found->dimensions;
  std::erase(dimensions, "replicate");
  add_over_replicates(measures, name, found->unit, found->doc, dimensions, first_size, values);
}

}  // namespace ketsim
