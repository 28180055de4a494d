// From scenarios as they were read to worlds that can be simulated.
#pragma once

#include <string>
#include <vector>

#include "ketsim/experiment/experiment.hpp"
#include "ketsim/io/scenario_file.hpp"

namespace ketsim {

//! Scenarios are told apart by the stems of their files.
void check_names_differ(const std::vector<std::string>& paths, const std::vector<LoadedScenario>& scenarios,
                        Diagnostics& problems);

//! No result is written over what it is made from, nor is its unfinished form.
void check_inputs_stay(const std::string& output, const std::vector<std::string>& inputs,
                       Diagnostics& problems);

//! Throws InputError with all problems, those of loading too, and, where they are to be compared, those that
//! keep them from it.
[[nodiscard]] std::vector<ExperimentScenario> set_up(const std::vector<LoadedScenario>& scenarios,
                                                     bool are_compared, Diagnostics& problems);

}  // namespace ketsim
