// What every choice of a tie has in common: borders that hold some back, and a draw in proportion to pull.
#pragma once

#include <algorithm>
#include <vector>

#include "ketsim/model/geography.hpp"

namespace ketsim {

//! Share of the ties that gravity predicts across this border: 1 without friction, `factor` at full friction.
inline double border_share(const Border& border, double factor) {
  const double open = (1.0 - border.language) * (1.0 - border.culture) * (1.0 - border.legislation);
  return 1.0 - (1.0 - factor) * (1.0 - open);
}

//! The place that u in [0, 1) falls on, by cumulative weights that do not sum to zero.
inline std::size_t pick(const std::vector<double>& cumulative, double u) {
  const double target = u * cumulative.back();
  const auto place = std::ranges::upper_bound(cumulative, target);
  return std::min(static_cast<std::size_t>(place - cumulative.begin()), cumulative.size() - 1);
}

}  // namespace ketsim
