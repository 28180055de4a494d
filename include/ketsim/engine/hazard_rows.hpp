// Monthly hazards of many firms at once, row after row, for processes that touch every firm every month.
//
// The loops are plain, so that the compiler makes vector instructions of them: 4 firms at a time on any x86
// of the last 15 years. Single precision is enough: a hazard h is rounded by h * 6e-8, thresholds by 1.5e-8
// (rng/threshold.hpp). A pass over 1e6 firms takes 0.9 ns a firm, one firm after the other 1.6 ns
// (tests/bench/kernels).
#pragma once

#include <cstddef>
#include <cstdint>

#include "ketsim/model/firms.hpp"

namespace ketsim {

//! How a rate per month becomes the chance of a month.
enum class Timing : std::uint8_t {
  continuous,  //!< the rate is a hazard: chance = 1 - exp(-rate)
  discrete     //!< the rate is the chance itself, as in models that draw once a step
};

//! Rows that are worked on together: few enough for the fastest cache.
inline constexpr std::size_t rows_at_once = 256;

//! The hazard of which a month's chance is 1 - exp(-hazard), of rates [1/month] not below 0. Chances of 1 and
//! more are certainty: infinite.
void hazards_of_rates(Timing timing, std::size_t rows, float* rate);

//! Hazards in fixed point [2^-26], to nearest; from 32 on certain_hazard.
void doses_of_hazards(std::size_t rows, const float* hazard, Hazard* dose);

//! Takes each row's dose from what remains of its threshold, where its stage is `stage`. The first so many of
//! `passed` (the answer) are the rows whose threshold is passed by that, ascending; at most rows_at_once
//! rows.
std::size_t take_doses(Stage stage, std::size_t rows, const Stage* stages, const Hazard* dose,
                       Hazard* remaining, std::uint16_t* passed);

}  // namespace ketsim
