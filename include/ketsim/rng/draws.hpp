// How luck is tied to time: what twins share, and what they do not.
//
//   thresholds  one threshold Exp(1) for each attempt at a transition (threshold.hpp); juries, success and
//               drop-outs belong to the attempt, in whatever month it falls. Twins share all of it.
//   step_wise   each month by itself: what is left of a threshold is drawn anew at the beginning of every
//               month (an exponential forgets how long it has waited), and the luck of a proposal, project or
//               pilot belongs to the month in which it began. A transition that a policy shifts by a month
//               then meets other luck, as if each twin tossed its own coins from there on.
//
// Both give every world the same law (but for trifles: sim/ODD.md, 10.1). So the means of two policies, and
// the net effect, are the same; how the net splits into adopters won and lost is not: it tells how twins are
// coupled.
#pragma once

#include <cstdint>

namespace ketsim {

enum class Draws : std::uint8_t { thresholds, step_wise };

}  // namespace ketsim
