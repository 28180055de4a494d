// Loops over rows visit each row once, give the same bits for any number of threads, and pass exceptions on.
#include "ketsim/parallel/rows.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <numeric>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#ifndef KETSIM_SERIAL
#include <tbb/task_arena.h>
#endif

namespace ketsim {
namespace {

//! Calls f under a limit of so many threads, which may exceed the cores: the arena of TBB has the places for
//! them.
template <class F>
void with_threads(int threads, F f) {
  const ThreadLimit limit(threads);
#ifdef KETSIM_SERIAL
  f();
#else
  tbb::task_arena(std::max(threads, 1)).execute(f);
#endif
}

constexpr std::size_t many_rows = 40 * row_grain + 17;

TEST(Rows, EveryRowIsVisitedOnce) {
  for (const std::size_t count :
       {std::size_t{0}, std::size_t{1}, std::size_t{255}, std::size_t{256}, std::size_t{257},
        std::size_t{1600}, row_grain - 1, row_grain, row_grain + 1, many_rows}) {
    std::vector<int> visits(count);
    for_rows(count, [&](std::size_t begin, std::size_t end) {
      for (std::size_t row = begin; row < end; ++row) ++visits[row];
    });
    EXPECT_EQ(std::count(visits.begin(), visits.end(), 1), static_cast<std::ptrdiff_t>(count));
  }
}

TEST(Rows, BlocksDoNotDependOnTheNumberOfThreads) {
  for (const int threads : {1, 2, 8}) {
    with_threads(threads, [] {
      for (const std::size_t count : {std::size_t{0}, std::size_t{100}, std::size_t{1600}, many_rows}) {
        std::atomic<std::size_t> blocks = 0;
        for_row_blocks(count, [&](std::size_t block, std::size_t begin, std::size_t end) {
          EXPECT_EQ(begin, block * rows_per_block(count));
          EXPECT_EQ(end, std::min(begin + rows_per_block(count), count));
          ++blocks;
        });
        EXPECT_EQ(blocks, row_blocks(count));
      }
      EXPECT_EQ(row_blocks(1600), 7U);
      EXPECT_EQ(row_blocks(many_rows), 41U);
    });
  }
}

TEST(Rows, ShortLoopsStayInTheirThread) {
  static thread_local bool caller = false;
  caller = true;
  bool same_thread = false;
  for_rows(256, [&](std::size_t, std::size_t) { same_thread = caller; });
  EXPECT_TRUE(same_thread);
}

//! A sum whose last bits show any change of the order of its terms.
double awkward_sum() {
  return sum_rows<double>(many_rows, [](std::size_t begin, std::size_t end) {
    double partial = 0.0;
    for (std::size_t row = begin; row < end; ++row) partial += 1.0 / static_cast<double>(row + 1);
    return partial;
  });
}

TEST(Rows, SumsHaveTheSameBitsForAnyNumberOfThreads) {
  for (const int threads : {1, 2, 3, 8}) {
    with_threads(threads, [threads] {
      for (int repeat = 0; repeat < 20; ++repeat)
        ASSERT_EQ(awkward_sum(), 0x1.92afddd9e4794p+3) << threads;  // serial build too
    });
  }
}

TEST(Rows, SumsWorkForAnyTypeThatAdds) {
  EXPECT_EQ(sum_rows<int>(0, [](std::size_t, std::size_t) { return 1; }), 0);
  // Concatenation is addition that does not commute: blocks are added in their order.
  const auto order = sum_rows<std::string>(
      3 * row_grain, [](std::size_t begin, std::size_t) { return std::to_string(begin / row_grain); });
  EXPECT_EQ(order, "012");
}

//! Waits until so many threads are here, for at most ten seconds: whether they came.
bool meet(std::atomic<int>& here, int all) {
  ++here;
  for (int wait = 0; wait < 100'000 && here < all; ++wait)
    std::this_thread::sleep_for(std::chrono::microseconds(100));
  return here >= all;
}

#ifndef KETSIM_SERIAL

TEST(Rows, AThreadThatNoWorldTakesHelps) {
  with_threads(2, [] {
    for (int loop = 0; loop < 50; ++loop) {
      std::atomic<int> here = 0;
      std::atomic<int> met = 0;
      for_parts(2, [&](std::size_t) { met += meet(here, 2) ? 1 : 0; });
      ASSERT_EQ(met, 2) << loop;
    }
  });
}

TEST(Rows, LoopsOfWorldsSideBySideStayInTheirThreads) {
  with_threads(2, [] {
    std::atomic<int> begun = 0;
    std::atomic<int> ended = 0;
    std::atomic<int> elsewhere = 0;
    for_tasks(2, [&](std::size_t) {
      EXPECT_TRUE(meet(begun, 2));
      const std::thread::id own = std::this_thread::get_id();
      for_rows(many_rows, [&](std::size_t, std::size_t) {
        if (std::this_thread::get_id() != own) ++elsewhere;
      });
      EXPECT_TRUE(meet(ended, 2));
    });
    EXPECT_EQ(elsewhere, 0);
  });
}

#endif

TEST(Parts, MayLoopOverRowsInTheirTurn) {
  constexpr std::size_t parts = 7;
  for (const int threads : {1, 2, 8}) {
    with_threads(threads, [] {
      for (int repeat = 0; repeat < 20; ++repeat) {
        std::vector<std::size_t> sums(parts);
        for_parts(parts, [&](std::size_t p) {
          std::vector<std::size_t> rows(many_rows);
          for_rows(many_rows, [&](std::size_t begin, std::size_t end) {
            for (std::size_t row = begin; row < end; ++row) rows[row] = p;
          });
          sums[p] = std::accumulate(rows.begin(), rows.end(), std::size_t{0});
        });
        for (std::size_t p = 0; p < parts; ++p) ASSERT_EQ(sums[p], p * many_rows);
      }
    });
  }
}

TEST(Parts, TheRestIsLeftOutWhereOneFails) {
  with_threads(2, [] {
    for (int repeat = 0; repeat < 20; ++repeat) {
      std::atomic<int> run = 0;
      EXPECT_THROW(for_parts(1000,
                             [&](std::size_t) {
                               ++run;
                               throw std::runtime_error("part");
                             }),
                   std::runtime_error);
      EXPECT_LE(run, 2);                                // of each thread one
      for_parts(10, [&](std::size_t) { run += 100; });  // the next loop is whole
      EXPECT_GE(run, 1000);
    }
  });
}

TEST(Rows, ExceptionsReachTheCaller) {
  const auto fail_late = [](std::size_t begin, std::size_t) {
    if (begin > many_rows / 2) throw std::runtime_error("row");
  };
  EXPECT_THROW(for_rows(many_rows, fail_late), std::runtime_error);
  EXPECT_THROW(for_tasks(10,
                         [](std::size_t i) {
                           if (i == 3) throw std::runtime_error("task");
                         }),
               std::runtime_error);
  EXPECT_THROW(for_rows(1, [](std::size_t, std::size_t) { throw std::runtime_error("row"); }),
               std::runtime_error);
}

TEST(Tasks, EveryTaskRunsOnceAndMayLoopOverRows) {
  constexpr std::size_t tasks = 24;
  std::vector<std::size_t> sums(tasks);
  for_tasks(tasks, [&](std::size_t i) {
    sums[i] += sum_rows<std::size_t>(3 * row_grain,
                                     [i](std::size_t begin, std::size_t end) { return i * (end - begin); });
  });
  for (std::size_t i = 0; i < tasks; ++i) EXPECT_EQ(sums[i], i * 3 * row_grain);
}

// As where a disk is full for one world while others are in the middle of a month.
TEST(Tasks, AFailureOfOneLeavesNoRowOfAnotherOut) {
  constexpr std::size_t rows = 64 * row_grain;
  for (int repeat = 0; repeat < 20; ++repeat) {
    std::atomic<bool> is_looping = false;
    std::atomic<std::size_t> looped = rows;
    const auto task = [&](std::size_t i) {
      if (i == 0) {
        for (int wait = 0; wait < 1000 && !is_looping; ++wait)
          std::this_thread::sleep_for(std::chrono::microseconds(100));
        throw std::runtime_error("a full disk");
      }
      std::atomic<std::size_t> count = 0;
      for_rows(rows, [&](std::size_t begin, std::size_t end) {
        is_looping = true;
        std::this_thread::sleep_for(std::chrono::microseconds(50));
        count += end - begin;
      });
      looped = count.load();  // the loop has returned: all its rows were visited
    };
    with_threads(2, [&] { EXPECT_THROW(for_tasks(2, task), std::runtime_error); });
    ASSERT_EQ(looped, rows);
  }
}

TEST(Tasks, ATaskThatWaitsForItsRowsStartsNoOtherTask) {
  static thread_local int depth = 0;
  std::atomic<int> nested = 0;
  with_threads(8, [&] {
    for_tasks(64, [&](std::size_t) {
      if (++depth > 1) ++nested;
      for_rows(4 * row_grain, [](std::size_t begin, std::size_t) {
        std::this_thread::sleep_for(std::chrono::microseconds(begin == 0 ? 0 : 500));
      });
      --depth;
    });
  });
  EXPECT_EQ(nested, 0);
}

TEST(ThreadLimit, BoundsTheThreadsWhileItLives) {
  const int before = available_threads();
  ASSERT_GE(before, 1);
  {
    const ThreadLimit one(1);
    EXPECT_EQ(available_threads(), 1);
    const ThreadLimit all(0);
    EXPECT_EQ(available_threads(), 1);
  }
  EXPECT_EQ(available_threads(), before);
}

TEST(ThreadLimit, NegativeNumbersBreakTheContract) {
  EXPECT_THROW(ThreadLimit(-1), std::logic_error);
}

}  // namespace
}  // namespace ketsim
