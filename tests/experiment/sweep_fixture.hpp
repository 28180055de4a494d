// A sweep of three points with twins for tests: its scenarios, a sink that keeps what it is given, a folder.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "../io/temporary_folder.hpp"
#include "ketsim/experiment/sweep.hpp"
#include "support/capturing_sink.hpp"
#include "support/small_world.hpp"

namespace ketsim {

inline const Overrides small{"time.start=2016-01", "time.end=2017-06", "horizons=[2016-12, 2017-06]",
                             "population.agents=120"};

inline std::vector<ExperimentScenario> scenarios_with(const std::string& mixing) {
  Overrides changes = small;
  changes.push_back("network.mixing=" + mixing);
  std::vector<std::shared_ptr<Setup>> setups{setup_of("no_programme.yaml", changes),
                                             setup_of("rocket.yaml", changes)};
  share_programmes(setups);
  return {labelled(setups[0], "no_programme"), labelled(setups[1], "rocket")};
}

//! Three points of one factor, compared with a baseline.
inline SweepPlan plan_of(std::int64_t replicates = 2) {
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

class SweepTest : public testing::Test {
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
inline const std::string& undisturbed_bits() {
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

}  // namespace ketsim
