// What holds for any number of threads.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

#include "support/small_world.hpp"

namespace ketsim {

//! Runs a world on 1, 2, 3 and 8 threads: all that it records and holds must be the same bits. The world of
//! one thread is the answer.
inline std::unique_ptr<Simulation> expect_same_bits_for_any_threads(std::shared_ptr<const Setup> setup) {
  std::unique_ptr<Simulation> first;
  for (const int threads : {1, 2, 3, 8}) {
    with_threads(threads, [&] {
      auto world = run_of(setup);
      if (!first) {
        first = std::move(world);
        return;
      }
      EXPECT_EQ(first->recorder().values(), world->recorder().values()) << threads;
      EXPECT_THAT(differing_columns(first->world(), world->world()), testing::IsEmpty()) << threads;
    });
  }
  return first;
}

}  // namespace ketsim
