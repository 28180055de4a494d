// Draws month by month (rng/draws.hpp). Private to engine.
#pragma once

#include "ketsim/model/world.hpp"

namespace ketsim {

//! A new Exp(1) in place of what is left of each threshold: of pairs to their next stage, of firms to their
//! closure. Of the same law, because an exponential has no memory: P(E > a + b | E > a) = P(E > b).
void redraw_thresholds(World& world);

}  // namespace ketsim
