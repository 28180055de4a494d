// Each step of a Morris trajectory moves one factor by delta, and nothing leaves its range.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <set>

#include "support/designs.hpp"

namespace ketsim {
namespace {

using testing::HasSubstr;

constexpr std::size_t factors = 5;
const Settings settings{{"trajectories", "60"}, {"levels", "6"}};

std::vector<DesignPoint> trajectories() {
  return design_points_of("morris", settings, {unit_factors(factors), 1, {}});
}

TEST(Morris, EachStepMovesTheFactorThatItNamesByDelta) {
  const double delta = 6.0 / (2.0 * 5.0);
  const std::vector<DesignPoint> points = trajectories();
  ASSERT_EQ(points.size(), 60 * (factors + 1));
  for (std::size_t p = 0; p < points.size(); ++p) {
    EXPECT_EQ(points[p].block, p / (factors + 1));
    EXPECT_EQ(points[p].part == "start", p % (factors + 1) == 0);
    for (std::size_t f = 0; points[p].part != "start" && f < factors; ++f) {
      const bool moves = points[p].part == "step:f" + std::to_string(f);
      const double change = number_of(points[p].values[f]) - number_of(points[p - 1].values[f]);
      EXPECT_NEAR(std::fabs(change), moves ? delta : 0.0, 1e-12) << p;
    }
  }
}

TEST(Morris, EachTrajectoryMovesEachFactorOnce) {
  std::map<std::uint32_t, std::set<std::string>> moved;
  for (const DesignPoint& point : trajectories()) moved[point.block].insert(point.part);
  EXPECT_EQ(moved.size(), 60U);
  for (const auto& [trajectory, parts] : moved) EXPECT_EQ(parts.size(), factors + 1) << trajectory;
}

TEST(Morris, AllLevelsAreUsedAndNoneElse) {
  for (std::size_t f = 0; f < factors; ++f) {
    std::set<int> levels;
    for (const DesignPoint& point : trajectories()) {
      const double level = number_of(point.values[f]) * 5.0;
      EXPECT_NEAR(level, std::round(level), 1e-12);
      levels.insert(static_cast<int>(std::lround(level)));
    }
    EXPECT_EQ(levels, (std::set<int>{0, 1, 2, 3, 4, 5})) << f;
  }
}

TEST(Morris, OrderOfTheFactorsVaries) {
  std::set<std::string> second;
  const std::vector<DesignPoint> points = trajectories();
  for (std::size_t p = 1; p < points.size(); p += factors + 1) second.insert(points[p].part);
  EXPECT_EQ(second.size(), factors);
}

TEST(Morris, AStepOfADiscreteFactorChangesItsValue) {
  const auto points = design_points_of("morris", settings,
                                       {{Factor::among("rule", {"lottery", "score"}),
                                         Factor::between("months", 1, 3, Factor::Scale::linear, true)},
                                        1,
                                        {}});
  for (std::size_t p = 1; p < points.size(); ++p) {
    EXPECT_EQ(points[p].values[0] != points[p - 1].values[0] || points[p].part == "start",
              points[p].part != "step:months");
    EXPECT_EQ(points[p].values[1] != points[p - 1].values[1] || points[p].part == "start",
              points[p].part != "step:rule");
  }
}

TEST(Morris, MoreTrajectoriesBeginWithThoseOfFewer) {
  const auto few = design_points_of("morris", {{"trajectories", "3"}}, {unit_factors(4), 1, {}});
  const auto many = design_points_of("morris", {{"trajectories", "9"}}, {unit_factors(4), 1, {}});
  for (std::size_t p = 0; p < few.size(); ++p) EXPECT_EQ(few[p].values, many[p].values);
}

TEST(Morris, AnOddNumberOfLevelsIsAProblem) {
  Diagnostics problems;
  EXPECT_TRUE(design_points_of("morris", {{"levels", "5"}}, {unit_factors(2), 1, {}}, problems).empty());
  EXPECT_THAT(problems.text(), HasSubstr("levels = 5 is odd"));
}

}  // namespace
}  // namespace ketsim
