// Work in a process of its own: what it gives, and what comes of it when it ends badly.
#include "../../sim/io/separate_process.hpp"

#include <gtest/gtest.h>

#include <csignal>
#include <cstdlib>

namespace ketsim {
namespace {

TEST(SeparateProcess, GivesWhatTheWorkReturns) {
  EXPECT_EQ(in_separate_process([] { return std::string("a\0b", 3); }), std::string("a\0b", 3));
  EXPECT_EQ(in_separate_process([] { return std::string(); }), "");
  const std::string large(3'000'000, 'x');
  EXPECT_EQ(in_separate_process([&] { return large; }), large);
}

TEST(SeparateProcess, ChangesNothingHere) {
  int here = 1;
  EXPECT_EQ(in_separate_process([&] { return std::to_string(++here); }), "2");
  EXPECT_EQ(here, 1);
}

TEST(SeparateProcess, ThatCrashesGivesNothing) {
  for (const int number : {SIGSEGV, SIGABRT, SIGKILL}) {
    EXPECT_EQ(in_separate_process([&] {
                std::raise(number);
                return std::string("more");
              }),
              std::nullopt);
  }
}

TEST(SeparateProcess, ThatNeverEndsIsEnded) {
  const volatile bool is_done = false;
  EXPECT_EQ(in_separate_process([&] {
              while (!is_done) {
              }
              return std::string("more");
            }),
            std::nullopt);
}

}  // namespace
}  // namespace ketsim
