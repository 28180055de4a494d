#include "ketsim/engine/meeting.hpp"

#include <algorithm>

#include "ketsim/base/portable_math.hpp"
#include "ketsim/parallel/row_finds.hpp"
#include "ketsim/rng/samplers.hpp"

namespace ketsim {

namespace {

struct Ticket {
  double time;
  StableKey key;
  FirmId firm;
};

bool earlier(const Ticket& a, const Ticket& b) {
  return a.time != b.time ? a.time < b.time : a.key < b.key;
}

// The earliest tickets of a block of rows, the last of them in front (a heap).
class Shortlist {
 public:
  Shortlist(std::vector<Ticket>& tickets, const FirmDraw& draw) : tickets_(tickets), draw_(draw) {}

  // Whether a firm with this luck could still come in. Nearly all are told so here, by one comparison, before
  // weight and logarithm: an act takes 10 ns a firm instead of 60.
  [[nodiscard]] bool may_enter(double u) const { return u >= least_u_; }

  void enter(const Ticket& ticket) {
    tickets_.push_back(ticket);
    std::ranges::push_heap(tickets_, earlier);
    if (tickets_.size() > draw_.places) {
      std::ranges::pop_heap(tickets_, earlier);
      tickets_.pop_back();
    }
    // -log(u) / weight <= latest time needs u >= exp(-time * most weight); the margin is for rounding.
    if (tickets_.size() == draw_.places)
      least_u_ = portable_exp(-tickets_.front().time * draw_.most_weight) * (1.0 - 1e-9);
  }

 private:
  std::vector<Ticket>& tickets_;
  const FirmDraw& draw_;
  double least_u_ = 0.0;
};

}  // namespace

std::vector<FirmId> draw_firms(const Context& context, const PolicyState& policy, std::uint32_t act,
                               const FirmDraw& draw) {
  if (draw.places == 0) return {};
  const World& world = context.world;
  const RandomKey draws = world.randomness.key(Purpose::outreach_choice);
  RowFinds<Ticket> blocks;
  blocks.gather(world.firms.count(), [&](std::size_t begin, std::size_t end, auto& tickets) {
    Shortlist shortlist(tickets, draw);
    for (std::size_t i = begin; i < end; ++i) {
      const FirmId firm(i);
      if (!world.firms.alive[firm] || !context.is_target(policy, firm)) continue;
      if (draw.can_come && !draw.can_come(firm)) continue;
      const StableKey key = world.firms.key[firm];
      const double u = uniform_open_of(first_bits(draws, key ^ policy.key, act));
      if (!shortlist.may_enter(u)) continue;
      const double weight = draw.weight(firm);
      if (weight > 0.0) shortlist.enter({-portable_log(u) / weight, key, firm});
    }
  });
  std::vector<Ticket> tickets;
  blocks.for_each([&](const Ticket& ticket) { tickets.push_back(ticket); });
  std::ranges::sort(tickets, earlier);
  std::vector<FirmId> firms;
  for (std::size_t t = 0; t < std::min(draw.places, tickets.size()); ++t) firms.push_back(tickets[t].firm);
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
