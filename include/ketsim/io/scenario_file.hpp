// A scenario as a user names it: a YAML file, or a result file that holds one, with changes of the command
// line laid over it.
#pragma once

#include <string>
#include <vector>

#include "ketsim/base/diagnostics.hpp"
#include "ketsim/io/result_scenario.hpp"
#include "ketsim/results/sink.hpp"
#include "ketsim/scenario/scenario.hpp"

namespace ketsim {

//! One value that the command line lays over a scenario.
struct Override {
  std::string option;  //!< as the user wrote it, for messages: `--set network.mixing=0.1`
  std::string path;    //!< `network.mixing`, `programmes[rocket].policies[projects].share`
  std::string value;   //!< YAML; `null` removes what stands at the path
  //! A scenario without the programme, policy, technology ... that the path names stays as it is.
  bool is_optional = false;
};

//! A scenario with all that a result file says of it.
struct LoadedScenario {
  std::string name;  //!< stem of its file; of FILE.h5#name that name
  Scenario scenario;
  Node document;  //!< as it is written, with what it extends: only what differs from the defaults
  std::vector<InputText> inputs;      //!< texts of its tables, by the paths that the scenario names
  std::vector<std::string> files;     //!< every file that was read: no result may be written over them
  std::vector<std::string> left_out;  //!< options of optional overrides that it has nothing for

  //! Could all tables be read? Without one, make_setup() would only complain of what follows from that.
  [[nodiscard]] bool has_tables() const {
    return !scenario.regions.columns.empty() && !scenario.organisations.columns.empty();
  }
};

//! Reads FILE.yaml, FILE.h5 or FILE.h5#name and checks it; the result is usable only without problems.
//!
//! Paths of tables count from the file that names them, those of overrides from the present folder. A result
//! file brings the texts of its tables along; one above 1 MB must stand, unchanged, where its path leads from
//! the result file.
[[nodiscard]] LoadedScenario load_scenario(const std::string& path, const std::vector<Override>& overrides,
                                           Diagnostics& problems);

//! A scenario that was read before, with changes laid over it. No file is read: all tables stay what they
//! were.
[[nodiscard]] LoadedScenario change_scenario(const LoadedScenario& read,
                                             const std::vector<Override>& overrides, Diagnostics& problems);

//! A scenario that was resolved before, from its own texts; it names no file.
[[nodiscard]] LoadedScenario load_resolved_scenario(const ResultScenarioSource& source,
                                                    Diagnostics& problems);

//! The scenario as YAML with every default explicit: load_scenario() takes it back to the same scenario.
[[nodiscard]] std::string resolved_yaml(const Scenario& scenario);

//! The inputs of scenarios that go into one file, each name once. Where two scenarios mean different texts by
//! one name, the later one's is renamed after its scenario, there too.
[[nodiscard]] std::vector<InputText> gather_inputs(std::vector<LoadedScenario>& scenarios);

}  // namespace ketsim
