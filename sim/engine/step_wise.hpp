// Draws month by month (rng/draws.hpp). Private to engine.
#pragma once

#include <memory>

#include "ketsim/engine/process.hpp"

namespace ketsim {

//! First in the month: a new Exp(1) in place of what is left of each threshold, of pairs to their next stage,
//! of firms to their closure. Of the same law, because an exponential has no memory: P(E > a + b | E > a) =
//! P(E > b).
[[nodiscard]] std::unique_ptr<Process> make_monthly_draws();

}  // namespace ketsim
