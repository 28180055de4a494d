// One-time transitions without a draw each month: Sellke's construction in fixed-point numbers.
//
// A firm under the monthly hazard h(t) [1/month] stays in its stage with probability exp(-sum of h). Instead
// of tossing a coin every month, draw one resistance E ~ Exp(1) for the firm and the transition, add up the
// hazards, and let the transition happen in the month in which the sum passes E:
//
//   P(not yet after t months) = P(E > h(1) + ... + h(t)) = exp(-(h(1) + ... + h(t))),
//
// the same law, whatever the hazard depends on (Sellke 1983, "On the asymptotic distribution of the size of a
// stochastic epidemic", J. Appl. Prob. 20:390-394). More exposure never brings a later transition, and a firm
// that a policy does not touch changes in the same month in both twins.
//
// Hazards are integers in units of 2^-26 (1.5e-8): their sum does not depend on the order of the terms.
// Thresholds are rounded up to the grid, which keeps the law exact: integer sums reach ceil(E) exactly when
// they reach E. Only to_hazard rounds, by at most 7.5e-9 a month: smaller hazards than that are lost.
#pragma once

#include <cstdint>

#include "ketsim/base/contracts.hpp"
#include "ketsim/rng/samplers.hpp"

namespace ketsim {

//! Integrated hazard [2^-26], 0 to just below 2^6 = 64. No threshold is above 36.8: a larger hazard is
//! certainty.
using Hazard = std::uint32_t;

inline constexpr double hazard_unit = 0x1p-26;
inline constexpr Hazard certain_hazard = 0xffffffffU;

//! The hazard of one month in fixed point: rounded to nearest, certain_hazard from 64 on (and for inf).
//! Contract: not negative, not nan.
inline Hazard to_hazard(double hazard) {
  expect(hazard >= 0.0, "a hazard that is not negative");
  const double units = hazard / hazard_unit + 0.5;
  return units < 0x1p32 ? static_cast<Hazard>(units) : certain_hazard;
}

inline double from_hazard(Hazard hazard) {
  return static_cast<double>(hazard) * hazard_unit;
}

//! One resistance, Exp(1) rounded up: at least one unit, so that no exposure brings no transition.
inline Hazard exponential_threshold_of(std::uint64_t bits) {
  const double units = exponential_of(bits) / hazard_unit;
  const auto whole = static_cast<Hazard>(units);
  return whole + (static_cast<double>(whole) < units ? 1U : 0U);
}
inline Hazard exponential_threshold(Stream& stream) {
  return exponential_threshold_of(random_bits(stream));
}

//! Takes a dose from what remains of the threshold. True exactly once: when this dose passes it. What remains
//! is then 0, and stays so until a new attempt draws a new threshold.
inline bool accumulate(Hazard& remaining, Hazard dose) {
  const bool passes = remaining > 0 && dose >= remaining;
  remaining -= dose < remaining ? dose : remaining;
  return passes;
}

}  // namespace ketsim
