// The same scenario and seed give the same bits, for any number of threads and in every repetition.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ketsim/experiment/experiment.hpp"
#include "support/capturing_sink.hpp"
#include "support/thread_invariance.hpp"

namespace ketsim {
namespace {

// More firms than three blocks of rows, over the months in which ROCKET begins.
TEST(Determinism, OneWorldHasTheSameBitsForAnyNumberOfThreads) {
  const std::string agents = std::to_string(3 * row_grain + 1000);
  const auto setup = setup_of("rocket.yaml", {"time.start=2015-12", "time.end=2016-06", "horizons=[2016-06]",
                                              "population.agents=" + agents});
  const auto world = expect_same_bits_for_any_threads(setup);
  EXPECT_GT(total(*world, "firms_reached"), 0.0);
}

CapturingSink experiment_of(int threads, std::uint32_t replicates) {
  const Overrides changes{"time.start=2015-01", "time.end=2017-06", "horizons=[2017-03]",
                          "population.agents=600"};
  std::vector<std::shared_ptr<Setup>> setups{setup_of("no_programme.yaml", changes),
                                             setup_of("rocket.yaml", changes)};
  share_programmes(setups);
  const std::vector<ExperimentScenario> scenarios{labelled(setups[0], "no_programme"),
                                                  labelled(setups[1], "rocket")};
  CapturingSink sink;
  with_threads(threads, [&] { run_experiment(scenarios, options_of("compare", 4, replicates), sink); });
  return sink;
}

TEST(Determinism, AnExperimentHasTheSameBitsForAnyNumberOfThreads) {
  const CapturingSink first = experiment_of(1, 5);
  ASSERT_EQ(first.results.size(), 10U);
  for (const int threads : {2, 3, 8}) {
    const CapturingSink other = experiment_of(threads, 5);
    EXPECT_EQ(first.values(), other.values()) << threads;
    EXPECT_EQ(first.measure_bits(), other.measure_bits()) << threads;
  }
}

TEST(Determinism, RepeatedRunsAreTheSame) {
  const CapturingSink first = experiment_of(2, 2);
  const CapturingSink again = experiment_of(2, 2);
  EXPECT_EQ(first.values(), again.values());
  EXPECT_EQ(first.measure_bits(), again.measure_bits());
}

TEST(Determinism, MoreReplicatesLeaveTheFirstOnesAsTheyWere) {
  const CapturingSink few = experiment_of(2, 2);
  const CapturingSink more = experiment_of(2, 3);
  for (std::size_t r = 0; r < few.results.size(); ++r)
    EXPECT_EQ(few.results[r].values, more.results[r].values);
}

}  // namespace
}  // namespace ketsim
