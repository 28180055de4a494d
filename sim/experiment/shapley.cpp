#include "ketsim/experiment/shapley.hpp"

#include <algorithm>
#include <numeric>

#include "ketsim/base/contracts.hpp"
#include "ketsim/rng/samplers.hpp"

namespace ketsim {
namespace {

//! One order by sorting keyed priorities: a policy keeps that of its place, whatever any of them is called.
PolicyOrder keyed_order(std::size_t policies, const Randomness& randomness) {
  std::vector<std::uint64_t> priority;
  for (std::size_t p = 0; p < policies; ++p) {
    Stream draw = randomness.stream(Purpose::policy_order, p);
    const std::uint64_t high = draw();  // on its own: the order of operands is the compiler's
    priority.push_back(high << 32 | draw());
  }
  PolicyOrder order(policies);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t p) { return priority[p]; });
  return order;
}

}  // namespace

std::vector<PolicyOrder> policy_orders(std::size_t policies, const Randomness& randomness) {
  expect(policies <= most_policies, "a set of policies fits into 64 bits");
  if (policies > most_policies_in_all_orders) {
    const PolicyOrder order = keyed_order(policies, randomness);
    return {order, {order.rbegin(), order.rend()}};
  }
  PolicyOrder order(policies);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::vector<PolicyOrder> orders;
  do {
    orders.push_back(order);
  } while (std::ranges::next_permutation(order).found);
  return orders;
}

std::vector<Coalition> coalitions_of(const std::vector<PolicyOrder>& orders) {
  std::vector<Coalition> coalitions;
  for (const PolicyOrder& order : orders) {
    Coalition coalition = 0;
    for (const std::size_t policy : order) {
      coalitions.push_back(coalition);
      coalition |= Coalition{1} << policy;
    }
  }
  std::ranges::sort(coalitions);
  coalitions.erase(std::unique(coalitions.begin(), coalitions.end()), coalitions.end());
  return coalitions;
}

std::vector<double> shapley_values(const std::vector<PolicyOrder>& orders,
                                   const std::function<double(Coalition)>& worth) {
  std::vector<double> values(orders.front().size(), 0.0);
  for (const PolicyOrder& order : orders) {
    Coalition coalition = 0;
    double before = worth(coalition);
    for (const std::size_t policy : order) {
      coalition |= Coalition{1} << policy;
      const double after = worth(coalition);
      values[policy] += after - before;
      before = after;
    }
  }
  for (double& value : values) value /= static_cast<double>(orders.size());
  return values;
}

std::vector<std::string> policy_labels(const Scenario& scenario) {
  std::vector<std::string> labels;
  for (const Named<Programme>& programme : scenario.programmes) {
    for (const Named<Policy>& policy : programme.value.policies)
      labels.push_back(programme.name + "/" + policy.name);
  }
  return labels;
}

std::shared_ptr<const Setup> with_policies(const Setup& setup, Coalition coalition) {
  auto smaller = std::make_shared<Setup>(setup);
  smaller->targets.clear();
  std::size_t policy = 0;
  for (Named<Programme>& programme : smaller->scenario.programmes) {
    std::erase_if(programme.value.policies, [&](const Named<Policy>&) {
      const bool stays = (coalition >> policy & 1U) != 0;
      if (stays) smaller->targets.push_back(setup.targets[policy]);
      ++policy;
      return !stays;
    });
  }
  return smaller;
}

}  // namespace ketsim
