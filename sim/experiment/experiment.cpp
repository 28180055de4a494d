#include "ketsim/experiment/experiment.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>

#include "ketsim/base/stopwatch.hpp"
#include "ketsim/engine/simulation.hpp"
#include "ketsim/experiment/measures.hpp"
#include "ketsim/parallel/pipeline.hpp"
#include "ketsim/parallel/rows.hpp"

namespace ketsim {

namespace {

//! One world on its way from simulation to sink.
struct RunWorld {
  bool is_complete = false;  //!< false: interrupted before its last month
  std::uint64_t agent_steps = 0;
  double loop_seconds = 0.0;
  std::vector<StepTime> times;                   //!< the last of them: of the output
  std::vector<Snapshot> snapshots;               //!< at each horizon, for comparisons
  std::vector<std::vector<Snapshot>> twins;      //!< the last world of a replicate: snapshots by scenario
  std::vector<std::vector<TwinEffect>> effects;  //!< of that replicate: [alternative][horizon]
  std::unique_ptr<Parcel> parcel;
};

// The public record that the scenarios name, each figure once.
std::vector<RecordRow> record_of(const std::vector<ExperimentScenario>& scenarios) {
  std::vector<RecordRow> rows;
  const auto bound = [](double value) {
    return std::fabs(value) >= RecordFigure::no_bound ? std::numeric_limits<double>::quiet_NaN() : value;
  };
  for (const ExperimentScenario& scenario : scenarios) {
    for (const Named<RecordFigure>& named : scenario.setup->scenario.record) {
      if (std::ranges::find(rows, named.name, &RecordRow::name) != rows.end()) continue;
      const RecordFigure& figure = named.value;
      rows.push_back({named.name, figure.value, bound(figure.low), bound(figure.high), figure.unit,
                      figure.source, figure.doc});
    }
  }
  return rows;
}

ResultHeader make_header(const std::vector<ExperimentScenario>& scenarios, const ExperimentOptions& options) {
  const Setup& setup = *scenarios.front().setup;
  ResultHeader header;
  header.command = options.command;
  header.seed = options.seed;
  header.replicates = options.replicates;
  header.start = setup.scenario.time.start;
  header.months = static_cast<std::int32_t>(setup.scenario.months());
  for (const ExperimentScenario& scenario : scenarios) header.scenarios.push_back(scenario.record);
  for (const auto& observer : make_observers()) {
    for (Series& series : observer->series()) header.series.push_back(std::move(series));
  }
  for (Dimension& dimension : dimensions_of(setup)) {
    const bool used = std::ranges::any_of(header.series, [&](const Series& series) {
      return std::ranges::find(series.dimensions, dimension.name) != series.dimensions.end();
    });
    if (used) header.dimensions.push_back(std::move(dimension));
  }
  header.record = record_of(scenarios);
  header.inputs = options.inputs;
  header.versions = options.versions;
  return header;
}

//! Runs worlds, of each replicate one a scenario, and hands them on in order.
class Experiment {
 public:
  Experiment(const std::vector<ExperimentScenario>& scenarios, const ExperimentOptions& options,
             ResultSink& sink)
      : scenarios_(scenarios),
        options_(options),
        sink_(sink),
        compares_(options.command == "compare"),
        horizons_(scenarios.front().setup->scenario.horizons),
        effects_(scenarios.size() - 1, std::vector<std::vector<TwinEffect>>(horizons_.size())),
        worlds_(worlds_per_thread * static_cast<std::size_t>(available_threads())) {}

  ExperimentSummary run() {
    Stopwatch watch;
    sink_.begin(make_header(scenarios_, options_));
    summary_.threads = static_cast<std::uint32_t>(available_threads());
    share_graphs();
    run_pipeline(total(), worlds_.size(),
                 {{.is_in_order = false, .work = [this](std::size_t w) { simulate(w); }},
                  {.is_in_order = true, .work = [this](std::size_t w) { sort(w); }},
                  {.is_in_order = false, .work = [this](std::size_t w) { pack(w); }},
                  {.is_in_order = true, .work = [this](std::size_t w) { store(w); }}});
    if (!summary_.was_interrupted) {
      if (compares_) write_measures();
      sink_.finish();
    }
    summary_.wall_seconds = watch.lap();
    return summary_;
  }

 private:
  // Finished worlds that wait for a slower one before them cost a few MB each, and less than an idle core.
  static constexpr std::size_t worlds_per_thread = 4;

  [[nodiscard]] std::size_t total() const {
    return static_cast<std::size_t>(options_.replicates) * scenarios_.size();
  }
  [[nodiscard]] RunWorld& world(std::size_t w) { return worlds_[w % worlds_.size()]; }
  [[nodiscard]] std::size_t scenario_of(std::size_t w) const { return w % scenarios_.size(); }
  [[nodiscard]] bool is_last_twin(std::size_t w) const { return scenario_of(w) + 1 == scenarios_.size(); }
  [[nodiscard]] bool is_interrupted() const { return options_.interrupted && options_.interrupted(); }

