#include "ketsim/experiment/experiment.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <optional>

#include <fmt/format.h>

#include "kept_checks.hpp"
#include "ketsim/base/stopwatch.hpp"
#include "ketsim/engine/simulation.hpp"
#include "ketsim/experiment/firm_rows.hpp"
#include "ketsim/parallel/pipeline.hpp"
#include "ketsim/parallel/rows.hpp"
#include "world_run.hpp"

namespace ketsim {

namespace {

//! One world on its way from simulation to sink.
struct RunWorld {
  bool is_complete = false;          //!< false: interrupted before its last month
  WorldWork work;                    //!< the last of its times: of the output
  WorldHistory history;              //!< for comparisons
  std::vector<WorldHistory> twins;   //!< the last world of a replicate: histories by scenario
  std::optional<Findings> findings;  //!< of that replicate
  Rows rows;                         //!< firm by firm, if asked for
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
  if (options.until)
    header.until = fmt::format("{}:{:g}%", options.until->measure, 100.0 * options.until->relative_error);
  if (options.firms) header.rows = options.command == "compare" ? twin_table() : firm_table();
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
        header_(make_header(scenarios, options)),
        worlds_(worlds_per_thread * static_cast<std::size_t>(available_threads())) {
    if (options.command == "compare") study_.emplace(scenarios, options);
    if (!options.kept.path.empty()) journal_.emplace(options.kept);
  }

  ExperimentSummary run() {
    Stopwatch watch;
    sink_.begin(header_);
    summary_.threads = static_cast<std::uint32_t>(available_threads());
    share_graphs();
    do run_replicates(next_check());
    while (!summary_.was_interrupted && !is_precise() && summary_.replicates < options_.replicates);
    if (summary_.was_interrupted) {
      if (journal_) journal_->start();
    } else {
      if (study_) sink_.write_measures(study_->dimensions(), study_->measures());
      sink_.finish();
      if (journal_) journal_->remove();
    }
    summary_.wall_seconds = watch.lap();
    return summary_;
  }

 private:
  // Finished worlds that wait for a slower one before them cost a few MB each, and less than an idle core.
  static constexpr std::size_t worlds_per_thread = 4;

  // Where a precision is wanted, it is asked for after so many replicates: of the seed alone, so that the
  // same command gives the same file.
  static constexpr std::uint32_t first_check = 32;

  [[nodiscard]] std::uint32_t next_check() const {
    if (!options_.until) return options_.replicates;
    return std::min(options_.replicates, std::max(first_check, 2 * summary_.replicates));
  }

  [[nodiscard]] bool is_precise() {
    if (!options_.until) return false;
    summary_.relative_error = study_->relative_error(options_.until->measure);
    return *summary_.relative_error <= options_.until->relative_error;
  }

  //! Up to `last`, without it.
  void run_replicates(std::uint32_t last) {
    const std::size_t first_world = summary_.replicates * scenarios_.size();
    const auto step = [&](bool is_in_order, void (Experiment::*work)(std::size_t)) {
      return PipelineStep{is_in_order,
                          [this, work, first_world](std::size_t w) { (this->*work)(first_world + w); }};
    };
    run_pipeline(last * scenarios_.size() - first_world, worlds_.size(),
                 {step(false, &Experiment::simulate), step(true, &Experiment::sort),
                  step(false, &Experiment::pack), step(true, &Experiment::store)});
    summary_.replicates = last;
  }

  [[nodiscard]] std::size_t total() const {
    return static_cast<std::size_t>(options_.replicates) * scenarios_.size();
  }
  [[nodiscard]] RunWorld& world(std::size_t w) { return worlds_[w % worlds_.size()]; }
  [[nodiscard]] std::size_t scenario_of(std::size_t w) const { return w % scenarios_.size(); }
  [[nodiscard]] std::uint32_t replicate_of(std::size_t w) const {
    return static_cast<std::uint32_t>(w / scenarios_.size());
  }
  //! None: each replicate has its own.
  [[nodiscard]] const TieNetwork* graph_of(std::size_t w) const {
    const bool own = scenarios_[scenario_of(w)].setup->scenario.network.per_replicate;
    return own ? nullptr : &graphs_[scenario_of(w)];
  }
  [[nodiscard]] bool is_last_twin(std::size_t w) const { return scenario_of(w) + 1 == scenarios_.size(); }
  [[nodiscard]] bool is_interrupted() const { return options_.interrupted && options_.interrupted(); }

