// Sweeps: a plan of runs, one a design point and replicate; work on it by any number of processes, in any
// order and as often interrupted as may be; and one file of what is done.
//
// Identity of a run is a hash of all that its results follow from. Work is kept in journals under these
// identities: what is done is never done again, what has changed has another identity, and a plan that grows
// keeps what is there.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "ketsim/engine/design.hpp"
#include "ketsim/experiment/experiment.hpp"
#include "ketsim/experiment/journal.hpp"
#include "ketsim/results/sweep_sink.hpp"
#include "ketsim/scenario/sweep.hpp"

namespace ketsim {

//! A factor with what the scenarios declare of its parameter.
struct SweepFactor {
  std::string name;
  FactorSettings settings;  //!< range resolved
  ParameterRow parameter;
  std::vector<bool> is_in;  //!< by scenario: has it the parameter?

  [[nodiscard]] Factor for_design() const;
};

struct SweepPlan {
  SweepSettings settings;
  std::vector<std::string> scenario_names;  //!< the baseline first, if there is one
  std::vector<SweepFactor> factors;
  std::vector<DesignPoint> points;
  std::vector<RecordId> identities;  //!< by point

  [[nodiscard]] bool compares() const { return !settings.baseline.empty(); }
  [[nodiscard]] std::size_t replicates() const { return static_cast<std::size_t>(settings.replicates); }
  //! Runs are numbered point by point.
  [[nodiscard]] std::size_t runs() const { return points.size() * replicates(); }
  [[nodiscard]] std::size_t point_of(std::size_t run) const { return run / replicates(); }
  [[nodiscard]] std::uint32_t replicate_of(std::size_t run) const {
    return static_cast<std::uint32_t>(run % replicates());
  }
  [[nodiscard]] RecordId identity_of(std::size_t run) const;
};

//! Resolves the factors of a sweep against its scenarios: parameters that none of them has, ranges outside
//! the declared ones, values of another type become problems at their places in `root`, the sweep file.
//! A scenario that could not be read has no parameters here: what none of the others has, not even
//! nearly, may be of it.
[[nodiscard]] std::vector<SweepFactor> resolve_factors(
    const SweepSettings& settings, const std::vector<std::vector<ParameterRow>>& parameters, const Node& root,
    Diagnostics& problems);

//! Is `text` a value that the parameter can take? Otherwise a problem at `where`.
bool check_factor_value(const SweepFactor& factor, const std::string& text, const Location& where,
                        Diagnostics& problems);

//! The points of the sweep's design. `table`: of a design that reads one.
[[nodiscard]] std::vector<DesignPoint> design_points(const SweepSettings& settings,
                                                     const std::vector<SweepFactor>& factors, TextTable table,
                                                     const Node& root, Diagnostics& problems);

//! Names of all outputs that a sweep can keep.
[[nodiscard]] std::vector<std::string> series_names();

//! Why a point's scenarios cannot stand in one file with those of the base; empty: they can.
[[nodiscard]] std::string why_out_of_shape(const std::vector<ExperimentScenario>& base,
                                           const std::vector<ExperimentScenario>& point);

//! Makes the scenarios of a point; throws InputError where they contradict themselves.
using PointLoader = std::function<std::vector<ExperimentScenario>(std::size_t point)>;

//! Part I of N of the runs, counted from 1.
struct Shard {
  std::size_t number = 1;
  std::size_t count = 1;
};

struct SweepWork {
  std::string folder;  //!< of the journals
  Shard shard;
  PointLoader load_point;
  std::vector<ExperimentScenario> base;  //!< scenarios as they are without any factor
  std::function<void(std::size_t done, std::size_t total)> progress;
  std::function<bool()> interrupted;
};

struct SweepSummary {
  std::size_t done = 0;     //!< runs of the shard that were done here
  std::size_t skipped = 0;  //!< that had been done before
  std::size_t failed = 0;
  std::string first_failure;
  std::uint64_t agent_steps = 0;
  double loop_seconds = 0.0;  //!< of all monthly loops, added up [s]
  std::uint32_t threads = 1;
  bool was_interrupted = false;
};

//! Does what is missing of a shard. Failures of single runs are noted, and the rest goes on; throws
//! JournalError where the work itself cannot be kept.
[[nodiscard]] SweepSummary run_sweep(const SweepPlan& plan, const SweepWork& work);

struct SweepFailure {
  std::size_t run = 0;
  std::string reason;
};

struct SweepStatus {
  std::size_t runs = 0;
  std::size_t done = 0;
  std::size_t running = 0;  //!< under way in a process that lives
  std::vector<SweepFailure> failures;
  std::size_t damaged = 0;             //!< records that are not what was written: counted as missing
  std::optional<double> seconds_left;  //!< while processes are at work; by the mean time of a run

  [[nodiscard]] std::size_t missing() const { return runs - done - running - failures.size(); }
};

//! Reads all that is done, to tell what is damaged of it.
[[nodiscard]] SweepStatus sweep_status(const SweepPlan& plan, const std::string& folder);

//! A sweep of which runs are missing where none may be.
class IncompleteSweep : public std::runtime_error {
 public:
  explicit IncompleteSweep(const SweepStatus& status);
};

//! Writes what is done into one file; returns what it holds. With `header` filled but for what follows from
//! the plan. Throws IncompleteSweep before the file is finished where it `must_be_complete` and is not.
[[nodiscard]] SweepStatus collect_sweep(const SweepPlan& plan, const std::string& folder,
                                        const std::vector<ExperimentScenario>& base, SweepHeader header,
                                        SweepSink& sink, bool must_be_complete = false);

}  // namespace ketsim
