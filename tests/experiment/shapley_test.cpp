// Shares of policies: cases worked out by hand, and sums that hold whatever the worth of sets.
#include "ketsim/experiment/shapley.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>

#include "support/small_world.hpp"

namespace ketsim {
namespace {

using testing::DoubleNear;
using testing::ElementsAre;

std::vector<double> values(std::size_t policies, const std::function<double(Coalition)>& worth) {
  return shapley_values(policy_orders(policies, Randomness(1, 0)), worth);
}

// The glove game (Shapley 1953): policies 0 and 1 each hold a left glove, 2 the only right one; a pair is
// worth 1. Of six orders a left glove completes the pair in one, the right glove in four.
TEST(Shapley, MeetsTheGloveGame) {
  const auto worth = [](Coalition c) { return (c & 4U) != 0 && (c & 3U) != 0 ? 1.0 : 0.0; };
  EXPECT_THAT(values(3, worth), ElementsAre(DoubleNear(1.0 / 6, 1e-15), DoubleNear(1.0 / 6, 1e-15),
                                            DoubleNear(4.0 / 6, 1e-15)));
}

TEST(Shapley, PoliciesThatDoNotInteractGetWhatTheyBring) {
  const auto worth = [](Coalition c) {
    return 10.0 + ((c & 1U) != 0 ? 3.0 : 0.0) + ((c & 2U) != 0 ? 5.0 : 0.0);
  };
  EXPECT_THAT(values(2, worth), ElementsAre(3.0, 5.0));
}

TEST(Shapley, SharesAddUpToTheWholeForAnyNumberOfPolicies) {
  for (const std::size_t n : {1U, 2U, 3U, 4U, 5U, 6U, 9U}) {
    const auto worth = [](Coalition c) { return static_cast<double>(hash_text(std::to_string(c)) % 1000); };
    const std::vector<double> shares = values(n, worth);
    EXPECT_NEAR(std::accumulate(shares.begin(), shares.end(), 0.0), worth(all_policies(n)) - worth(0), 1e-9)
        << n;
  }
}

TEST(Shapley, UpToFivePoliciesEveryOrderIsTaken) {
  EXPECT_EQ(policy_orders(5, Randomness(1, 0)).size(), 120U);
  EXPECT_EQ(coalitions_of(policy_orders(5, Randomness(1, 0))).size(), 31U);  // all sets but the whole
  EXPECT_EQ(coalitions_of(policy_orders(1, Randomness(1, 0))).size(), 1U);
  EXPECT_EQ(policy_orders(0, Randomness(1, 0)).size(), 1U);
}

// With more, an order and its reverse a replicate; over replicates every place is as likely.
TEST(Shapley, SampledOrdersAreFair) {
  constexpr std::size_t policies = 7;
  constexpr std::uint32_t replicates = 2000;
  std::vector<double> place(policies, 0.0);
  std::vector<double> first(policies, 0.0);
  for (std::uint32_t r = 0; r < replicates; ++r) {
    const std::vector<PolicyOrder> orders = policy_orders(policies, Randomness(3, r));
    ASSERT_EQ(orders.size(), 2U);
    EXPECT_EQ(PolicyOrder(orders[0].rbegin(), orders[0].rend()), orders[1]);
    for (const PolicyOrder& order : orders) {
      first[order[0]] += 1.0;
      for (std::size_t i = 0; i < policies; ++i) place[order[i]] += static_cast<double>(i);
    }
  }
  for (std::size_t p = 0; p < policies; ++p) {
    EXPECT_DOUBLE_EQ(place[p] / (2.0 * replicates), 3.0);  // by the reverse
    EXPECT_NEAR(first[p] / (2.0 * replicates), 1.0 / 7, 4.0 * std::sqrt(6.0 / 49 / (2.0 * replicates)));
  }
}

TEST(Shapley, AWorldWithAllPoliciesIsTheScenarioAndWithoutThemNothingIsAwarded) {
  const Overrides small{"time.end=2018-12", "horizons=[2018-12]", "population.agents=300"};
  const auto setup = setup_of("rocket.yaml", small);
  const std::size_t n = policy_labels(setup->scenario).size();
  Simulation whole(setup, 2, 0);
  Simulation same(with_policies(*setup, all_policies(n)), 2, 0);
  Simulation none(with_policies(*setup, 0), 2, 0);
  whole.run();
  same.run();
  none.run();
  EXPECT_EQ(whole.recorder().values(), same.recorder().values());
  EXPECT_GT(total(whole, "awards"), 0.0);
  EXPECT_EQ(total(none, "awards"), 0.0);
  EXPECT_GT(total(none, "public_money_paid"), 0.0);  // management
}

}  // namespace
}  // namespace ketsim
