// Factors turn quantiles into values: ends are hit, whole numbers include both ends, scales are kept.
#include "ketsim/engine/design.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "support/designs.hpp"

namespace ketsim {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using Scale = Factor::Scale;

std::vector<std::string> all_levels(const Factor& factor) {
  std::vector<std::string> levels;
  for (std::size_t l = 0; l < factor.levels(); ++l) levels.push_back(factor.level(l));
  return levels;
}

//! How often each value comes at `count` quantiles, evenly spread.
std::map<std::string, int> histogram(const Factor& factor, int count) {
  std::map<std::string, int> times;
  for (int i = 0; i < count; ++i) ++times[factor.at((i + 0.5) / count)];
  return times;
}

TEST(Factor, ContinuumHitsItsEndsAndIsLinearBetween) {
  const Factor factor = Factor::between("rate", 0.1, 0.7, Scale::linear, false);
  EXPECT_EQ(factor.levels(), 0U);
  EXPECT_EQ(factor.at(0.0), "0.1");
  EXPECT_EQ(factor.at(1.0), "0.7");
  EXPECT_DOUBLE_EQ(number_of(factor.at(0.5)), 0.4);
}

TEST(Factor, LogarithmicScaleGoesByRatios) {
  const Factor factor = Factor::between("budget", 1e3, 1e7, Scale::logarithmic, false);
  EXPECT_EQ(number_of(factor.at(0.0)), 1e3);
  EXPECT_EQ(number_of(factor.at(1.0)), 1e7);
  EXPECT_NEAR(number_of(factor.at(0.5)), 1e5, 1e-7);
  EXPECT_NEAR(number_of(factor.at(0.25)), 1e4, 1e-8);
}

TEST(Factor, ValuesNeverLeaveTheRange) {
  const Factor factor = Factor::between("share", 0.1, 0.3, Scale::logarithmic, false);
  for (const double u : {1e-17, 0.1, 0.9, 1.0 - 1e-16}) {
    EXPECT_GE(number_of(factor.at(u)), 0.1) << u;
    EXPECT_LE(number_of(factor.at(u)), 0.3) << u;
  }
}

TEST(Factor, WholeNumbersIncludeBothEndsAndAreAsLikely) {
  const Factor factor = Factor::between("months", 3, 6, Scale::linear, true);
  EXPECT_THAT(all_levels(factor), ElementsAre("3", "4", "5", "6"));
  EXPECT_EQ(factor.at(1.0), "6");
  EXPECT_EQ(histogram(factor, 400),
            (std::map<std::string, int>{{"3", 100}, {"4", 100}, {"5", 100}, {"6", 100}}));
}

TEST(Factor, WholeNumbersBelowZeroCountUpwards) {
  EXPECT_THAT(all_levels(Factor::between("shift", -1, 1, Scale::linear, true)), ElementsAre("-1", "0", "1"));
}

TEST(Factor, WholeNumbersOnALogarithmicScaleGoByRatios) {
  const Factor factor = Factor::between("agents", 1, 7, Scale::logarithmic, true);
  EXPECT_EQ(factor.at(0.0), "1");
  EXPECT_EQ(factor.at(1.0), "7");
  // 1 to 8 doubles three times: 1, 2 and 3, 4 to 7 have a third each.
  const std::map<std::string, int> times = histogram(factor, 900);
  EXPECT_EQ(times.at("1"), 300);
  EXPECT_EQ(times.at("2") + times.at("3"), 300);
}

TEST(Factor, EachValueOfAListHasTheSamePartOfTheQuantiles) {
  const Factor factor = Factor::among("rule", {"lottery", "score", "mixed"});
  EXPECT_THAT(all_levels(factor), ElementsAre("lottery", "score", "mixed"));
  EXPECT_EQ(factor.at(1.0), "mixed");
  EXPECT_EQ(histogram(factor, 300),
            (std::map<std::string, int>{{"lottery", 100}, {"score", 100}, {"mixed", 100}}));
}

TEST(Design, TooManyPointsAreAProblemWithTheirNumber) {
  Diagnostics problems;
  EXPECT_TRUE(check_point_count(1e6, 5, "take less", {}, problems));
  EXPECT_TRUE(problems.empty());
  EXPECT_FALSE(check_point_count(1e6 + 1, 1, "take less", {}, problems));
  EXPECT_THAT(problems.text(), HasSubstr("design: 1000001 points are more than 1000000; take less"));
  EXPECT_FALSE(check_point_count(1e6, 6, "take less", {}, problems));
  EXPECT_THAT(problems.text(),
              HasSubstr("1000000 points of 6 factors are more values than 5000000; take less"));
}

}  // namespace
}  // namespace ketsim
