// A list holds the lines of the user's table, and tells what is wrong with it at its place.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/designs.hpp"
#include "support/tables.hpp"

namespace ketsim {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const std::vector<Factor> factors{Factor::free("rate"), Factor::free("budget")};

std::string problems_of(const std::vector<std::string>& columns, const Rows& rows) {
  Diagnostics problems;
  (void)design_points_of("list", {{"file", "points.csv"}},
                         {factors, 1, table_from("points.csv", columns, rows)}, problems);
  return problems.text();
}

TEST(List, TakesItsColumnsByNameInAnyOrder) {
  const auto points = design_points_of(
      "list", {{"file", "points.csv"}},
      {factors, 1, table_from("points.csv", {"budget", "rate"}, {{"10", "0.1"}, {"20", "0.2"}})});
  ASSERT_EQ(points.size(), 2U);
  EXPECT_THAT(points[0].values, ElementsAre("0.1", "10"));
  EXPECT_THAT(points[1].values, ElementsAre("0.2", "20"));
}

TEST(List, UnknownAndMissingColumnsAreToldTogether) {
  const std::string text = problems_of({"rate", "budgets", "colour"}, {{"0.1", "10", "red"}});
  EXPECT_THAT(text, HasSubstr("points.csv:1: column 'budget' is missing; is 'budgets' meant for it?"));
  EXPECT_THAT(text, HasSubstr("column 'budgets' is no factor of the sweep; did you mean 'budget'?"));
  EXPECT_THAT(text, HasSubstr("column 'colour' is no factor of the sweep"));
}

TEST(List, EmptyCellsAreToldWithLineAndColumn) {
  const std::string text = problems_of({"rate", "budget"}, {{"1", "2"}, {"", "3"}, {"4", ""}});
  EXPECT_THAT(text, HasSubstr("points.csv:3:1: rate is empty"));
  EXPECT_THAT(text, HasSubstr("points.csv:4:5: budget is empty"));
}

TEST(List, WithoutLinesItHasNoPoints) {
  EXPECT_THAT(problems_of({"rate", "budget"}, {}), HasSubstr("points.csv:1: has no points"));
}

TEST(List, WithoutAFileItAsksForOne) {
  Diagnostics problems;
  EXPECT_TRUE(design_points_of("list", {{"file", ""}}, {factors, 1, {}}, problems).empty());
  EXPECT_THAT(problems.text(), HasSubstr("design.params.file is empty"));
}

TEST(List, TakesFactorsWithoutARange) {
  EXPECT_TRUE(find_design("list")->takes_free_factors);
  EXPECT_FALSE(find_design("grid")->takes_free_factors);
}

}  // namespace
}  // namespace ketsim
