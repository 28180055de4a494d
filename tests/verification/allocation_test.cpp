// Allocation rules against the laws that they must follow: a lottery is hypergeometric, a jury of given
// reliability picks by the order statistics of two correlated normals, and money or strictness move results
// one way only.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "ketsim/rng/samplers.hpp"
#include "support/call_by_hand.hpp"
#include "support/limits.hpp"

namespace ketsim {
namespace {

using Winners = std::vector<std::size_t>;

std::string rule(const std::string& name, double reliability, double threshold) {
  return "{rule: " + name + ", decision_months: 0, jury_reliability: " + real_text(reliability) +
         ", threshold: " + real_text(threshold) + "}";
}

//! Luck of the test itself, apart from all draws of the model.
Stream luck_of(std::uint32_t replicate) {
  return Randomness(2024, replicate).stream(Purpose::sweep_design, 0);
}

double binomial(int n, int k) {
  double value = 1.0;
  for (int i = 1; i <= k; ++i) value *= static_cast<double>(n - k + i) / i;
  return value;
}

// Twelve proposals stand above the threshold, five of them marked; four of the twelve win, and nobody of the
// four below: P(j marked) = C(5, j) C(7, 4 - j) / C(12, 4).
TEST(Lottery, AmongThoseAboveAThresholdIsHypergeometric) {
  constexpr int draws = 600;
  std::vector<int> seen(5, 0);
  for (std::uint32_t replicate = 0; replicate < draws; ++replicate) {
    Call call(rule("lottery", 1.0, 0.5), 400, replicate);
    for (int p = 0; p < 16; ++p) call.propose(p < 12 ? 0.6 + 0.02 * p : 0.4, 100);
    const Winners winners = call.winners();
    ASSERT_EQ(winners.size(), 4U);
    EXPECT_LT(winners.back(), 12U);
    ++seen[static_cast<std::size_t>(std::ranges::count_if(winners, [](std::size_t p) { return p < 5; }))];
  }
  double chi_square = 0.0;
  for (int j = 0; j < 5; ++j) {
    const double expected = draws * binomial(5, j) * binomial(7, 4 - j) / binomial(12, 4);
    const double excess = seen[static_cast<std::size_t>(j)] - expected;
    chi_square += excess * excess / expected;
  }
  EXPECT_LT(chi_square,
            4.0 + 4.0 * std::sqrt(2.0 * 4.0));  // four degrees of freedom, four standard deviations
}

// Mean of the m greatest of n standard normals: (n / m) * integral of x phi(x) P(fewer than m of n - 1 exceed
// x).
double mean_of_greatest(int m, int n) {
  constexpr double step = 0.002;
  double sum = 0.0;
  for (double x = -8.0; x < 8.0; x += step) {
    const double above = portable_normal_cdf(-x);
    double fewer = 0.0;
    for (int k = 0; k < m; ++k)
      fewer += binomial(n - 1, k) * std::pow(above, k) * std::pow(1.0 - above, n - 1 - k);
    sum += x * std::exp(-0.5 * x * x) / std::sqrt(2.0 * 3.141592653589793) * fewer * step;
  }
  return n * sum / m;
}

TEST(Jury, TheTestsOrderStatisticsAreThoseOfTables) {
  EXPECT_NEAR(mean_of_greatest(1, 5), 1.16296, 1e-4);  // Harter (1961)
  EXPECT_NEAR(mean_of_greatest(1, 20), 1.86748, 1e-4);
  EXPECT_NEAR(mean_of_greatest(5, 5), 0.0, 1e-6);
}

struct JuryCase {
  double reliability;  //!< as the scenario gives it
  double spread;       //!< standard deviation of quality among the proposals of the test
};

class JuryOfReliability : public testing::TestWithParam<JuryCase> {};

// The jury sees quality + noise with noise variance s^2 (1 - r) / r, s = quality_spread = 0.06. Scores and
// qualities are two normals of correlation rho = spread / sqrt(spread^2 + noise^2), so that
//   E[quality of the m best scores of n]
//     = mean + rho * spread * mean of the m greatest of n standard normals;
// where the proposals spread as the parameter says, rho = sqrt(r).
TEST_P(JuryOfReliability, PicksByTheOrderStatistics) {
  constexpr int proposals = 20;
  constexpr int places = 5;
  constexpr double mean = 2.0;  // far from zero, where scores end
  const JuryCase tested = GetParam();
  Sample quality;
  for (std::uint32_t replicate = 0; replicate < 250; ++replicate) {
    Call call(rule("ranked", tested.reliability, 0.0), 100.0 * places, replicate);
    Stream luck = luck_of(replicate);
    for (int p = 0; p < proposals; ++p) call.propose(mean + tested.spread * normal(luck), 100);
    const Winners winners = call.winners();
    ASSERT_EQ(winners.size(), static_cast<std::size_t>(places));
    double sum = 0.0;
    for (const std::size_t p : winners) sum += call.world().proposals[p].quality;
    quality.add(sum / places);
  }
  const double noise_variance = 0.06 * 0.06 * (1.0 - tested.reliability) / tested.reliability;
  const double correlation = tested.spread / std::sqrt(tested.spread * tested.spread + noise_variance);
  if (tested.spread == 0.06) {
    EXPECT_NEAR(correlation, std::sqrt(tested.reliability), 1e-12);
  }
  const double expected = mean + correlation * tested.spread * mean_of_greatest(places, proposals);
  EXPECT_LT(std::fabs(quality.errors_from(expected)), 4.0) << quality.mean() << " not " << expected;
}

INSTANTIATE_TEST_SUITE_P(Cases, JuryOfReliability,
                         testing::Values(JuryCase{1.0, 0.06}, JuryCase{0.8, 0.06}, JuryCase{0.5, 0.06},
                                         JuryCase{0.2, 0.06}, JuryCase{0.5, 0.2}));

TEST(Jury, APerfectOneFundsExactlyTheBest) {
  for (std::uint32_t replicate = 0; replicate < 20; ++replicate) {
    Call call(rule("ranked", 1.0, 0.0), 700, replicate);
    Stream luck = luck_of(replicate);
    std::vector<std::pair<double, std::size_t>> by_quality;
    for (std::size_t p = 0; p < 20; ++p) {
      by_quality.emplace_back(-uniform(luck), p);
      call.propose(-by_quality.back().first, 100);
    }
    std::ranges::sort(by_quality);
    Winners best;
    for (std::size_t p = 0; p < 7; ++p) best.push_back(by_quality[p].second);
    EXPECT_THAT(call.winners(), testing::UnorderedElementsAreArray(best));
  }
}

//! Winners of a call for twenty equal requests of random quality.
Winners winners_of_equal_requests(const std::string& name, double budget, double threshold,
                                  std::uint32_t replicate) {
  Call call(rule(name, 0.5, threshold), budget, replicate);
  Stream luck = luck_of(replicate);
  for (int p = 0; p < 20; ++p) {
    call.propose(uniform(luck), 100);
    call.world().proposals.back().submitted = static_cast<MonthIndex>(3.0 * uniform(luck));
  }
  call.world().month = 3;
  return call.winners();
}

class EveryRule : public testing::TestWithParam<const char*> {};
INSTANTIATE_TEST_SUITE_P(Rules, EveryRule, testing::Values("ranked", "lottery", "first_come", "entitlement"));

TEST_P(EveryRule, MoreBudgetTakesNoAwardAway) {
  for (std::uint32_t replicate = 0; replicate < 15; ++replicate) {
    Winners poorer;
    for (const double budget : {0.0, 150.0, 300.0, 500.0, 800.0, 1500.0, 2500.0}) {
      const Winners richer = winners_of_equal_requests(GetParam(), budget, 0.3, replicate);
      EXPECT_TRUE(std::ranges::includes(richer, poorer)) << budget << " EUR, replicate " << replicate;
      poorer = richer;
    }
    EXPECT_GT(poorer.size(), 8U);
  }
}

TEST_P(EveryRule, AStricterThresholdAdmitsNoMore) {
  for (std::uint32_t replicate = 0; replicate < 15; ++replicate) {
    Winners all = winners_of_equal_requests(GetParam(), 2500, 0.0, replicate);
    Winners some = winners_of_equal_requests(GetParam(), 600, 0.0, replicate);
    const bool asks_for_scores = std::string(GetParam()) != "entitlement";  // nor is it bound by a budget
    EXPECT_EQ(some.size(), asks_for_scores ? 6U : 20U);
    for (const double threshold : {0.2, 0.4, 0.6, 0.8, 1.0}) {
      const Winners fewer = winners_of_equal_requests(GetParam(), 2500, threshold, replicate);
      EXPECT_TRUE(std::ranges::includes(all, fewer)) << threshold << ", replicate " << replicate;
      all = fewer;
      const Winners poorer = winners_of_equal_requests(GetParam(), 600, threshold, replicate);
      EXPECT_LE(poorer.size(), some.size()) << threshold << ", replicate " << replicate;
      some = poorer;
    }
    EXPECT_EQ(all.size() < 20U, asks_for_scores);
  }
}

// Skip and fill: what is left of a call would not have paid for any good proposal that it turned down. Of a
// policy with two calls the first one has half of the budget.
class EveryRuleWithABudget : public testing::TestWithParam<const char*> {};
INSTANTIATE_TEST_SUITE_P(Rules, EveryRuleWithABudget, testing::Values("ranked", "lottery", "first_come"));

TEST_P(EveryRuleWithABudget, WhatIsLeftIsBelowTheSmallestRequestTurnedDown) {
  constexpr double threshold = 0.3;
  std::size_t short_of_money = 0;
  for (std::uint32_t replicate = 0; replicate < 60; ++replicate) {
    const bool two_calls = replicate % 2 == 1;
    Call call(rule(GetParam(), 0.5, threshold), 1000, replicate,
              two_calls ? "[2016-04, 2017-04]" : "[2016-04]");
    Stream luck = luck_of(replicate);
    for (int p = 0; p < 15; ++p) call.propose(uniform(luck), 1.0 + 300.0 * uniform(luck) * uniform(luck));
    Money left = to_money(two_calls ? 500 : 1000);
    for (const std::size_t p : call.winners()) left -= call.world().proposals[p].request();
    EXPECT_GE(left, Money{});
    EXPECT_EQ(call.world().ledger.unallocated(ProgrammeId(0)), left + to_money(two_calls ? 500 : 0));
    for (std::size_t p = 0; p < 15; ++p) {
      const Proposal& proposal = call.world().proposals[p];
      if (proposal.status == ProposalStatus::awarded || proposal.score < threshold) continue;
      EXPECT_LT(left, proposal.request()) << "replicate " << replicate;
      ++short_of_money;
    }
  }
  EXPECT_GT(short_of_money, 100U);
}

}  // namespace
}  // namespace ketsim
