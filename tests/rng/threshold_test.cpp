// Sellke's construction: transitions by accumulated hazard have the law of monthly coin tosses.
#include "ketsim/rng/threshold.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

namespace ketsim {
namespace {

Hazard threshold_of(std::uint64_t firm) {
  Stream stream = Randomness(99, 0).stream(Purpose::interest, firm);
  return exponential_threshold(stream);
}

//! The month in which a firm passes its threshold under a monthly hazard, or -1 if not within the months
//! given.
int transition_month(Hazard remaining, const std::vector<double>& hazards) {
  for (std::size_t month = 0; month < hazards.size(); ++month) {
    if (accumulate(remaining, to_hazard(hazards[month]))) return static_cast<int>(month);
  }
  return -1;
}

TEST(Threshold, HazardsRoundToTheGridAndSaturate) {
  EXPECT_EQ(to_hazard(0.0), 0U);
  EXPECT_EQ(to_hazard(1.0), 1U << 26);
  EXPECT_EQ(to_hazard(0x1.8p-26), 2U);
  EXPECT_EQ(to_hazard(0x1p-28), 0U);
  EXPECT_EQ(to_hazard(63.0), 63U << 26);
  EXPECT_EQ(to_hazard(64.0), certain_hazard);
  EXPECT_EQ(to_hazard(std::numeric_limits<double>::infinity()), certain_hazard);
  EXPECT_EQ(from_hazard(to_hazard(0.125)), 0.125);
}

TEST(Threshold, NegativeHazardsBreakTheContract) {
  EXPECT_THROW(to_hazard(-0.1), ContractViolation);
  EXPECT_THROW(to_hazard(std::numeric_limits<double>::quiet_NaN()), ContractViolation);
}

TEST(Threshold, WaitingTimesFollowTheHazard) {
  const std::vector<double> hazards{0.02, 0.3, 0.0, 0.1, 0.7};
  constexpr int firms = 200000;
  std::vector<int> counts(hazards.size());
  for (std::uint64_t firm = 0; firm < firms; ++firm) {
    const int month = transition_month(threshold_of(firm), hazards);
    if (month >= 0) ++counts[static_cast<std::size_t>(month)];
  }
  double survival = 1.0;
  for (std::size_t month = 0; month < hazards.size(); ++month) {
    const double p = survival * -std::expm1(-hazards[month]);
    survival -= p;
    EXPECT_NEAR(counts[month], firms * p, 4.0 * std::sqrt(firms * p * (1.0 - p)))
        << month;  // 4 standard errors
  }
}

TEST(Threshold, MoreExposureNeverComesLater) {
  for (std::uint64_t firm = 0; firm < 20000; ++firm) {
    const int alone = transition_month(threshold_of(firm), std::vector<double>(60, 0.02));
    const int exposed = transition_month(threshold_of(firm), std::vector<double>(60, 0.03));
    ASSERT_TRUE(alone < 0 || (exposed >= 0 && exposed <= alone)) << firm;
  }
}

TEST(Threshold, SplittingADoseDoesNotMoveTheTransition) {
  for (std::uint64_t firm = 0; firm < 1000; ++firm) {
    Hazard once = threshold_of(firm);
    Hazard twice = once;
    const bool passes_once = accumulate(once, to_hazard(0.5));
    const bool passes_first = accumulate(twice, to_hazard(0.125));
    const bool passes_second = accumulate(twice, to_hazard(0.375));
    ASSERT_EQ(passes_once, passes_first || passes_second);
    ASSERT_EQ(once, twice);
  }
}

TEST(Threshold, ZeroExposureNeverTriggersAndCertaintyAlwaysDoes) {
  for (std::uint64_t firm = 0; firm < 20000; ++firm) {
    Hazard remaining = threshold_of(firm);
    ASSERT_GT(remaining, 0U);
    ASSERT_FALSE(accumulate(remaining, 0));
    ASSERT_TRUE(accumulate(remaining, certain_hazard));
  }
}

TEST(Threshold, PassesExactlyOnce) {
  Hazard remaining = 10;
  EXPECT_FALSE(accumulate(remaining, 9));
  EXPECT_EQ(remaining, 1U);
  EXPECT_TRUE(accumulate(remaining, 1));
  EXPECT_EQ(remaining, 0U);
  EXPECT_FALSE(accumulate(remaining, 100));
  EXPECT_FALSE(accumulate(remaining, 0));
}

TEST(Threshold, GoldenThresholdStays) {
  EXPECT_EQ(threshold_of(1), 97598980U);
}

}  // namespace
}  // namespace ketsim
