// Scrambled Sobol points: balanced as the sequence is, uniform as random points are.
#include "ketsim/rng/low_discrepancy.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <set>

#include "ketsim/rng/samplers.hpp"

namespace ketsim {
namespace {

using Points = std::vector<std::vector<double>>;

RandomKey key_of(std::uint64_t seed) {
  return {seed, 0, Purpose::sweep_design};
}

Points sobol_points(std::size_t count, std::size_t dimensions, std::uint64_t seed) {
  ScrambledSobol sequence(dimensions, key_of(seed));
  Points points(count);
  for (std::vector<double>& point : points) point = sequence.next();
  return points;
}

Points random_points(std::size_t count, std::size_t dimensions, std::uint64_t seed) {
  Stream draw(key_of(seed), 77);
  Points points(count, std::vector<double>(dimensions));
  for (std::vector<double>& point : points) {
    for (double& u : point) u = uniform(draw);
  }
  return points;
}

//! Square of the L2 star discrepancy (Warnock 1972): the mean square, over boxes that begin at the origin, of
//! the share of points in the box less its volume.
double squared_discrepancy(const Points& points) {
  const double n = static_cast<double>(points.size());
  const double dimensions = static_cast<double>(points.front().size());
  double singles = 0.0;
  double pairs = 0.0;
  for (const std::vector<double>& x : points) {
    double single = 1.0;
    for (const double u : x) single *= (1.0 - u * u) / 2.0;
    singles += single;
    for (const std::vector<double>& y : points) {
      double pair = 1.0;
      for (std::size_t d = 0; d < x.size(); ++d) pair *= 1.0 - std::max(x[d], y[d]);
      pairs += pair;
    }
  }
  return std::pow(3.0, -dimensions) - 2.0 * singles / n + pairs / (n * n);
}

//! Intervals of length 1/`parts` that hold a point.
std::size_t intervals_hit(const Points& points, std::size_t dimension, std::size_t parts) {
  std::set<std::size_t> hit;
  for (const std::vector<double>& point : points)
    hit.insert(static_cast<std::size_t>(point[dimension] * static_cast<double>(parts)));
  return hit.size();
}

TEST(LowDiscrepancy, EachOfTheFirstPointsHasItsOwnIntervalInEachDimension) {
  for (const std::size_t count : {1U, 2U, 16U, 512U}) {
    const Points points = sobol_points(count, 40, 3);
    for (std::size_t d = 0; d < 40; ++d) EXPECT_EQ(intervals_hit(points, d, count), count) << d;
  }
}

// The first two dimensions are a (0, m, 2)-net: boxes of every shape with the volume 2^-m hold one point
// each.
TEST(LowDiscrepancy, EachBoxOfAPairOfDimensionsHoldsOnePoint) {
  constexpr int m = 6;
  const Points points = sobol_points(1U << m, 2, 5);
  for (int split = 0; split <= m; ++split) {
    std::set<std::pair<int, int>> boxes;
    for (const std::vector<double>& point : points)
      boxes.insert(
          {static_cast<int>(point[0] * (1 << split)), static_cast<int>(point[1] * (1 << (m - split)))});
    EXPECT_EQ(boxes.size(), points.size()) << split;
  }
}

TEST(LowDiscrepancy, PointsAreMoreEvenThanRandomOnes) {
  double worst = 0.0;
  double best_random = 1.0;
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    worst = std::max(worst, squared_discrepancy(sobol_points(256, 5, seed)));
    best_random = std::min(best_random, squared_discrepancy(random_points(256, 5, seed)));
  }
  EXPECT_LT(worst, best_random / 2.0);
}

// The mean of a smooth function over 1024 points errs by far less than a random sample's standard error.
TEST(LowDiscrepancy, MeansConvergeFasterThanThoseOfRandomPoints) {
  const double standard_error = std::sqrt((std::pow(13.0 / 12.0, 4) - 1.0) / 1024.0);
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    double mean = 0.0;
    for (const std::vector<double>& point : sobol_points(1024, 4, seed)) {
      double product = 1.0;
      for (const double u : point) product *= u + 0.5;
      mean += product / 1024.0;
    }
    EXPECT_LT(std::fabs(mean - 1.0), standard_error / 5.0) << seed;
  }
}

// Over seeds each point is uniform: the first one too, the sequence's origin before scrambling.
TEST(LowDiscrepancy, ScramblingMakesEveryPointUniform) {
  constexpr int seeds = 4000;
  double mean = 0.0;
  double square = 0.0;
  for (std::uint64_t seed = 0; seed < seeds; ++seed) {
    const double u = sobol_points(1, 2, seed)[0][1];
    mean += u / seeds;
    square += u * u / seeds;
  }
  const double standard_error = std::sqrt(1.0 / 12.0 / seeds);
  EXPECT_NEAR(mean, 0.5, 4.0 * standard_error);
  EXPECT_NEAR(square, 1.0 / 3.0, 4.0 * std::sqrt(4.0 / 45.0 / seeds));
}

TEST(LowDiscrepancy, ScramblingKeepsTheNumberOfLeadingDigitsThatWordsShare) {
  Stream draw(key_of(9), 1);
  for (int i = 0; i < 1000; ++i) {
    const std::uint32_t a = draw();
    const std::uint32_t b = a ^ (1U << (draw() % 32) | (draw() >> 24));
    EXPECT_EQ(std::countl_zero(owen_scramble(a, 42) ^ owen_scramble(b, 42)), std::countl_zero(a ^ b));
  }
}

TEST(LowDiscrepancy, PointsFollowFromTheKeyAndDimensionsDiffer) {
  EXPECT_EQ(sobol_points(8, 3, 1), sobol_points(8, 3, 1));
  EXPECT_NE(sobol_points(8, 3, 1), sobol_points(8, 3, 2));
  const Points points = sobol_points(8, 2, 1);
  EXPECT_NE(points[0][0], points[0][1]);
}

}  // namespace
}  // namespace ketsim
