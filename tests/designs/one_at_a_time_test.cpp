// One factor leaves the base at a time.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/designs.hpp"

namespace ketsim {
namespace {

using testing::ElementsAre;
using testing::UnorderedElementsAre;
using Scale = Factor::Scale;

const std::vector<Factor> factors{Factor::between("rate", 0.0, 1.0, Scale::linear, false),
                                  Factor::between("budget", 1e2, 1e6, Scale::logarithmic, false),
                                  Factor::among("rule", {"lottery", "score", "mixed"})};

std::vector<std::string> values_of(const std::vector<DesignPoint>& points, const std::string& part,
                                   std::size_t factor) {
  std::vector<std::string> values;
  for (const DesignPoint& point : points) {
    if (point.part == part) values.push_back(point.values[factor]);
  }
  return values;
}

TEST(OneAtATime, BeginsInTheMiddleOfAllRanges) {
  const DesignPoint base = design_points_of("one_at_a_time", {}, {factors, 1, {}}).front();
  EXPECT_EQ(base.part, "base");
  EXPECT_EQ(base.values[0], "0.5");
  EXPECT_NEAR(number_of(base.values[1]), 1e4, 1e-8);
  EXPECT_EQ(base.values[2], "score");
}

TEST(OneAtATime, EachOtherPointMovesTheFactorThatItNames) {
  const auto points = design_points_of("one_at_a_time", {{"levels", "4"}}, {factors, 1, {}});
  for (std::size_t p = 1; p < points.size(); ++p) {
    for (std::size_t f = 0; f < factors.size(); ++f)
      EXPECT_EQ(points[p].values[f] != points[0].values[f], points[p].part == factors[f].name()) << p;
  }
}

TEST(OneAtATime, BaseAndMovesTogetherHaveAllLevels) {
  const auto points = design_points_of("one_at_a_time", {{"levels", "5"}}, {factors, 1, {}});
  EXPECT_THAT(values_of(points, "rate", 0), ElementsAre("0", "0.25", "0.75", "1"));  // 0.5 is the base
  EXPECT_THAT(values_of(points, "rule", 2), UnorderedElementsAre("lottery", "mixed"));
  EXPECT_EQ(points.size(), 1U + 4U + 4U + 2U);
}

}  // namespace
}  // namespace ketsim