  void simulate(std::size_t w) {
    RunWorld& run = world(w) = {};
    if (is_interrupted()) return;
    std::optional<FinishedWorld> finished = journal_ ? journal_->finished(w) : std::nullopt;
    if (finished) {
      check(*finished, w);
    } else {
      finished = WorldRun(scenarios_, options_, study_ ? &*study_ : nullptr, journal_ ? &*journal_ : nullptr,
                          {w, scenario_of(w), replicate_of(w), graph_of(w)})
                     .run(run.work);
      if (!finished) return;
      Stopwatch watch;
      if (journal_) journal_->keep(w, *finished);
      run.work.times.push_back({"journal", watch.lap()});
    }
    Stopwatch watch;
    run.parcel = sink_.accept(
        {static_cast<std::uint32_t>(scenario_of(w)), replicate_of(w), std::move(finished->values)});
    run.history = std::move(finished->history);
    run.rows = std::move(finished->rows);
    run.work.times.push_back({"output", watch.lap()});
    run.is_complete = true;
  }

  // Of a world that an earlier process finished.
  void check(const FinishedWorld& finished, std::size_t w) const {
    const bool has_rows = header_.rows && !study_;
    try {
      if (!fits(finished.values, header_) ||
          !(has_rows ? fits(finished.rows, *header_.rows) : finished.rows.empty()))
        throw DamagedBytes("it holds results of other scenarios");
      if (study_) study_->check_ended(finished.history, scenario_of(w), replicate_of(w));
    } catch (const DamagedBytes& damage) {
      throw JournalError(fmt::format("{}: {}; run the command anew", options_.kept.path, damage.what()));
    }
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
    const Stopwatch::Timed timed(run.work.times.back().seconds);
    run.parcel->sort();
    summary_.agent_steps += run.work.agent_steps;
    summary_.loop_seconds += run.work.loop_seconds;
    twins_.push_back(std::move(run.history));
    if (is_last_twin(w)) run.twins = std::move(twins_);
    if (options_.progress) options_.progress(w + 1, total());
  }

  void pack(std::size_t w) {
    RunWorld& run = world(w);
    if (!run.is_complete) return;
    const Stopwatch::Timed timed(run.work.times.back().seconds);
    run.parcel->pack();
    if (!study_ || run.twins.size() != scenarios_.size()) return;
    run.findings = study_->compare(replicate_of(w), run.twins);
    if (options_.firms) run.rows = study_->rows(replicate_of(w), run.twins);
  }

  void store(std::size_t w) {
    RunWorld& run = world(w);
    if (run.is_complete) {
      {
        const Stopwatch::Timed timed(run.work.times.back().seconds);
        run.parcel->store();
        if (!run.rows.empty()) sink_.write_rows(run.rows);
      }
      for (const StepTime& time : run.work.times) add_time(time);
    }
    if (run.findings) study_->add(*run.findings);
    run = {};
  }

  const std::vector<ExperimentScenario>& scenarios_;
  const ExperimentOptions& options_;
  ResultSink& sink_;
  ResultHeader header_;
  std::optional<TwinStudy> study_;  //!< of `compare`
  std::optional<RunJournal> journal_;
  std::vector<TieNetwork> graphs_;   //!< shared by all replicates, by scenario
  std::vector<RunWorld> worlds_;     //!< ring of those under way
  std::vector<WorldHistory> twins_;  //!< of the replicate that is being sorted, by scenario
  ExperimentSummary summary_;
};

}  // namespace

ExperimentSummary run_experiment(const std::vector<ExperimentScenario>& scenarios,
                                 const ExperimentOptions& options, ResultSink& sink) {
  return Experiment(scenarios, options, sink).run();
}

}  // namespace ketsim
