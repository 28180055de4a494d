// What a single declaration cannot say of a scenario is checked here, across parameters. Private to scenario.
#pragma once

#include "ketsim/scenario/scenario.hpp"

namespace ketsim {

//! Complaints stand at the values of the tree that they are about.
void check_scenario(const Node& root, const Scenario& scenario, Diagnostics& problems);

}  // namespace ketsim
