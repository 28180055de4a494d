// Sweeps that are cut off, interrupted, damaged or tampered with reach the same data when they are run again.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <functional>

#include "../../sim/experiment/sweep_records.hpp"
#include "change_records.hpp"
#include "sweep_fixture.hpp"

namespace ketsim {
namespace {

using testing::HasSubstr;

class SweepResume : public SweepTest {};

TEST_F(SweepResume, CutAnywhereAndRunAgainGivesTheSameData) {
  (void)run_sweep(plan_of(), work());
  const std::string whole = read_bytes(journal());
  for (const std::size_t part : {0U, 1U, 2U, 3U, 5U, 7U}) {
    std::ofstream(journal(), std::ios::binary) << whole.substr(0, whole.size() * part / 7);
    const SweepSummary rest = run_sweep(plan_of(), work());
    EXPECT_EQ(rest.done + rest.skipped, 6U);
    EXPECT_EQ(collected(plan_of()).bits(), undisturbed_bits()) << part;
  }
}

TEST_F(SweepResume, InterruptedAndRunAgainGivesTheSameData) {
  SweepWork interrupted = work();
  int asked = 0;
  interrupted.interrupted = [&asked] { return ++asked > 100; };
  const ThreadLimit one(1);
  EXPECT_TRUE(run_sweep(plan_of(), interrupted).was_interrupted);
  const SweepStatus status = sweep_status(plan_of(), folder_.path("runs"));
  EXPECT_GT(status.done, 0U);
  EXPECT_GT(status.missing(), 0U);
  EXPECT_TRUE(std::filesystem::exists(folder_.path("runs/shard-1-of-1.worlds")));
  EXPECT_FALSE(run_sweep(plan_of(), work()).was_interrupted);
  EXPECT_EQ(collected(plan_of()).bits(), undisturbed_bits());
  EXPECT_FALSE(std::filesystem::exists(folder_.path("runs/shard-1-of-1.worlds"))) << "nothing is left over";
}

TEST_F(SweepResume, AnInterruptedRunGoesOnWhereItStopped) {
  const ThreadLimit one(1);
  std::size_t months = 0;
  for (int stops = 0; stops < 100; ++stops) {  // a run has 36 months: it never gets through between two stops
    SweepWork interrupted = work();
    int asked = 0;
    interrupted.interrupted = [&asked] { return ++asked > 20; };
    const SweepSummary summary = run_sweep(plan_of(), interrupted);
    months += 19;
    if (!summary.was_interrupted) break;
  }
  EXPECT_LT(months, 2 * 6 * 36U) << "no month is simulated twice, but for the few of the last stop";
  EXPECT_EQ(collected(plan_of()).bits(), undisturbed_bits());
}

TEST_F(SweepResume, AFailureIsNotedAndTheRestGoesOn) {
  SweepWork failing = work();
  failing.load_point = [](std::size_t point) {
    if (point == 1) throw std::runtime_error("out of luck");
    return scenarios_with(plan_of().points[point].values[0]);
  };
  const SweepSummary summary = run_sweep(plan_of(), failing);
  EXPECT_EQ(summary.failed, 2U);
  EXPECT_EQ(summary.done, 4U);
  EXPECT_THAT(summary.first_failure, HasSubstr("out of luck"));
  const SweepStatus status = sweep_status(plan_of(), folder_.path("runs"));
  ASSERT_EQ(status.failures.size(), 2U);
  EXPECT_EQ(status.failures[0].run, 2U);
  EXPECT_EQ(status.failures[0].reason, "out of luck");
  EXPECT_EQ(run_sweep(plan_of(), work()).done, 2U) << "failed runs are tried again";
  EXPECT_EQ(collected(plan_of()).bits(), undisturbed_bits());
}

TEST_F(SweepResume, ADamagedRecordIsMissingAndDoneAgain) {
  (void)run_sweep(plan_of(), work());
  std::string bytes = read_bytes(journal());
  const JournalReader reader(journal());
  const RecordPlace& finished =
      *std::ranges::find_if(reader.records(), [](const RecordPlace& place) { return place.stored > 1000; });
  bytes[finished.offset + 500] ^= 1;
  std::ofstream(journal(), std::ios::binary) << bytes;
  const SweepStatus status = sweep_status(plan_of(), folder_.path("runs"));
  EXPECT_EQ(status.done, 5U);
  EXPECT_EQ(status.damaged, 1U);
  EXPECT_EQ(status.missing(), 1U);
  CapturingSweepSink sink;
  EXPECT_EQ(collect_sweep(plan_of(), folder_.path("runs"), work().base, {}, sink).damaged, 1U);
  EXPECT_EQ(std::ranges::count(sink.states, RunState::missing), 1);
  EXPECT_EQ(run_sweep(plan_of(), work()).done, 1U);
  EXPECT_EQ(collected(plan_of()).bits(), undisturbed_bits());
}

TEST_F(SweepResume, NothingIsFinishedOverDamagedRecordsWhereAllAreAskedFor) {
  (void)run_sweep(plan_of(), work());
  change_records<RunOutcome>(journal(), static_cast<std::uint32_t>(SweepRecord::finished),
                             [](RunOutcome& outcome) { outcome.findings.reset(); });
  CapturingSweepSink sink;
  EXPECT_THROW((void)collect_sweep(plan_of(), folder_.path("runs"), work().base, {}, sink, true),
               IncompleteSweep)
      << "though their checksums are right";
  EXPECT_FALSE(sink.is_finished);
}

// As InterruptedAndRunAgainGivesTheSameData, but what was left of the run is not of it.
TEST_F(SweepResume, AnUnfinishedRunOfAnotherShapeBeginsAnew) {
  const std::vector<std::function<void(UnfinishedRun&)>> changes{
      [](UnfinishedRun& run) { run.values.at(0).pop_back(); },
      [](UnfinishedRun& run) { run.values.at(0)[0].push_back(0.5); },
      [](UnfinishedRun& run) { run.values.resize(3); },
      [](UnfinishedRun& run) { run.histories.resize(3); },
      [](UnfinishedRun& run) { run.histories.at(0).horizons.pop_back(); },
      [](UnfinishedRun& run) { run.histories.at(1).horizons.emplace_back(); },
      [](UnfinishedRun& run) { run.histories.at(0).horizons[0].region[0] = 999; },
      [](UnfinishedRun& run) { run.world.pop_back(); },
  };
  const ThreadLimit one(1);
  for (std::size_t c = 0; c < changes.size(); ++c) {
    std::filesystem::remove_all(folder_.path("runs"));
    SweepWork interrupted = work();
    int asked = 0;
    interrupted.interrupted = [&asked] { return ++asked > 100; };  // in the third run's second world
    EXPECT_TRUE(run_sweep(plan_of(), interrupted).was_interrupted);
    change_records<UnfinishedRun>(folder_.path("runs/shard-1-of-1.worlds"), 0, changes[c]);
    EXPECT_EQ(run_sweep(plan_of(), work()).failed, 0U) << c;
    EXPECT_EQ(collected(plan_of()).bits(), undisturbed_bits()) << c;
  }
}

TEST_F(SweepResume, AnOutcomeOfAnotherShapeIsDamaged) {
  const std::vector<std::function<void(RunOutcome&)>> changes{
      [](RunOutcome& outcome) { outcome.values.pop_back(); },
      [](RunOutcome& outcome) { outcome.values.at(1).pop_back(); },
      [](RunOutcome& outcome) { outcome.values.at(0)[0].push_back(0.5); },
      [](RunOutcome& outcome) { outcome.findings.reset(); },
      [](RunOutcome& outcome) { outcome.findings->effects.pop_back(); },
      [](RunOutcome& outcome) { outcome.findings->effects.at(0).pop_back(); },
      [](RunOutcome& outcome) { outcome.findings->effects.at(0)[0].pairs.pop_back(); },
      [](RunOutcome& outcome) { outcome.findings->effects.at(0)[1].months_by[2].clear(); },
      [](RunOutcome& outcome) { outcome.findings->award_effects.clear(); },
      [](RunOutcome& outcome) { outcome.findings->border_cost.resize(2); },
  };
  (void)run_sweep(plan_of(), work());
  const std::string whole = read_bytes(journal());
  for (std::size_t c = 0; c < changes.size(); ++c) {
    std::ofstream(journal(), std::ios::binary) << whole;
    change_records<RunOutcome>(journal(), static_cast<std::uint32_t>(SweepRecord::finished), changes[c]);
    CapturingSweepSink sink;
    EXPECT_EQ(collect_sweep(plan_of(), folder_.path("runs"), work().base, {}, sink).damaged, 6U) << c;
    EXPECT_EQ(std::ranges::count(sink.states, RunState::missing), 6) << c;
  }
}

}  // namespace
}  // namespace ketsim
