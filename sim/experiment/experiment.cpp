#include "ketsim/experiment/experiment.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <mutex>

#include <fmt/format.h>

#include "ketsim/engine/simulation.hpp"
#include "ketsim/experiment/measures.hpp"
#include "ketsim/parallel/rows.hpp"

namespace ketsim {

void share_programmes(std::vector<std::shared_ptr<Setup>>& setups) {
  std::vector<std::string> labels;
  for (const auto& setup : setups) {
    for (const Named<Programme>& programme : setup->scenario.programmes) {
      if (std::ranges::find(labels, programme.name) == labels.end()) labels.push_back(programme.name);
    }
  }
  for (auto& setup : setups) setup->programme_labels = labels;
}

void check_comparable(const std::vector<std::shared_ptr<Setup>>& setups,
                      const std::vector<std::string>& names, Diagnostics& problems) {
  const Setup& first = *setups.front();
  const auto same_cells = [](const PopulationPlan& a, const PopulationPlan& b) {
    return std::ranges::equal(a.cells, b.cells, [](const PopulationCell& x, const PopulationCell& y) {
      return x.region == y.region && x.sector == y.sector && x.size == y.size && x.count == y.count;
    });
  };
  const auto ket_names = [](const Setup& setup) {
    std::vector<std::string> list;
    for (const Ket& ket : setup.geography->kets) list.push_back(ket.name);
    return list;
  };
  for (std::size_t s = 1; s < setups.size(); ++s) {
    const Setup& other = *setups[s];
    const auto differ = [&](const char* what) {
      problems.add({}, fmt::format("'{}' and '{}' cannot be compared: they have different {}", names.front(),
                                   names[s], what));
    };
    const TimeSettings& a = first.scenario.time;
    const TimeSettings& b = other.scenario.time;
    if (a.start != b.start || a.end != b.end) differ("months (time)");
    if (first.scenario.horizons != other.scenario.horizons) differ("horizons");
    if (ket_names(first) != ket_names(other)) differ("technologies");
    if (first.geography->sectors != other.geography->sectors) differ("sectors");
    if (!std::ranges::equal(first.geography->regions, other.geography->regions, {}, &Region::code,
                            &Region::code))
      differ("regions");
    if (!same_cells(first.population, other.population) ||
        !std::ranges::equal(first.population.given, other.population.given, {}, &GivenFirm::id,
                            &GivenFirm::id))
      differ("firms (population)");
  }
}

namespace {

//! One world, run to the end, with what comparisons need of it at each horizon.
struct FinishedWorld {
  ReplicateResult result;
  std::vector<Snapshot> snapshots;
  std::uint64_t agent_steps = 0;
  double loop_seconds = 0.0;
};

FinishedWorld run_world(const ExperimentScenario& scenario, std::uint64_t seed, std::uint32_t replicate,
                        bool with_snapshots) {
  Simulation simulation(scenario.setup, seed, replicate);
  const auto& settings = scenario.setup->scenario;
  FinishedWorld finished;
  while (!simulation.is_done()) {
    simulation.step();
    finished.agent_steps += static_cast<std::uint64_t>(simulation.world().living);
    for (const Month& horizon : settings.horizons) {
      if (with_snapshots && horizon - settings.time.start == simulation.world().month)
        finished.snapshots.push_back(take_snapshot(simulation.world()));
    }
  }
  finished.result.replicate = replicate;
  finished.result.values = std::move(simulation.recorder().values());
  finished.loop_seconds = simulation.loop_seconds();
  return finished;
}

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

//! Runs worlds in blocks of replicates and hands them on in order.
class Experiment {
 public:
  Experiment(const std::vector<ExperimentScenario>& scenarios, const ExperimentOptions& options,
             ResultSink& sink)
      : scenarios_(scenarios), options_(options), sink_(sink), compares_(options.command == "compare") {
    horizons_ = scenarios.front().setup->scenario.horizons;
    effects_.assign(scenarios.size() - 1, std::vector<std::vector<TwinEffect>>(horizons_.size()));
  }

  ExperimentSummary run() {
    const auto begin = std::chrono::steady_clock::now();
    sink_.begin(make_header(scenarios_, options_));
    summary_.threads = static_cast<std::uint32_t>(available_threads());
    for (std::uint32_t first = 0; first < options_.replicates && !interrupted(); first += block_size) {
      run_block(first, std::min(block_size, options_.replicates - first));
    }
    if (!summary_.was_interrupted) {
      if (compares_) write_measures();
      sink_.finish();
    }
    summary_.wall_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    return summary_;
  }

 private:
  // Replicates held in memory at a time: enough to keep many cores busy, and independent of their number.
  static constexpr std::uint32_t block_size = 16;

  bool interrupted() {
    if (options_.interrupted && options_.interrupted()) summary_.was_interrupted = true;
    return summary_.was_interrupted;
  }

  void run_block(std::uint32_t first, std::uint32_t count) {
    const std::size_t worlds = count * scenarios_.size();
    std::vector<FinishedWorld> finished(worlds);
    for_tasks(worlds, [&](std::size_t w) {
      if (options_.interrupted && options_.interrupted()) return;
      const std::size_t s = w % scenarios_.size();
      finished[w] = run_world(scenarios_[s], options_.seed,
                              first + static_cast<std::uint32_t>(w / scenarios_.size()), compares_);
      finished[w].result.scenario = static_cast<std::uint32_t>(s);
      report();
    });
    if (interrupted()) return;
    for (std::uint32_t r = 0; r < count; ++r) {
      FinishedWorld* twins = &finished[r * scenarios_.size()];
      for (std::size_t s = 0; s < scenarios_.size(); ++s) {
        sink_.write(twins[s].result);
        summary_.agent_steps += twins[s].agent_steps;
        summary_.loop_seconds += twins[s].loop_seconds;
      }
      if (compares_) compare(twins);
    }
  }

  void report() {
    const std::scoped_lock lock(mutex_);
    ++done_;
    if (options_.progress)
      options_.progress(done_, static_cast<std::size_t>(options_.replicates) * scenarios_.size());
  }

  void compare(const FinishedWorld* twins) {
    const Setup& setup = *scenarios_.front().setup;
    for (std::size_t a = 1; a < scenarios_.size(); ++a) {
      for (std::size_t h = 0; h < horizons_.size(); ++h) {
        const auto month = static_cast<MonthIndex>(horizons_[h] - setup.scenario.time.start);
        effects_[a - 1][h].push_back(
            compare_twins(twins[0].snapshots[h], twins[a].snapshots[h], setup.geography->kets.size(), month));
      }
    }
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
  ExperimentSummary summary_;
  std::mutex mutex_;
  std::size_t done_ = 0;
};

}  // namespace

ExperimentSummary run_experiment(const std::vector<ExperimentScenario>& scenarios,
                                 const ExperimentOptions& options, ResultSink& sink) {
  return Experiment(scenarios, options, sink).run();
}

}  // namespace ketsim
