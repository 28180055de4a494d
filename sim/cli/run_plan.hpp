// What a run or comparison is to do, with all texts that it needs: so that another process can go on with it.
#pragma once

#include <string>
#include <vector>

#include "ketsim/experiment/experiment.hpp"
#include "ketsim/io/scenario_file.hpp"

namespace ketsim {

struct RunPlan {
  std::vector<LoadedScenario> scenarios;
  std::vector<InputText> inputs;
  ExperimentOptions options;
};

[[nodiscard]] std::string head_of(const RunPlan& plan);

//! The plan that the head of `file` holds. Throws InputError where another program wrote it.
[[nodiscard]] RunPlan plan_of(const std::string& head, const std::string& file, Diagnostics& problems);

}  // namespace ketsim
