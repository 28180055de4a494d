// What one award does: to those who have it, and to all others, by worlds in which it is withheld and its
// money burnt, so that nobody else gets it. These do not add up to the effect of all awards together.
#pragma once

#include <cstdint>
#include <vector>

#include "ketsim/engine/withheld_award.hpp"
#include "ketsim/experiment/twins.hpp"

namespace ketsim {

//! Adopters more than without the award.
struct AwardEffect {
  double direct = 0.0;    //!< among the award's own firms, for its KET
  double indirect = 0.0;  //!< among all other pairs
};
template <class Stream>
void stream(Stream& bytes, AwardEffect& effect) {
  bytes(effect.direct, effect.indirect);
}

//! So many awards of a world at most, by keyed priority: a further award displaces at most one.
[[nodiscard]] std::vector<MadeAward> sample_awards(const Simulation& simulation, std::size_t most);

//! Of one award at one horizon.
[[nodiscard]] AwardEffect effect_of(const MadeAward& award, const Snapshot& withheld, const Snapshot& with,
                                    std::size_t kets, MonthIndex horizon);

}  // namespace ketsim
