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

IntermediaryId partner_of_act(const Context& context, const PolicyState& policy, std::uint32_t act) {
  const std::size_t n = policy.partners.size();
  for (std::size_t turn = 0; turn < n; ++turn) {
    const IntermediaryId partner = policy.partners[(act + turn) % n];
    if (context.world.intermediaries.hours_left[partner] >= policy.instrument->hours_of_act()) return partner;
  }
  return {};
}

KetId ket_of_act(const Context& context, const PolicyState& policy, std::uint32_t act) {
  std::vector<KetId> kets;
  for (std::size_t k = 0; k < context.world.ket_count(); ++k) {
    if (context.is_target(policy, KetId(k))) kets.push_back(KetId(k));
  }
  return kets[act / std::max<std::size_t>(policy.partners.size(), 1) % kets.size()];
}

bool is_looking(const Context& context, const PolicyState& policy, FirmId firm) {
  for (std::size_t k = 0; k < context.world.ket_count(); ++k) {
    const Stage stage = context.world.firms.stage(firm, KetId(k));
    if ((stage == Stage::interested || stage == Stage::piloting) && context.is_target(policy, KetId(k)))
      return true;
  }
  return false;
}

void meet(World& world, Actor a, Actor b, double strength) {
  Contact& contact = world.contacts.between(a, b);
  contact.strength = std::max(contact.strength, static_cast<float>(strength));
  contact.used = world.month;
}

double nearness(double distance, double scale) {
  return portable_exp(-distance / scale);
}

double ease_of_meeting(const World& world, FirmId firm, Actor host, double distance_scale) {
  const double distance = distance_km(world.firms.position[firm], world.position_of(host));
  const Border& border = world.geography->border(world.country_of(firm), world.country_of(host));
  const double open = 1.0 - border.language * (1.0 - world.firms.language_ability[firm]);
  return nearness(distance, distance_scale) * open;
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
