// Sweeps: each point is its comparison, what is done stays done, and the file says what is missing.
#include "ketsim/experiment/sweep.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "sweep_fixture.hpp"

namespace ketsim {
namespace {

using testing::HasSubstr;

class Sweep : public SweepTest {};

TEST_F(Sweep, GivesWhatAComparisonOfEachPointGives) {
  EXPECT_EQ(run_sweep(plan_of(), work()).done, 6U);
  const CapturingSweepSink sink = collected(plan_of());
  EXPECT_TRUE(sink.is_finished);
  CapturingSink compared;
  run_experiment(scenarios_with("0.25"), options_of("compare", 1, 2), compared);
  for (const Measure& measure : compared.measures) {
    const std::vector<double>& all = sink.of(measure.name);
    ASSERT_EQ(all.size(), 3 * measure.values.size()) << measure.name;
    for (std::size_t i = 0; i < measure.values.size(); ++i)
      EXPECT_EQ(bits_of(all[measure.values.size() + i]), bits_of(measure.values[i])) << measure.name;
  }
}

TEST_F(Sweep, FlowsAreSumsAndStocksEndsOfTheirMonths) {
  (void)run_sweep(plan_of(1), work());
  const CapturingSweepSink sink = collected(plan_of(1));
  EXPECT_EQ(sink.header.time, (std::vector{make_month(2016, 12), make_month(2017, 6)}));
  const auto simulation = run_of(scenarios_with("0.5")[1].setup, 1, 0);
  const std::vector<double> adopters = monthly(*simulation, "adopters");
  const std::vector<double> adoptions = monthly(*simulation, "adoptions");
  // [point][replicate][scenario][time]
  const std::size_t last_point = 2 * 1 * 2 * 2;
  const std::size_t rocket = last_point + 2;
  EXPECT_EQ(sink.of("adopters")[rocket], adopters[11]);
  EXPECT_EQ(sink.of("adopters")[rocket + 1], adopters[17]);
  EXPECT_EQ(sink.of("adoptions")[rocket], std::accumulate(adoptions.begin(), adoptions.begin() + 12, 0.0));
  EXPECT_EQ(sink.of("adoptions")[rocket + 1], std::accumulate(adoptions.begin() + 12, adoptions.end(), 0.0));
}

TEST_F(Sweep, DoneRunsAreNeverDoneAgain) {
  (void)run_sweep(plan_of(), work());
  const std::string before = read_bytes(journal());
  const SweepSummary again = run_sweep(plan_of(), work());
  EXPECT_EQ(again.done, 0U);
  EXPECT_EQ(again.skipped, 6U);
  EXPECT_EQ(read_bytes(journal()), before);
}

TEST_F(Sweep, MoreReplicatesKeepWhatIsThere) {
  (void)run_sweep(plan_of(1), work());
  const SweepSummary more = run_sweep(plan_of(2), work());
  EXPECT_EQ(more.skipped, 3U);
  EXPECT_EQ(more.done, 3U);
  EXPECT_EQ(collected(plan_of(2)).bits(), undisturbed_bits());
}

TEST_F(Sweep, ChangedPointsAreDoneAnew) {
  (void)run_sweep(plan_of(), work());
  SweepPlan changed = plan_of();
  changed.identities[1] = {7, 7};
  EXPECT_EQ(run_sweep(changed, work()).done, 2U);
}

TEST_F(Sweep, PointsThatAreTheSameAreDoneOnce) {
  SweepPlan plan = plan_of(1);
  plan.identities[2] = plan.identities[0];
  plan.points[2] = plan.points[0];
  EXPECT_EQ(run_sweep(plan, work()).done, 2U);
  const SweepStatus status = sweep_status(plan, folder_.path("runs"));
  EXPECT_EQ(status.done, 3U);
}

TEST_F(Sweep, ShardsShareTheWorkAndAddUpToTheSameData) {
  for (const std::size_t number : {4U, 1U, 3U, 2U}) {
    SweepWork part = work();
    part.shard = {number, 4};
    EXPECT_GT(run_sweep(plan_of(), part).done, 0U);
  }
  EXPECT_EQ(run_sweep(plan_of(), work()).done, 0U);
  EXPECT_EQ(collected(plan_of()).bits(), undisturbed_bits());
}

TEST_F(Sweep, MissingCellsAreMarkedAndOthersKeepTheirPlaces) {
  SweepWork failing = work();
  failing.shard = {2, 3};
  (void)run_sweep(plan_of(), failing);
  const CapturingSweepSink sink = collected(plan_of());
  using enum RunState;
  EXPECT_EQ(sink.states, (std::vector{missing, missing, done, done, missing, missing}));
  const std::vector<double>& net =
      sink.of("net_additional_adopters");  // [point][alternative][replicate][horizon]
  EXPECT_TRUE(std::isnan(net[0]));
  EXPECT_FALSE(std::isnan(net[4]));
  EXPECT_TRUE(std::isnan(net[8]));
}

TEST_F(Sweep, AMissingReplicateShiftsNoOther) {
  SweepPlan plan = plan_of();
  (void)run_sweep(plan, work());
  const std::vector<double> all = collected(plan).of("net_additional_adopters");
  // Replicate 0 of point 1 is taken from the journals by another identity.
  plan.identities[1] = {99, 99};
  SweepPlan only_second = plan;
  (void)run_sweep(only_second, work());
  const JournalReader reader(journal());
  TemporaryFolder partial;
  {
    std::filesystem::create_directories(partial.path("runs"));
    JournalWriter writer(partial.path("runs/shard-1-of-1.journal"));
    for (const RecordPlace& place : reader.records()) {
      if (place.id != plan.identity_of(2)) writer.append(place.kind, place.id, reader.payload(place));
    }
  }
  CapturingSweepSink sink;
  const SweepStatus status = collect_sweep(plan, partial.path("runs"), work().base, {}, sink);
  EXPECT_EQ(status.done, 5U);
  const std::vector<double>& net = sink.of("net_additional_adopters");
  EXPECT_TRUE(std::isnan(net[4]));
  EXPECT_TRUE(std::isnan(net[5]));
  EXPECT_EQ(net[6], all[6]);
  EXPECT_EQ(net[7], all[7]);
}

TEST_F(Sweep, FactorsMayNotChangeTheShapeOfResults) {
  SweepWork other = work();
  other.load_point = [](std::size_t) {
    Overrides changes = small;
    changes[1] = "time.end=2017-12";
    const auto setup = setup_of("rocket.yaml", changes);
    return std::vector{labelled(setup, "no_programme"), labelled(setup, "rocket")};
  };
  EXPECT_THAT(run_sweep(plan_of(), other).first_failure, HasSubstr("may not change the months"));
}

TEST_F(Sweep, StatusOfNothingIsAllMissing) {
  const SweepStatus status = sweep_status(plan_of(), folder_.path("runs"));
  EXPECT_EQ(status.missing(), 6U);
  EXPECT_EQ(status.done, 0U);
  EXPECT_FALSE(status.seconds_left);
}

TEST_F(Sweep, ALiveProcessIsTold) {
  SweepWork slow = work();
  SweepStatus seen;
  slow.load_point = [&](std::size_t point) {
    seen = sweep_status(plan_of(), folder_.path("runs"));
    return scenarios_with(plan_of().points[point].values[0]);
  };
  const ThreadLimit one(1);
  (void)run_sweep(plan_of(), slow);
  EXPECT_EQ(seen.running, 1U);
  EXPECT_EQ(seen.done, 4U) << "at the last point";
  EXPECT_TRUE(seen.seconds_left);
  EXPECT_EQ(sweep_status(plan_of(), folder_.path("runs")).running, 0U);
}

}  // namespace
}  // namespace ketsim
