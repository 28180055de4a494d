#include "ketsim/engine/meeting.hpp"

#include <algorithm>

#include "ketsim/base/portable_math.hpp"
#include "ketsim/rng/samplers.hpp"

namespace ketsim {

std::vector<FirmId> draw_firms(const Context& context, const PolicyState& policy, std::uint32_t act,
                               std::size_t places, const std::function<double(FirmId)>& weight) {
  const World& world = context.world;
  struct Ticket {
    double time;
    StableKey key;
    FirmId firm;
  };
  std::vector<Ticket> tickets;
  const RandomKey draws = world.randomness.key(Purpose::outreach_choice);
  for (std::size_t i = 0; i < world.firms.count(); ++i) {
    const FirmId firm(i);
    if (!world.firms.alive[firm] || !context.is_target(policy, firm)) continue;
    const double w = weight(firm);
    if (w <= 0.0) continue;
    Stream draw(draws, world.firms.key[firm] ^ policy.key, act);
    tickets.push_back({exponential(draw) / w, world.firms.key[firm], firm});
  }
  const auto earlier = [](const Ticket& a, const Ticket& b) {
    return a.time != b.time ? a.time < b.time : a.key < b.key;
  };
  const std::size_t chosen = std::min(places, tickets.size());
  std::ranges::partial_sort(tickets, tickets.begin() + static_cast<std::ptrdiff_t>(chosen), earlier);
  std::vector<FirmId> firms;
  for (std::size_t t = 0; t < chosen; ++t) firms.push_back(tickets[t].firm);
  return firms;
}

IntermediaryId partner_of_act(const PolicyState& policy, std::uint32_t act) {
  return policy.partners.empty() ? IntermediaryId() : policy.partners[act % policy.partners.size()];
}

double ease_of_meeting(const World& world, FirmId firm, Actor host, double distance_scale) {
  const double distance = distance_km(world.firms.position[firm], world.position_of(host));
  const Border& border = world.geography->border(world.country_of(firm), world.country_of(host));
  const double open = 1.0 - border.language * (1.0 - world.firms.language_ability[firm]);
  return portable_exp(-distance / distance_scale) * open;
}

void inform_in_person(Context& context, FirmId firm, KetId ket, double dose, Trigger trigger) {
  World& world = context.world;
  const Stage stage = world.firms.stage(firm, ket);
  const double relevance = context.geography().ket(ket).relevance[world.firms.sector[firm]];
  if (stage == Stage::unaware && accumulate(world.firms.resistance(firm, ket), to_hazard(dose))) {
    world.change_stage(firm, ket, Stage::aware, trigger);
  } else if (stage == Stage::aware &&
             accumulate(world.firms.resistance(firm, ket), to_hazard(dose * relevance))) {
    world.change_stage(firm, ket, Stage::interested, trigger);
  }
}

}  // namespace ketsim
