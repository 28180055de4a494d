// Walking the rows of a stage finds the same rows as asking each.
#include "ketsim/model/stage_rows.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <vector>

#include "ketsim/rng/stream.hpp"

namespace ketsim {
namespace {

std::vector<Stage> many_stages() {
  Stream draw = Randomness(1, 0).stream(Purpose::awareness, 0);
  std::vector<Stage> stages;
  for (std::size_t i = 0; i < 300; ++i) stages.push_back(static_cast<Stage>(draw() % stage_count));
  return stages;
}

template <Stage... Wanted>
void expect_the_same_as_asking_each() {
  const std::vector<Stage> stages = many_stages();
  for (const std::size_t begin : {0U, 1U, 63U, 64U, 200U}) {
    for (const std::size_t end : {200U, 263U, 264U, 265U, 300U}) {
      std::vector<std::size_t> asked;
      for (std::size_t row = begin; row < end; ++row)
        if (((stages[row] == Wanted) || ...)) asked.push_back(row);
      std::vector<std::size_t> walked;
      for_stages<Wanted...>(stages.data(), begin, end, [&](std::size_t row) { walked.push_back(row); });
      EXPECT_EQ(walked, asked) << begin << " to " << end;
    }
  }
}

TEST(StageRows, AreThoseOfAskingEach) {
  expect_the_same_as_asking_each<Stage::unaware>();
  expect_the_same_as_asking_each<Stage::gone>();
  expect_the_same_as_asking_each<Stage::piloting, Stage::adopted, Stage::confirmed>();
}

TEST(StageRows, MayMoveToAnotherStageMeanwhile) {
  std::vector<Stage> stages = many_stages();
  for_stages<Stage::aware, Stage::interested>(stages.data(), 0, stages.size(), [&](std::size_t row) {
    EXPECT_TRUE(stages[row] == Stage::aware || stages[row] == Stage::interested);
    stages[row] = Stage::interested;
  });
  for (const Stage stage : stages) EXPECT_NE(stage, Stage::aware);
}

}  // namespace
}  // namespace ketsim
