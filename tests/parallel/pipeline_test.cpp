// A pipeline takes each item through all steps, in order where it says so, and holds few of them at a time.
#include "ketsim/parallel/pipeline.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <numeric>
#include <stdexcept>
#include <vector>

#include "ketsim/base/contracts.hpp"
#include "ketsim/parallel/rows.hpp"

namespace ketsim {
namespace {

constexpr std::size_t many = 500;

std::vector<std::size_t> numbers() {
  std::vector<std::size_t> all(many);
  std::iota(all.begin(), all.end(), std::size_t{0});
  return all;
}

TEST(Pipeline, StepsInOrderSeeTheItemsByRisingNumber) {
  std::vector<std::size_t> first;
  std::vector<std::size_t> last;
  run_pipeline(many, 8,
               {{.work = [](std::size_t) {}},
                {.is_in_order = true, .work = [&](std::size_t item) { first.push_back(item); }},
                {.work = [](std::size_t) {}},
                {.is_in_order = true, .work = [&](std::size_t item) { last.push_back(item); }}});
  EXPECT_EQ(first, numbers());
  EXPECT_EQ(last, numbers());
}

TEST(Pipeline, ARingOfPlacesHoldsWhatIsUnderWay) {
  constexpr std::size_t places = 3;
  std::vector<std::size_t> ring(places);
  std::vector<std::size_t> left;
  std::atomic<std::size_t> under_way = 0;
  run_pipeline(many, places,
               {{.work =
                     [&](std::size_t item) {
                       EXPECT_LE(++under_way, places);
                       ring[item % places] = item * item;
                     }},
                {.is_in_order = true, .work = [&](std::size_t item) {
                   left.push_back(ring[item % places]);
                   --under_way;
                 }}});
  ASSERT_EQ(left.size(), many);
  for (std::size_t item = 0; item < many; ++item) EXPECT_EQ(left[item], item * item);
}

TEST(Pipeline, StepsMayLoopOverRows) {
  std::size_t sum = 0;
  std::vector<std::size_t> rows(many);
  run_pipeline(many, 4,
               {{.work =
                     [&](std::size_t item) {
                       rows[item] = sum_rows<std::size_t>(
                           3 * row_grain, [](std::size_t begin, std::size_t end) { return end - begin; });
                     }},
                {.is_in_order = true, .work = [&](std::size_t item) { sum += rows[item]; }}});
  EXPECT_EQ(sum, many * 3 * row_grain);
}

TEST(Pipeline, PassesExceptionsOn) {
  const auto fail = [](std::size_t item) {
    if (item == 7) throw std::runtime_error("seven");
  };
  EXPECT_THROW(run_pipeline(many, 4, {{.work = fail}, {.is_in_order = true, .work = [](std::size_t) {}}}),
               std::runtime_error);
  EXPECT_THROW(run_pipeline(many, 4, {{.is_in_order = true, .work = fail}}), std::runtime_error);
}

TEST(Pipeline, CarriesNothingWhereThereIsNothing) {
  run_pipeline(0, 4, {{.is_in_order = true, .work = [](std::size_t) { FAIL(); }}});
  EXPECT_THROW(run_pipeline(1, 4, {{.work = [](std::size_t) {}}}), ContractViolation);
}

}  // namespace
}  // namespace ketsim
