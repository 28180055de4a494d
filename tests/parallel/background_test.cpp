// Work in the background is done once somebody waited for it, and what fails there is told to all who wait.
#include "ketsim/parallel/background.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <thread>

#include "ketsim/parallel/rows.hpp"

namespace ketsim {
namespace {

TEST(Background, IsDoneAfterWaiting) {
  std::atomic<int> done = 0;
  const Background background([&] { ++done; });
  background.wait();
  background.wait();
  EXPECT_EQ(done, 1);
}

TEST(Background, WithoutWorkThereIsNothingToWaitFor) {
  Background background;
  background.wait();
  int done = 0;
  background = Background([&] { ++done; });
  background.wait();
  EXPECT_EQ(done, 1);
}

TEST(Background, TellsAllWhoWaitWhatFailed) {
  const Background background([] { throw std::runtime_error("no"); });
  EXPECT_THROW(background.wait(), std::runtime_error);
  EXPECT_THROW(background.wait(), std::runtime_error);
}

TEST(Background, StaysOnTheCallersThreadWhereLoopsMayUseOne) {
  const ThreadLimit one(1);
  std::thread::id where;
  const Background background([&] { where = std::this_thread::get_id(); });
  EXPECT_EQ(where, std::this_thread::get_id());
  EXPECT_NO_THROW(background.wait());
  const Background failed([] { throw std::runtime_error("no"); });
  EXPECT_THROW(failed.wait(), std::runtime_error);
}

}  // namespace
}  // namespace ketsim
