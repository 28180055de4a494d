#include "ketsim/experiment/award_effect.hpp"

#include <algorithm>

#include "ketsim/engine/simulation.hpp"

namespace ketsim {

std::vector<MadeAward> sample_awards(const Simulation& simulation, std::size_t most) {
  std::vector<MadeAward> awards = awards_of(simulation);
  const Randomness& randomness = simulation.world().randomness;
  const auto priority = [&](const MadeAward& made) {
    const WithheldAward& award = made.award;
    Stream draw = randomness.stream(Purpose::award_sample, award.policy ^ award.lead,
                                    award.ket.row << 16 | static_cast<std::uint16_t>(award.submitted));
    return draw();
  };
  std::ranges::stable_sort(awards, {}, priority);
  awards.resize(std::min(awards.size(), most));
  return awards;
}

AwardEffect effect_of(const MadeAward& award, const Snapshot& withheld, const Snapshot& with,
                      std::size_t kets, MonthIndex horizon) {
  AwardEffect effect;
  for_each_pair(withheld, with, kets, horizon, [&](const TwinPair& pair) {
    const double change = pair.outcome == Outcome::only_with      ? 1.0
                          : pair.outcome == Outcome::only_without ? -1.0
                                                                  : 0.0;
    const bool own =
        pair.ket == award.award.ket && std::ranges::find(award.firms, pair.firm) != award.firms.end();
    (own ? effect.direct : effect.indirect) += change;
  });
  return effect;
}

}  // namespace ketsim
