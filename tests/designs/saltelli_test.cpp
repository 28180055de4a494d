// The mixed samples of a Saltelli design agree with one base sample but in one factor, where they agree with
// the other; and the estimators that they are made for find the indices of a function with known ones.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <numbers>

#include "support/designs.hpp"

namespace ketsim {
namespace {

using testing::HasSubstr;
using Row = std::map<std::string, std::vector<std::string>>;  //!< values by part

std::vector<Row> rows_of_design(const std::string& base_points, bool second_order,
                                std::vector<Factor> factors) {
  const auto points = design_points_of(
      "saltelli", {{"base_points", base_points}, {"second_order", second_order ? "true" : "false"}},
      {std::move(factors), 1, {}});
  std::vector<Row> rows;
  for (const DesignPoint& point : points) {
    if (point.block == rows.size()) rows.emplace_back();
    EXPECT_EQ(point.block + 1, rows.size());
    EXPECT_TRUE(rows.back().emplace(point.part, point.values).second) << point.part;
  }
  return rows;
}

TEST(Saltelli, MixedPointsTakeOneFactorFromTheOtherSample) {
  for (const Row& row : rows_of_design("16", true, unit_factors(4))) {
    EXPECT_EQ(row.size(), 2U + 2U * 4U);
    for (std::size_t f = 0; f < 4; ++f) {
      const std::string name = "f" + std::to_string(f);
      for (std::size_t g = 0; g < 4; ++g) {
        EXPECT_EQ(row.at("AB:" + name)[g], row.at(f == g ? "B" : "A")[g]);
        EXPECT_EQ(row.at("BA:" + name)[g], row.at(f == g ? "A" : "B")[g]);
        EXPECT_NE(row.at("A")[g], row.at("B")[g]);
      }
    }
  }
}

TEST(Saltelli, WithoutSecondOrderThereIsNoBA) {
  for (const Row& row : rows_of_design("8", false, unit_factors(3))) {
    EXPECT_EQ(row.size(), 2U + 3U);
    EXPECT_FALSE(row.contains("BA:f0"));
  }
}

//! Ishigami's function of factors in [0, 1], stretched to [-pi, pi].
double ishigami(const std::vector<std::string>& values) {
  const auto x = [&](std::size_t i) { return std::numbers::pi * (2.0 * number_of(values[i]) - 1.0); };
  return std::sin(x(0)) + 7.0 * std::pow(std::sin(x(1)), 2) + 0.1 * std::pow(x(2), 4) * std::sin(x(0));
}

// Closed forms in Saltelli et al. 2008, Global Sensitivity Analysis: The Primer, 4.
TEST(Saltelli, EstimatorsFindTheIndicesOfIshigamisFunction) {
  const std::vector<double> first{0.3139, 0.4424, 0.0};
  const std::vector<double> total{0.5576, 0.4424, 0.2437};
  const std::vector<Row> rows = rows_of_design("4096", false, unit_factors(3));
  const double n = static_cast<double>(rows.size());
  double mean = 0.0;
  double square = 0.0;
  std::vector<double> v(3);
  std::vector<double> e(3);
  for (const Row& row : rows) {
    const double a = ishigami(row.at("A"));
    const double b = ishigami(row.at("B"));
    mean += (a + b) / (2.0 * n);
    square += (a * a + b * b) / (2.0 * n);
    for (std::size_t f = 0; f < 3; ++f) {
      const double ab = ishigami(row.at("AB:f" + std::to_string(f)));
      v[f] += b * (ab - a) / n;
      e[f] += (a - ab) * (a - ab) / (2.0 * n);
    }
  }
  const double variance = square - mean * mean;
  for (std::size_t f = 0; f < 3; ++f) {
    EXPECT_NEAR(v[f] / variance, first[f], 0.02) << f;
    EXPECT_NEAR(e[f] / variance, total[f], 0.02) << f;
  }
}

TEST(Saltelli, MoreBasePointsBeginWithThoseOfFewer) {
  const std::vector<Row> few = rows_of_design("4", false, unit_factors(2));
  const std::vector<Row> many = rows_of_design("16", false, unit_factors(2));
  for (std::size_t row = 0; row < few.size(); ++row) EXPECT_EQ(few[row], many[row]);
}

TEST(Saltelli, ANumberThatIsNoPowerOfTwoIsAProblemWithItsNeighbours) {
  Diagnostics problems;
  EXPECT_TRUE(
      design_points_of("saltelli", {{"base_points", "1000"}}, {unit_factors(2), 1, {}}, problems).empty());
  EXPECT_THAT(problems.text(), HasSubstr("base_points = 1000 is no power of two"));
  EXPECT_THAT(problems.text(), HasSubstr("take 512 or 1024"));
}

TEST(Saltelli, TooManyPointsAreAProblem) {
  Diagnostics problems;
  EXPECT_TRUE(
      design_points_of("saltelli", {{"base_points", "524288"}}, {unit_factors(2), 1, {}}, problems).empty());
  EXPECT_THAT(problems.text(), HasSubstr("2097152 points are more than 1000000; take fewer base_points"));
}

}  // namespace
}  // namespace ketsim
