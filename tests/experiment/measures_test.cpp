// Tables of measures: what they hold, under which names, and where they are not defined.
#include "ketsim/experiment/measures.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace ketsim {
namespace {

TEST(Measures, TheRatioIsOfMeansAndNotTheMeanOfRatios) {
  const auto effect = [](double additional, double money) {
    TwinEffect e({{1, 1, 1, size_class_count}, 1, {1.0}});
    e.pairs[static_cast<std::size_t>(Outcome::only_with) * exposure_count] = additional;
    e.public_money = money;
    e.private_money = 0.5 * money;
    return e;
  };
  // Two alternatives, two horizons, three replicates.
  const std::vector<TwinEffect> replicates{effect(9, 190), effect(10, 200), effect(11, 210)};
  const std::vector<Measure> measures =
      make_measures({{replicates, replicates}, {replicates, replicates}}, false);
  const auto find = [&](const std::string& name) {
    return *std::ranges::find(measures, name, &Measure::name);
  };
  EXPECT_THAT(find("public_money_per_additional_adopter").values, testing::Each(testing::DoubleEq(20.0)));
  EXPECT_EQ(find("public_money_per_additional_adopter").values.size(), 4U);
  EXPECT_THAT(find("leverage").values, testing::Each(testing::DoubleEq(0.5)));
  const Measure net = find("net_additional_adopters");
  EXPECT_THAT(net.dimensions, testing::ElementsAre("alternative", "replicate", "horizon"));
  EXPECT_THAT(net.values, testing::ElementsAre(9, 9, 10, 10, 11, 11, 9, 9, 10, 10, 11, 11));
  // Student's t of 97.5 % with two degrees of freedom, of a table, and standard deviation 1.
  const double half_width = 4.3027 / std::sqrt(3.0);
  EXPECT_THAT(find("net_additional_adopters_low").values,
              testing::Each(testing::DoubleNear(10.0 - half_width, 1e-9)));
  EXPECT_THAT(find("net_additional_adopters_high").values,
              testing::Each(testing::DoubleNear(10.0 + half_width, 1e-9)));
}

// Two regions, one size class each: 1 and 3 of 10 and 10 pairs adopt additionally.
TEST(Measures, ConcentrationIsThatOfGainsPerPairOverRegions) {
  TwinEffect effect({{2, 1, 1, size_class_count}, 1, {1.0, 1.0}});
  effect.net_by_region_and_size[0] = 1.0;
  effect.net_by_region_and_size[size_class_count] = 3.0;
  effect.pairs_by[static_cast<std::size_t>(Part::region)][0] = 10.0;
  effect.pairs_by[static_cast<std::size_t>(Part::region)][1] = 10.0;
  const std::vector<Measure> measures = make_measures({{{effect, effect}}}, false);
  const auto value = [&](const std::string& name) {
    return std::ranges::find(measures, name, &Measure::name)->values[0];
  };
  EXPECT_DOUBLE_EQ(value("net_additional_adopters_gini"), 0.25);
  EXPECT_DOUBLE_EQ(value("net_additional_adopters_gini_low"), 0.25);
  EXPECT_TRUE(std::isnan(value("months_gained_gini")));  // nothing is gained
}

TEST(Measures, DeadweightIsDefinedOnlyAgainstABaselineWithoutAProgramme) {
  const EffectShape shape{{1, 1, 1, size_class_count}, 1, {1.0}};
  TwinEffect effect(shape);
  effect.pairs[0] = 3.0;  // in both worlds, paid
  const Effects effects{{{effect, effect}}};
  const auto mean = [&](bool baseline_has_programme) {
    const std::vector<Measure> measures = make_measures(effects, baseline_has_programme);
    return std::ranges::find(measures, "deadweight_adopters_mean", &Measure::name)->values[0];
  };
  EXPECT_EQ(mean(false), 3.0);
  EXPECT_TRUE(std::isnan(mean(true)));
}

TEST(Measures, KindsOfDoubtHaveNamesOfTheirOwn) {
  const TwinEffect effect({{1, 1, 1, size_class_count}, 1, {1.0}});
  std::set<std::string> names;
  for (const Measure& measure : make_measures({{{effect, effect}}}, false)) {
    EXPECT_TRUE(names.insert(measure.name).second) << measure.name;
    const bool is_luck = measure.name.find("_luck_") != std::string::npos;
    const bool is_end = measure.name.ends_with("_low") || measure.name.ends_with("_high");
    EXPECT_EQ(measure.doubt, is_luck ? "luck" : is_end ? "mean" : "") << measure.name;
  }
  for (const std::string& name : names_with_interval()) EXPECT_TRUE(names.contains(name + "_low")) << name;
}

}  // namespace
}  // namespace ketsim
