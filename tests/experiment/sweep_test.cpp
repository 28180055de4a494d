// Sweeps: what is done stays done, whatever happens in between, and the file says what is missing.
#include "ketsim/experiment/sweep.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <numeric>

#include "../io/temporary_folder.hpp"
#include "support/capturing_sink.hpp"
#include "support/small_world.hpp"

namespace ketsim {
namespace {

using testing::HasSubstr;

const Overrides small{"time.start=2016-01", "time.end=2017-06", "horizons=[2016-12, 2017-06]",
                      "population.agents=120"};

std::vector<ExperimentScenario> scenarios_with(const std::string& mixing) {
  Overrides changes = small;
  changes.push_back("network.mixing=" + mixing);
  std::vector<std::shared_ptr<Setup>> setups{setup_of("no_programme.yaml", changes),
                                             setup_of("rocket.yaml", changes)};
  share_programmes(setups);
  return {labelled(setups[0], "no_programme"), labelled(setups[1], "rocket")};
}

//! Three points of one factor, compared with a baseline.
SweepPlan plan_of(std::int64_t replicates = 2) {
  SweepPlan plan;
  plan.settings.baseline = "no_programme.yaml";
  plan.settings.scenarios = {"rocket.yaml"};
  plan.settings.replicates = replicates;
  plan.settings.every = 12;
  plan.scenario_names = {"no_programme", "rocket"};
  SweepFactor factor;
  factor.name = "mixing";
  factor.settings = {"network.mixing", 0.0, 1.0, FactorScale::linear, {}};
  factor.is_in = {true, true};
  plan.factors = {factor};
  for (const char* value : {"0", "0.25", "0.5"}) {
    plan.identities.push_back({hash_text(value), 1});
    plan.points.push_back({{value}, 0, ""});
  }
  return plan;
}

//! Keeps what it is given.
class CapturingSweepSink final : public SweepSink {
 public:
  void begin(const SweepHeader& h) override {
    header = h;
    values.resize(h.variables.size());
  }
  void write(std::size_t, const std::vector<RunState>& s,
             const std::vector<std::vector<double>>& v) override {
    states.insert(states.end(), s.begin(), s.end());
    for (std::size_t i = 0; i < v.size(); ++i) values[i].insert(values[i].end(), v[i].begin(), v[i].end());
  }
  void finish() override { is_finished = true; }

  [[nodiscard]] const std::vector<double>& of(const std::string& name) const {
    const auto found = std::ranges::find(header.variables, name, &SweepVariable::name);
    return values.at(static_cast<std::size_t>(found - header.variables.begin()));
  }
  [[nodiscard]] std::string bits() const {
    std::string all;
    for (const std::vector<double>& variable : values) {
      for (const double value : variable) all += bits_of(value);
    }
    return all;
  }

  SweepHeader header;
  std::vector<RunState> states;
  std::vector<std::vector<double>> values;
  bool is_finished = false;
};

class Sweep : public testing::Test {
 protected:
  [[nodiscard]] SweepWork work() const {
    SweepWork work;
    work.folder = folder_.path("runs");
    work.base = scenarios_with("0");
    work.load_point = [](std::size_t point) { return scenarios_with(plan_of().points[point].values[0]); };
    return work;
  }
  [[nodiscard]] CapturingSweepSink collected(const SweepPlan& plan) const {
    CapturingSweepSink sink;
    (void)collect_sweep(plan, folder_.path("runs"), work().base, {}, sink);
    return sink;
  }
  [[nodiscard]] std::string journal() const { return folder_.path("runs/shard-1-of-1.journal"); }

  TemporaryFolder folder_;
};

//! Values of an undisturbed sweep, made once.
const std::string& undisturbed_bits() {
  static const std::string bits = [] {
    const TemporaryFolder folder;
    SweepWork work;
    work.folder = folder.path("runs");
    work.base = scenarios_with("0");
    work.load_point = [](std::size_t point) { return scenarios_with(plan_of().points[point].values[0]); };
    (void)run_sweep(plan_of(), work);
    CapturingSweepSink sink;
    (void)collect_sweep(plan_of(), work.folder, work.base, {}, sink);
    return sink.bits();
  }();
  return bits;
}

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

TEST_F(Sweep, CutAnywhereAndRunAgainGivesTheSameData) {
  (void)run_sweep(plan_of(), work());
  const std::string whole = read_bytes(journal());
  for (const std::size_t part : {0U, 1U, 2U, 3U, 5U, 7U}) {
    std::ofstream(journal(), std::ios::binary) << whole.substr(0, whole.size() * part / 7);
    const SweepSummary rest = run_sweep(plan_of(), work());
    EXPECT_EQ(rest.done + rest.skipped, 6U);
    EXPECT_EQ(collected(plan_of()).bits(), undisturbed_bits()) << part;
  }
}

TEST_F(Sweep, InterruptedAndRunAgainGivesTheSameData) {
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

TEST_F(Sweep, AnInterruptedRunGoesOnWhereItStopped) {
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

TEST_F(Sweep, ShardsShareTheWorkAndAddUpToTheSameData) {
  for (const std::size_t number : {4U, 1U, 3U, 2U}) {
    SweepWork part = work();
    part.shard = {number, 4};
    EXPECT_GT(run_sweep(plan_of(), part).done, 0U);
  }
  EXPECT_EQ(run_sweep(plan_of(), work()).done, 0U);
  EXPECT_EQ(collected(plan_of()).bits(), undisturbed_bits());
}

TEST_F(Sweep, AFailureIsNotedAndTheRestGoesOn) {
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

TEST_F(Sweep, ADamagedRecordIsMissingAndDoneAgain) {
  (void)run_sweep(plan_of(), work());
  std::string bytes = read_bytes(journal());
  const JournalReader reader(journal());
  const RecordPlace& finished =
      *std::ranges::find_if(reader.records(), [](const RecordPlace& place) { return place.stored > 1000; });
  bytes[finished.offset + 500] ^= 1;
  std::ofstream(journal(), std::ios::binary) << bytes;
  CapturingSweepSink sink;
  EXPECT_EQ(collect_sweep(plan_of(), folder_.path("runs"), work().base, {}, sink).damaged, 1U);
  EXPECT_EQ(std::ranges::count(sink.states, RunState::missing), 1);
  EXPECT_EQ(run_sweep(plan_of(), work()).done, 1U);
  EXPECT_EQ(collected(plan_of()).bits(), undisturbed_bits());
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
