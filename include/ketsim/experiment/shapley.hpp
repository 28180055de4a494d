// What each policy of a programme contributes: Shapley values over sets of policies, each set a twin world.
//
// A policy's value is what it adds to those that came before it, averaged over all orders in which policies
// could come (Shapley 1953). Over policies the values add up to what all of them change together, also where
// they need or replace each other. Up to five policies all orders are taken (at most 32 worlds); with more,
// each replicate takes one keyed order and its reverse, which is unbiased over replicates (Castro, Gomez and
// Tejada 2009, Computers & Operations Research 36:1726; the reverse takes out variance).
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "ketsim/engine/setup.hpp"
#include "ketsim/rng/stream.hpp"

namespace ketsim {

using Coalition = std::uint64_t;               //!< bit p: policy p takes part
using PolicyOrder = std::vector<std::size_t>;  //!< policies, the first to come first

inline constexpr std::size_t most_policies_in_all_orders = 5;
inline constexpr std::size_t most_policies = 64;

[[nodiscard]] inline Coalition all_policies(std::size_t policies) {
  return policies >= most_policies ? ~Coalition{0} : (Coalition{1} << policies) - 1;
}

//! Orders that a replicate looks at.
[[nodiscard]] std::vector<PolicyOrder> policy_orders(std::size_t policies, const Randomness& randomness);

//! Sets of policies that the orders pass through, each once, without the set of all.
[[nodiscard]] std::vector<Coalition> coalitions_of(const std::vector<PolicyOrder>& orders);

//! Value of each policy; together they are worth(all) - worth(none).
[[nodiscard]] std::vector<double> shapley_values(const std::vector<PolicyOrder>& orders,
                                                 const std::function<double(Coalition)>& worth);

//! Labels of a scenario's policies, PROGRAMME/POLICY, in its order.
[[nodiscard]] std::vector<std::string> policy_labels(const Scenario& scenario);

//! The scenario with some of its policies alone; its programmes stay, each with its own shares of the budget.
[[nodiscard]] std::shared_ptr<const Setup> with_policies(const Setup& setup, Coalition coalition);

}  // namespace ketsim
