// Intervals against tables, cases worked out by hand and the bootstrap.
#include "ketsim/experiment/statistics.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

namespace ketsim {
namespace {

TEST(StudentQuantile, MeetsTheTable) {
  const std::vector<std::pair<double, double>> table{{1, 12.7062}, {2, 4.3027},  {3, 3.1824},   {4, 2.7764},
                                                     {5, 2.5706},  {7, 2.3646},  {9, 2.2622},   {15, 2.1314},
                                                     {30, 2.0423}, {99, 1.9842}, {1e6, 1.95997}};
  for (const auto& [degrees, value] : table)
    EXPECT_NEAR(student_quantile(degrees), value, 1e-3 * value) << degrees;
  EXPECT_TRUE(std::isnan(student_quantile(0.0)));
}

TEST(MeanInterval, MeetsACaseByHand) {
  // 1, 2, 3, 4: mean 2.5, variance 5/3, standard error sqrt(5/12) = 0.645497, t(3) = 3.182446.
  const Interval interval = mean_interval({1, 2, 3, 4});
  EXPECT_DOUBLE_EQ(interval.mean, 2.5);
  EXPECT_NEAR(interval.low, 2.5 - 2.054260, 1e-4);
  EXPECT_NEAR(interval.high, 2.5 + 2.054260, 1e-4);
}

TEST(MeanInterval, OneReplicateHasNoBounds) {
  const Interval interval = mean_interval({7});
  EXPECT_EQ(interval.mean, 7.0);
  EXPECT_TRUE(std::isnan(interval.low) && std::isnan(interval.high));
}

TEST(MeanInterval, CoversTheMeanInNineteenOfTwentySamples) {
  std::mt19937 random(5);
  std::normal_distribution<double> normal(3.0, 2.0);
  int covered = 0;
  constexpr int trials = 2000;
  for (int trial = 0; trial < trials; ++trial) {
    std::vector<double> sample(8);
    for (double& value : sample) value = normal(random);
    const Interval interval = mean_interval(sample);
    covered += interval.low <= 3.0 && 3.0 <= interval.high;
  }
  EXPECT_NEAR(covered / static_cast<double>(trials), 0.95,
              4.0 * std::sqrt(0.95 * 0.05 / trials));  // four standard errors
}

TEST(FiellerInterval, MeetsACaseByHand) {
  // numerator 8, 10, 12, 10: mean 10, variance 8/3; denominator 4, 5, 6, 5: mean 5, variance 2/3; covariance
  // 4/3. Over n = 4: var_a = 2/3, var_b = 1/6, cov = 1/3: numerator is exactly twice the denominator, so the
  // interval is a point.
  const Interval twice = fieller_interval({8, 10, 12, 10}, {4, 5, 6, 5});
  EXPECT_DOUBLE_EQ(twice.mean, 2.0);
  EXPECT_NEAR(twice.low, 2.0, 1e-6);
  EXPECT_NEAR(twice.high, 2.0, 1e-6);
  // denominator 5, 5, 5, 5 is certain: the interval is that of the numerator's mean over 5.
  // Standard error sqrt(2/3) = 0.816497, t = 3.182446: 10 -+ 2.598456 over 5.
  const Interval certain = fieller_interval({8, 10, 12, 10}, {5, 5, 5, 5});
  EXPECT_NEAR(certain.low, (10 - 2.598456) / 5, 1e-4);
  EXPECT_NEAR(certain.high, (10 + 2.598456) / 5, 1e-4);
  // numerator 8, 12, 8, 12 and denominator 4, 4, 6, 6: cov = 0, var_a = 4/3, var_b = 1/3, t^2 = 10.127963:
  // (25 - 3.375988) r^2 - 100 r + (100 - 13.503951) = 0, r = (50 -+ sqrt(2500 - 21.624012 * 86.496049))
  // / 21.624012.
  const Interval free = fieller_interval({8, 12, 8, 12}, {4, 4, 6, 6});
  const double root = std::sqrt(2500.0 - 21.624012 * 86.496049);
  EXPECT_NEAR(free.low, (50.0 - root) / 21.624012, 1e-3);
  EXPECT_NEAR(free.high, (50.0 + root) / 21.624012, 1e-3);
}

TEST(FiellerInterval, AgreesWithTheBootstrap) {
  std::mt19937 random(6);
  std::normal_distribution<double> normal;
  constexpr std::size_t n = 200;
  std::vector<double> money(n);
  std::vector<double> adopters(n);
  for (std::size_t i = 0; i < n; ++i) {
    const double common = normal(random);
    adopters[i] = 10.0 + 8.0 * common + 6.0 * normal(random);
    money[i] = 300.0 + 20.0 * common + 30.0 * normal(random);
  }
  const Interval fieller = fieller_interval(money, adopters);
  std::vector<double> ratios;
  for (int b = 0; b < 4000; ++b) {
    double top = 0.0;
    double bottom = 0.0;
    for (std::size_t i = 0; i < n; ++i) {
      const std::size_t pick = random() % n;
      top += money[pick];
      bottom += adopters[pick];
    }
    ratios.push_back(top / bottom);
  }
  std::ranges::sort(ratios);
  const double width = ratios[3899] - ratios[100];
  EXPECT_NEAR(fieller.low, ratios[100], 0.08 * width);
  EXPECT_NEAR(fieller.high, ratios[3899], 0.08 * width);
}

TEST(FiellerInterval, IsUndefinedWhereTheDenominatorCannotBeToldFromZero) {
  for (const auto& denominator : {std::vector<double>{-5, 6, -4, 5}, std::vector<double>{0, 0, 0, 0},
                                  std::vector<double>{1, 9, -2, 4}}) {
    const Interval interval = fieller_interval({8, 10, 12, 10}, denominator);
    EXPECT_TRUE(std::isnan(interval.mean) && std::isnan(interval.low) && std::isnan(interval.high));
  }
  EXPECT_TRUE(std::isnan(fieller_interval({1}, {1}).mean));
}

TEST(LuckRange, LiesBetweenOrderStatistics) {
  // 0, 10, ..., 100: 5 % of the way over ten gaps is half a gap.
  std::vector<double> values;
  for (int i = 10; i >= 0; --i) values.push_back(10.0 * i);
  const Interval range = luck_range(values);
  EXPECT_DOUBLE_EQ(range.mean, 50.0);
  EXPECT_DOUBLE_EQ(range.low, 5.0);
  EXPECT_DOUBLE_EQ(range.high, 95.0);
  EXPECT_TRUE(std::isnan(luck_range({3.0}).low));
  EXPECT_TRUE(std::isnan(luck_range({3.0, std::numeric_limits<double>::quiet_NaN()}).high));
}

TEST(LuckRange, DoesNotShrinkAsReplicatesGrowInNumber) {
  std::mt19937 random(7);
  std::normal_distribution<double> normal;
  std::vector<double> few(200);
  std::vector<double> many(20000);
  for (double& value : few) value = normal(random);
  for (double& value : many) value = normal(random);
  EXPECT_NEAR(luck_range(many).high, 1.645, 0.03);
  EXPECT_NEAR(luck_range(few).high, 1.645, 0.3);
  EXPECT_LT(mean_interval(many).high - mean_interval(many).low,
            0.2 * (mean_interval(few).high - mean_interval(few).low));
}

TEST(GiniPerHead, MeetsCasesByHand) {
  EXPECT_DOUBLE_EQ(gini_per_head({2, 4, 6}, {1, 2, 3}), 0.0);  // the same per head everywhere
  // Two equal groups, all in one: the Lorenz curve is flat to a half, then rises to one: area 1/4, 1 - 2/4.
  EXPECT_DOUBLE_EQ(gini_per_head({0, 5}, {10, 10}), 0.5);
  EXPECT_DOUBLE_EQ(gini_per_head({5, 0}, {10, 10}), 0.5);
  // Nine of ten heads have nothing: 0.9.
  EXPECT_DOUBLE_EQ(gini_per_head({1, 0}, {1, 9}), 0.9);
  // Per head 1 and 3 in equal groups: shares 1/4 and 3/4: 1 - 2 (1/2 1/8 + 1/2 5/8) = 1/4.
  EXPECT_DOUBLE_EQ(gini_per_head({1, 3}, {1, 1}), 0.25);
  EXPECT_TRUE(std::isnan(gini_per_head({0, 0}, {1, 1})));
  EXPECT_TRUE(std::isnan(gini_per_head({1, 1}, {0, 0})));
}

TEST(GiniOfMeans, LuckOfSingleReplicatesDoesNotCountAsInequality) {
  // Each replicate has all in one group: a Gini of 0.5 each, of the means, 4 and 6 of 10, 0.1. Without one of
  // the first kind 0, of the second 0.25: pseudo-values 0.5 thrice and -0.5 twice, of standard error 0.245.
  const std::vector<std::vector<double>> heads(5, {1, 1});
  const Interval gini = gini_of_means({{0, 2}, {2, 0}, {0, 2}, {2, 0}, {0, 2}}, heads);
  EXPECT_NEAR(gini.mean, 0.1, 1e-12);
  EXPECT_NEAR(gini.low, 0.1 - 2.776 * 0.2449, 1e-3);
  EXPECT_NEAR(gini.high, 0.1 + 2.776 * 0.2449, 1e-3);
}

TEST(GiniOfMeans, IsSureWhereReplicatesAgreeAndAboveOneWhereManyLose) {
  const std::vector<std::vector<double>> heads(3, {1, 1});
  const Interval gini = gini_of_means({{1, 3}, {1, 3}, {1, 3}}, heads);
  EXPECT_DOUBLE_EQ(gini.mean, 0.25);
  EXPECT_DOUBLE_EQ(gini.low, 0.25);
  EXPECT_DOUBLE_EQ(gini.high, 0.25);
  // Per head -4 and 5: the curve falls to -4, then rises to 1: 1 - 2 (1/2 (-2) + 1/2 (-1.5)) = 4.5.
  EXPECT_DOUBLE_EQ(gini_of_means({{-4, 5}, {-4, 5}}, {{1, 1}, {1, 1}}).mean, 4.5);
}

// Amounts per head 1 + e1 and 3 + e2 (e of unit variance) in equal groups: with enough replicates the
// interval holds the true 1/4 in 95 of 100 cases.
TEST(GiniOfMeans, IntervalCoversTheTruth) {
  std::mt19937 random(11);
  std::normal_distribution<double> luck;
  const std::vector<std::vector<double>> heads(60, {1, 1});
  int covered = 0;
  for (int trial = 0; trial < 1000; ++trial) {
    std::vector<std::vector<double>> amounts;
    for (int r = 0; r < 60; ++r) amounts.push_back({1 + luck(random), 3 + luck(random)});
    const Interval gini = gini_of_means(amounts, heads);
    covered += gini.low <= 0.25 && 0.25 <= gini.high;
  }
  EXPECT_NEAR(covered / 1000.0, 0.95, 4 * std::sqrt(0.95 * 0.05 / 1000));
}

TEST(GiniOfMeans, IsNotDefinedWhereTheTotalCannotBeToldFromZero) {
  const std::vector<std::vector<double>> heads(3, {1, 1});
  EXPECT_TRUE(std::isnan(gini_of_means({{-4, 5}, {4, -5}, {1, 1}}, heads).mean));
  EXPECT_TRUE(std::isnan(gini_of_means({{1, 2}}, {{1, 1}}).mean));  // one replicate
}

}  // namespace
}  // namespace ketsim
