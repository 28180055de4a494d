// A grid holds every combination of levels once.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "support/designs.hpp"

namespace ketsim {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using Scale = Factor::Scale;

const Factor rate = Factor::between("rate", 0.0, 1.0, Scale::linear, false);
const Factor months = Factor::between("months", 1, 4, Scale::linear, true);
const Factor rule = Factor::among("rule", {"lottery", "score"});

TEST(Grid, HasEveryCombinationOnceAndAllValuesOfDiscreteFactors) {
  const auto points = design_points_of("grid", {{"levels", "5"}}, {{rate, months, rule}, 1, {}});
  EXPECT_EQ(points.size(), 5U * 4U * 2U);
  std::set<std::vector<std::string>> distinct;
  std::vector<std::set<std::string>> values(3);
  for (const DesignPoint& point : points) {
    distinct.insert(point.values);
    for (std::size_t f = 0; f < 3; ++f) values[f].insert(point.values.at(f));
    EXPECT_EQ(point.part, "");
  }
  EXPECT_EQ(distinct.size(), points.size());
  EXPECT_THAT(values[0], ElementsAre("0", "0.25", "0.5", "0.75", "1"));
  EXPECT_THAT(values[1], ElementsAre("1", "2", "3", "4"));
  EXPECT_THAT(values[2], ElementsAre("lottery", "score"));
}

TEST(Grid, LastFactorChangesFastest) {
  const auto points = design_points_of("grid", {{"levels", "2"}}, {{rate, rule}, 1, {}});
  EXPECT_THAT(points[0].values, ElementsAre("0", "lottery"));
  EXPECT_THAT(points[1].values, ElementsAre("0", "score"));
  EXPECT_THAT(points[2].values, ElementsAre("1", "lottery"));
}

TEST(Grid, TooManyCombinationsAreAProblemBeforeAnyIsMade) {
  Diagnostics problems;
  EXPECT_TRUE(design_points_of("grid", {{"levels", "10"}}, {unit_factors(300), 1, {}}, problems).empty());
  EXPECT_THAT(problems.text(), HasSubstr("are more than 1000000; take fewer levels"));
}

}  // namespace
}  // namespace ketsim
