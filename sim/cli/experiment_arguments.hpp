// What `run` and `compare` share: their options, and the way from scenario files to a result file.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace ketsim {

struct ExperimentArguments {
  std::string baseline;                   //!< of `run` the only scenario
  std::vector<std::string> alternatives;  //!< of `compare`
  std::string output;
  std::optional<std::string> replicates;  //!< kept as written: the scenario's own declaration checks them
  std::optional<std::string> seed;
  std::vector<std::string> settings;  //!< PATH=VALUE
  bool firms = false;                 //!< firm by firm too
  std::optional<std::string> until;   //!< MEASURE:P%, of `compare`
  std::optional<std::string> max_replicates;
  bool shapley = false;
  bool border_twin = false;
  int direct = 0;  //!< awards withheld a world
  bool audit = false;
  int checkpoint_every = 0;  //!< months; 0: only where interrupted
  int threads = 0;           //!< 0: all cores
  bool is_quiet = false;
  bool tells_timings = false;
};

void add_experiment_options(CLI::App& verb, ExperimentArguments& arguments);

//! Loads and checks the scenarios, runs them as `command`, and tells of it on stderr. Returns the exit code.
[[nodiscard]] int run_scenarios(const std::string& command, ExperimentArguments arguments);

//! Goes on with the run that has left FILE.h5.part; of `given` only threads and what is told matter.
[[nodiscard]] int resume_run(const std::string& part, const ExperimentArguments& given);

}  // namespace ketsim
