// What stands at the end of a run: cells of outputs, and firms that meet a condition.
#pragma once

#include <string>
#include <vector>

#include "ketsim/engine/simulation.hpp"

namespace ketsim {

//! The cells of a series in the last month.
inline std::vector<double> last_cells(Simulation& simulation, const std::string& name) {
  const auto cells = simulation.recorder().now(name);
  return {cells.begin(), cells.end()};
}

template <class F>
double count_firms(const World& world, F&& condition) {
  double count = 0.0;
  for (std::size_t i = 0; i < world.firms.count(); ++i) count += condition(FirmId(i)) ? 1.0 : 0.0;
  return count;
}

}  // namespace ketsim
