// What a policy changed, on cases worked out by hand; intervals against tables and against the bootstrap.
#include "ketsim/experiment/measures.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "support/small_world.hpp"

namespace ketsim {
namespace {

// Two KETs and six firms, H = 60. Pairs (KET, firm), adoption months without / with the policy, `-` never:
//   KET 0   firm 0: -1 / -1  initial adopter, counts nowhere
//           firm 1: 20 / 20  paid          deadweight
//           firm 2: 50 / 30  paid          deadweight, accelerated; gains 20 months
//           firm 3:  - / 40  paid          additional; gains 60 - 40 = 20 months
//           firm 4:  - / 55  reached       additional; gains 5
//           firm 5: 10 / -   untouched     displaced; gains 10 - 60 = -50
//   KET 1   firm 0:  - / 60  untouched     additional, spill-over; adopts in the month of H: gains 0
//           firm 1:  - / -                 nothing
//           firm 2: 30 / 45                later but not paid: gains -15
//           firm 3:  - / -   paid in vain  nothing
//           firm 4:  - / 58  reached       additional, no spill-over; gains 2
//           firm 5:  - / -                 nothing
constexpr MonthIndex horizon = 60;
constexpr std::size_t kets = 2;

Snapshot snapshot(std::vector<MonthIndex> adopted, std::vector<std::uint8_t> paid,
                  std::vector<std::uint8_t> reached) {
  Snapshot s;
  for (const MonthIndex month : adopted) s.uses.push_back(month == never ? 0 : 1);
  s.adopted_in = std::move(adopted);
  s.paid = std::move(paid);
  s.reached = std::move(reached);
  for (std::size_t i = 0; i < s.reached.size(); ++i) s.key.push_back(100 + i);
  return s;
}

Snapshot without_policy() {
  Snapshot s = snapshot({-1, 20, 50, never, never, 10, never, never, 30, never, never, never},
                        std::vector<std::uint8_t>(12, 0), std::vector<std::uint8_t>(6, 0));
  s.public_money = {1'000'00};
  s.private_money = {5'000'00};
  return s;
}

Snapshot with_policy() {
  Snapshot s = snapshot({-1, 20, 30, 40, 55, never, 60, never, 45, never, 58, never},
                        {0, 1, 1, 1, 0, 0, 0, 0, 0, 1, 0, 0}, {0, 0, 0, 0, 1, 0});
  s.public_money = {4'000'50};
  s.private_money = {4'000'00};
  return s;
}

TEST(CompareTwins, ACaseWorkedOutByHand) {
  const TwinEffect effect = compare_twins(without_policy(), with_policy(), kets, horizon);
  EXPECT_EQ(effect.additional, 4.0);
  EXPECT_EQ(effect.displaced, 1.0);
  EXPECT_EQ(effect.net(), 3.0);
  EXPECT_EQ(effect.deadweight, 2.0);
  EXPECT_EQ(effect.accelerated, 1.0);
  EXPECT_EQ(effect.spillover, 1.0);
  EXPECT_EQ(effect.months_gained, 20.0 + 20.0 + 5.0 - 50.0 + 0.0 - 15.0 + 2.0);
  // With at least one KET: without 0, 1, 2, 5; with 0, 1, 2, 3, 4.
  EXPECT_EQ(effect.additional_firms, 1.0);
  EXPECT_EQ(effect.public_money, 3000.50);
  EXPECT_EQ(effect.private_money, -1000.0);
}

// Four firms a world, one KET, H = 60. Firms by key: A and B stand in both worlds, in other rows; C only
// without the policy, D and E only with it.
//   without: A 10, B never, C 20            with: B 30, D 40, A 10, E never, untouched all
// Of both worlds: A deadweight if it were paid, it is not; B additional and spill-over, gains 30 months.
// C counts among those that exist only without, D among those only with.
TEST(CompareTwins, FirmsAreMatchedByKeyAndThoseOfOneWorldOnlyStandApart) {
  Snapshot without = snapshot({10, never, 20}, {0, 0, 0}, {0, 0, 0});
  without.key = {'A', 'B', 'C'};
  Snapshot with = snapshot({30, 40, 10, never}, {0, 1, 0, 0}, {0, 0, 0, 0});
  with.key = {'B', 'D', 'A', 'E'};
  const TwinEffect effect = compare_twins(without, with, 1, horizon);
  EXPECT_EQ(effect.additional, 1.0);
  EXPECT_EQ(effect.spillover, 1.0);
  EXPECT_EQ(effect.displaced, 0.0);
  EXPECT_EQ(effect.deadweight, 0.0);
  EXPECT_EQ(effect.months_gained, 30.0);
  EXPECT_EQ(effect.additional_firms, 1.0);
  EXPECT_EQ(effect.only_with, 1.0);
  EXPECT_EQ(effect.only_without, 1.0);
  const TwinEffect back = compare_twins(with, without, 1, horizon);
  EXPECT_EQ(back.displaced, 1.0);
  EXPECT_EQ(back.months_gained, -30.0);
}

TEST(CompareTwins, AWorldDiffersInNothingFromItself) {
  const TwinEffect effect = compare_twins(with_policy(), with_policy(), kets, horizon);
  EXPECT_EQ(effect.additional + effect.displaced + effect.accelerated + effect.spillover +
                effect.months_gained + effect.public_money,
            0.0);
}

TEST(CompareTwins, TheOtherWayRoundGainsAreLosses) {
  const TwinEffect there = compare_twins(without_policy(), with_policy(), kets, horizon);
  const TwinEffect back = compare_twins(with_policy(), without_policy(), kets, horizon);
  EXPECT_EQ(back.additional, there.displaced);
  EXPECT_EQ(back.displaced, there.additional);
  EXPECT_EQ(back.months_gained, -there.months_gained);
  EXPECT_EQ(back.additional_firms, -there.additional_firms);
}

// months_gained is the area between the curves of cumulative adoption up to the horizon.
TEST(CompareTwins, MonthsGainedAreTheAreaBetweenTheCurves) {
  const Snapshot a = without_policy();
  const Snapshot b = with_policy();
  double area = 0.0;
  for (int month = 0; month < horizon; ++month) {
    for (std::size_t pair = 0; pair < a.uses.size(); ++pair) {
      area += (b.adopted_in[pair] <= month ? 1.0 : 0.0) - (a.adopted_in[pair] <= month ? 1.0 : 0.0);
    }
  }
  EXPECT_EQ(compare_twins(a, b, kets, horizon).months_gained, area);
}

TEST(Snapshot, HoldsTheWorldAsItIs) {
  Simulation rocket(setup_of("rocket.yaml", {"time.end=2018-06", "horizons=[2018-06]"}), 3, 0);
  rocket.run();
  const World& world = rocket.world();
  const Snapshot s = take_snapshot(world);
  ASSERT_GT(world.ledger.outstanding(ProgrammeId(0)), Money{});
  std::size_t used = 0;
  for (const std::uint8_t use : s.uses) used += use;
  EXPECT_EQ(static_cast<double>(used), last(rocket, "adopters"));
  EXPECT_EQ(s.public_money, world.ledger.paid(ProgrammeId(0)) + world.ledger.outstanding(ProgrammeId(0)));
  EXPECT_EQ(s.private_money, world.private_investment + world.ledger.borne_by_partners());
  EXPECT_EQ(static_cast<double>(std::ranges::count(s.reached, 1)), total(rocket, "firms_reached"));
  for (std::size_t pair = 0; pair < s.uses.size(); ++pair)
    ASSERT_EQ(s.adopted_in[pair] != never, s.uses[pair] != 0);
}

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

TEST(Measures, TheRatioIsOfMeansAndNotTheMeanOfRatios) {
  const auto effect = [](double additional, double money) {
    TwinEffect e;
    e.additional = additional;
    e.public_money = money;
    e.private_money = 0.5 * money;
    return e;
  };
  // Two alternatives, two horizons, three replicates.
  const std::vector<TwinEffect> replicates{effect(9, 190), effect(10, 200), effect(11, 210)};
  const std::vector<Measure> measures = make_measures({{replicates, replicates}, {replicates, replicates}});
  const auto find = [&](const std::string& name) {
    return *std::ranges::find(measures, name, &Measure::name);
  };
  EXPECT_THAT(find("public_money_per_additional_adopter").values, testing::Each(testing::DoubleEq(20.0)));
  EXPECT_EQ(find("public_money_per_additional_adopter").values.size(), 4U);
  EXPECT_THAT(find("leverage").values, testing::Each(testing::DoubleEq(0.5)));
  const Measure net = find("net_additional_adopters");
  EXPECT_THAT(net.dimensions, testing::ElementsAre("alternative", "replicate", "horizon"));
  EXPECT_THAT(net.values, testing::ElementsAre(9, 9, 10, 10, 11, 11, 9, 9, 10, 10, 11, 11));
  EXPECT_LE(find("net_additional_adopters_low").values[0], 10.0);
  for (const char* name : {"additional_adopters", "displaced_adopters", "deadweight_adopters",
                           "spillover_adopters", "months_gained", "public_money_per_additional_adopter_low",
                           "public_money_per_additional_adopter_high"}) {
    EXPECT_FALSE(find(name).values.empty()) << name;
  }
}

}  // namespace
}  // namespace ketsim
