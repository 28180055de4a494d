// Each part of each factor's range holds one point of a Latin hypercube.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <set>

#include "support/designs.hpp"

namespace ketsim {
namespace {

constexpr std::size_t count = 97;

std::vector<std::size_t> strata(const std::vector<DesignPoint>& points, std::size_t factor) {
  std::vector<std::size_t> strata;
  for (const DesignPoint& point : points)
    strata.push_back(
        static_cast<std::size_t>(number_of(point.values[factor]) * static_cast<double>(points.size())));
  return strata;
}

TEST(LatinHypercube, HasOnePointInEachPartOfEachRange) {
  for (const char* placement : {"random", "centred"}) {
    const auto points =
        design_points_of("latin_hypercube", {{"points", std::to_string(count)}, {"placement", placement}},
                         {unit_factors(6), 1, {}});
    ASSERT_EQ(points.size(), count);
    for (std::size_t f = 0; f < 6; ++f) {
      const std::vector<std::size_t> all = strata(points, f);
      EXPECT_EQ(std::set<std::size_t>(all.begin(), all.end()).size(), count) << placement << f;
    }
  }
}

TEST(LatinHypercube, CentredPointsLieInTheMiddleOfTheirParts) {
  for (const DesignPoint& point : design_points_of(
           "latin_hypercube", {{"points", "8"}, {"placement", "centred"}}, {unit_factors(2), 1, {}})) {
    const double inside = number_of(point.values[0]) * 8.0;
    EXPECT_EQ(inside - std::floor(inside), 0.5);
  }
}

TEST(LatinHypercube, FactorsAreShuffledIndependently) {
  const auto points =
      design_points_of("latin_hypercube", {{"points", std::to_string(count)}}, {unit_factors(2), 1, {}});
  EXPECT_NE(strata(points, 0), strata(points, 1));
}

TEST(LatinHypercube, AnotherFactorLeavesTheColumnsOfTheOthers) {
  const auto two = design_points_of("latin_hypercube", {}, {unit_factors(2), 1, {}});
  const auto three = design_points_of("latin_hypercube", {}, {unit_factors(3), 1, {}});
  for (std::size_t p = 0; p < two.size(); ++p) EXPECT_EQ(two[p].values[1], three[p].values[1]);
}

TEST(LatinHypercube, ValuesOfADiscreteFactorComeAsOften) {
  const auto points = design_points_of("latin_hypercube", {{"points", "30"}},
                                       {{Factor::among("rule", {"lottery", "score", "mixed"})}, 1, {}});
  std::map<std::string, int> times;
  for (const DesignPoint& point : points) ++times[point.values[0]];
  EXPECT_EQ(times, (std::map<std::string, int>{{"lottery", 10}, {"score", 10}, {"mixed", 10}}));
}

}  // namespace
}  // namespace ketsim
