// A Sobol design holds the first points of a scrambled sequence (balance:
// tests/rng/low_discrepancy_test.cpp).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "support/designs.hpp"

namespace ketsim {
namespace {

using testing::HasSubstr;

TEST(SobolDesign, HasOnePointInEachPartOfEachRange) {
  const auto points = design_points_of("sobol", {{"points", "64"}}, {unit_factors(7), 1, {}});
  ASSERT_EQ(points.size(), 64U);
  for (std::size_t f = 0; f < 7; ++f) {
    std::set<int> parts;
    for (const DesignPoint& point : points) parts.insert(static_cast<int>(number_of(point.values[f]) * 64.0));
    EXPECT_EQ(parts.size(), 64U) << f;
  }
}

TEST(SobolDesign, MorePointsBeginWithThoseOfFewer) {
  const auto few = design_points_of("sobol", {{"points", "50"}}, {unit_factors(3), 1, {}});
  const auto many = design_points_of("sobol", {{"points", "200"}}, {unit_factors(3), 1, {}});
  for (std::size_t p = 0; p < few.size(); ++p) EXPECT_EQ(few[p].values, many[p].values);
}

TEST(SobolDesign, MoreFactorsThanTheSequenceKnowsAreAProblem) {
  Diagnostics problems;
  EXPECT_TRUE(design_points_of("sobol", {}, {unit_factors(3668), 1, {}}, problems).empty());
  EXPECT_THAT(problems.text(), HasSubstr("3668 factors are more than 3667"));
}

}  // namespace
}  // namespace ketsim