  void simulate(std::size_t w) {
    RunWorld& run = world(w) = {};
    if (is_interrupted()) return;
    const auto& setup = scenarios_[scenario_of(w)].setup;
    const auto replicate = static_cast<std::uint32_t>(w / scenarios_.size());
    Stopwatch watch;
    const TieNetwork* graph = setup->scenario.network.per_replicate ? nullptr : &graphs_[scenario_of(w)];
    Simulation simulation(setup, options_.seed, replicate, graph);
    run.times.push_back({"set_up", watch.lap()});
    while (!simulation.is_done()) {
      if (is_interrupted()) return;
      simulation.step();
      run.agent_steps += static_cast<std::uint64_t>(simulation.world().living);
      for (const Month& horizon : horizons_) {
        if (compares_ && horizon - setup->scenario.time.start == simulation.world().month)
          run.snapshots.push_back(take_snapshot(simulation.world()));
      }
    }
    run.loop_seconds = simulation.loop_seconds();
    for (StepTime& time : simulation.times()) run.times.push_back(std::move(time));
    watch.lap();
    run.parcel = sink_.accept(
        {static_cast<std::uint32_t>(scenario_of(w)), replicate, std::move(simulation.recorder().values())});
    run.times.push_back({"output", watch.lap()});
    run.is_complete = true;
  }

  // Processes that only some scenarios run stand where the first world that runs them has them.
  void add_time(const StepTime& time) {
    const auto found = std::ranges::find(summary_.times, time.name, &StepTime::name);
    if (found == summary_.times.end())
      summary_.times.push_back(time);
    else
      found->seconds += time.seconds;
  }

  void share_graphs() {
    graphs_.resize(scenarios_.size());
    Stopwatch watch;
    for (std::size_t s = 0; s < scenarios_.size(); ++s) {
      const Setup& setup = *scenarios_[s].setup;
      if (!setup.scenario.network.per_replicate) graphs_[s] = found_network(setup, options_.seed);
    }
    add_time({"graph", watch.lap()});
  }

  void sort(std::size_t w) {
    RunWorld& run = world(w);
    if (scenario_of(w) == 0) twins_.clear();
    if (!run.is_complete) {
      summary_.was_interrupted = true;
      return;
    }
    const Stopwatch::Timed timed(run.times.back().seconds);
    run.parcel->sort();
    summary_.agent_steps += run.agent_steps;
    summary_.loop_seconds += run.loop_seconds;
    twins_.push_back(std::move(run.snapshots));
    if (is_last_twin(w)) run.twins = std::move(twins_);
    if (options_.progress) options_.progress(w + 1, total());
  }

  void pack(std::size_t w) {
    RunWorld& run = world(w);
    if (!run.is_complete) return;
    const Stopwatch::Timed timed(run.times.back().seconds);
    run.parcel->pack();
    if (compares_ && run.twins.size() == scenarios_.size()) run.effects = compare(run.twins);
  }

  void store(std::size_t w) {
    RunWorld& run = world(w);
    if (run.is_complete) {
      {
        const Stopwatch::Timed timed(run.times.back().seconds);
        run.parcel->store();
      }
      for (const StepTime& time : run.times) add_time(time);
    }
    for (std::size_t a = 0; a < run.effects.size(); ++a) {
      for (std::size_t h = 0; h < horizons_.size(); ++h) effects_[a][h].push_back(run.effects[a][h]);
    }
    run = {};
  }

  [[nodiscard]] std::vector<std::vector<TwinEffect>> compare(
      const std::vector<std::vector<Snapshot>>& twins) const {
    const Setup& setup = *scenarios_.front().setup;
    std::vector<std::vector<TwinEffect>> effects(scenarios_.size() - 1);
    for (std::size_t a = 1; a < scenarios_.size(); ++a) {
      for (std::size_t h = 0; h < horizons_.size(); ++h) {
        const auto month = static_cast<MonthIndex>(horizons_[h] - setup.scenario.time.start);
        effects[a - 1].push_back(
            compare_twins(twins[0][h], twins[a][h], setup.geography->kets.size(), month));
      }
    }
    return effects;
  }

  void write_measures() {
    Dimension alternative{"alternative", "scenario compared with the first one, the baseline", {}};
    for (std::size_t a = 1; a < scenarios_.size(); ++a)
      alternative.labels.push_back(scenarios_[a].record.name);
    Dimension horizon{"horizon", "month at whose end the worlds are compared", {}};
    for (const Month& month : horizons_) horizon.labels.push_back(month.text());
    sink_.write_measures({alternative, horizon}, make_measures(effects_));
  }

  const std::vector<ExperimentScenario>& scenarios_;
  const ExperimentOptions& options_;
  ResultSink& sink_;
  bool compares_;
  std::vector<Month> horizons_;
  std::vector<std::vector<std::vector<TwinEffect>>> effects_;  //!< [alternative][horizon][replicate]
  std::vector<TieNetwork> graphs_;                             //!< shared by all replicates, by scenario
  std::vector<RunWorld> worlds_;                               //!< ring of those under way
  std::vector<std::vector<Snapshot>> twins_;  //!< of the replicate that is being sorted, by scenario
  ExperimentSummary summary_;
};

}  // namespace

ExperimentSummary run_experiment(const std::vector<ExperimentScenario>& scenarios,
                                 const ExperimentOptions& options, ResultSink& sink) {
  return Experiment(scenarios, options, sink).run();
}

}  // namespace ketsim
