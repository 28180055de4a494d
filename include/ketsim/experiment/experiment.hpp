// Experiments: many replicates of one or several scenarios, in parallel, with the same results for any number
// of threads, written to a sink in a fixed order.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ketsim/engine/setup.hpp"
#include "ketsim/engine/simulation.hpp"
#include "ketsim/results/sink.hpp"

namespace ketsim {

//! A scenario as an experiment takes it: set up, with what the result file says of it.
struct ExperimentScenario {
  std::shared_ptr<const Setup> setup;
  ScenarioRecord record;
};

//! Replicates until a measure of `compare` is known well enough.
struct Precision {
  std::string measure;           //!< one of names_with_interval()
  double relative_error = 0.05;  //!< half the width of the interval of the mean over the mean [1]
};

//! How the work of a run is kept on disk while it lasts, so that it can be gone on with.
struct KeptWork {
  std::string path;      //!< FILE.h5.ckpt, and FILE.h5.ckpt.N of world N under way; empty: nothing is kept
  std::string head;      //!< what must be known to go on; head_of_kept() gives it back
  bool resumes = false;  //!< goes on with what is there
  int every = 0;         //!< months between checkpoints of a world; 0: only where the run is interrupted
};

//! Throws JournalError where there is nothing to go on with.
[[nodiscard]] std::string head_of_kept(const std::string& path);

//! Is `file` called like the work that is kept at `path` (KeptWork), whether it is that or not? A run that
//! keeps its work there removes it.
[[nodiscard]] bool is_kept_work(const std::string& file, const std::string& path);

struct ExperimentOptions {
  std::string command;  //!< `run` or `compare`, for the file
  std::uint64_t seed = 1;
  std::uint32_t replicates = 100;
  std::optional<Precision> until;  //!< then `replicates` are the most; checked at 32, 64, 128 ... replicates
  bool firms = false;              //!< firm by firm too, in a long table
  bool audit = false;              //!< every world, after each process; AuditFailure ends the experiment
  bool shapley = false;            //!< share of each policy (compare)
  bool border_twin = false;        //!< what the border costs each scenario (compare)
  std::uint32_t direct = 0;        //!< awards withheld in each alternative's world, one at a time (compare)
  KeptWork kept;
  std::vector<InputText> inputs;  //!< texts that travel with the file
  std::vector<std::pair<std::string, std::string>> versions;
  std::function<void(std::size_t done, std::size_t total)>
      progress;                       //!< worlds finished, all before them too; from one thread at a time
  std::function<bool()> interrupted;  //!< asked each month, from many threads; true ends the experiment early
};

struct ExperimentSummary {
  std::uint64_t agent_steps = 0;  //!< living firms x months of all worlds
  double loop_seconds = 0.0;      //!< wall time of the monthly loops of all worlds, added up [s]
  double wall_seconds = 0.0;      //!< of the whole experiment [s]
  //! Where the time went, added up over worlds and threads: `graph` (shared by all replicates), `set_up`,
  //! each process of the month, `observe`, `output` [s].
  std::vector<StepTime> times;
  std::uint32_t threads = 1;
  std::uint32_t replicates = 0;          //!< that were run
  std::optional<double> relative_error;  //!< reached, of the measure under `until`
  bool was_interrupted = false;
};

//! Programme labels of all scenarios, so that they share the dimension `programme`. Call before runs.
void share_programmes(std::vector<std::shared_ptr<Setup>>& setups);

//! Problems that keep scenarios from being compared: other months, firms, regions, sectors or technologies.
void check_comparable(const std::vector<std::shared_ptr<Setup>>& setups,
                      const std::vector<std::string>& names, Diagnostics& problems);

//! Runs every replicate of every scenario. With `command` = compare the first scenario is the baseline of the
//! others, and measures (measures.hpp) are written at the end. Calls sink.finish() unless interrupted: then
//! the sink has the worlds that were complete, and what was kept leads on to the same results.
ExperimentSummary run_experiment(const std::vector<ExperimentScenario>& scenarios,
                                 const ExperimentOptions& options, ResultSink& sink);

}  // namespace ketsim
