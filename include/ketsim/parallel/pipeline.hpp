// Many items on their way through the same steps, as replicates from simulation to file.
//
// An item takes its steps one after the other. Of different items, parallel steps run side by side on all
// cores, and the steps that are in order run one at a time, by rising number of the item. No core waits at
// the end of a batch: the next item starts as soon as one is through. What a step does in order is therefore
// the same for any number of threads.
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

namespace ketsim {

struct PipelineStep {
  bool is_in_order = false;
  std::function<void(std::size_t item)> work;
};

//! Carries the items 0 to count - 1 through all steps. The last one is in order, and item i starts only when
//! item i - in_flight has taken it: so a ring of `in_flight` places holds all that is under way. An exception
//! in a step is thrown here, after the running ones have ended.
void run_pipeline(std::size_t count, std::size_t in_flight, const std::vector<PipelineStep>& steps);

}  // namespace ketsim
