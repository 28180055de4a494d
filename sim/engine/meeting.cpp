#include "ketsim/engine/meeting.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <limits>

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

// The time after which no ticket can be among the earliest: the latest of any block that has enough of them.
// Blocks tighten it for each other; which tickets come first does not depend on how far they get.
class Closing {
 public:
  // Whether luck u can be enough for a weight of at most `most`. -log(u) >= 1 - u spares nearly all firms the
  // logarithm and the weight itself: an act takes 20 ns a firm instead of 100. The margin is for rounding.
  [[nodiscard]] bool may_win(double u, double most) const {
    return 1.0 - u <= time_.load(std::memory_order_relaxed) * most * (1.0 + 1e-9);
  }
  void bring_forward(double time) {
    double before = time_.load(std::memory_order_relaxed);
    while (time < before && !time_.compare_exchange_weak(before, time, std::memory_order_relaxed)) {
    }
  }

 private:
  std::atomic<double> time_ = std::numeric_limits<double>::infinity();
};

// Adds to the earliest `places` tickets of a block, the last of them in front (a heap).
void enter(std::vector<Ticket>& tickets, const Ticket& ticket, std::size_t places, Closing& closing) {
  tickets.push_back(ticket);
  std::ranges::push_heap(tickets, earlier);
  if (tickets.size() > places) {
    std::ranges::pop_heap(tickets, earlier);
    tickets.pop_back();
  }
  if (tickets.size() == places) closing.bring_forward(tickets.front().time);
}

//! Those among some firms that may come, and the luck of each. Found without a branch at each firm, which
//! half of the time would be mispredicted, and drawn many at once.
class Candidates {
 public:
  static constexpr std::size_t rows_at_once = 256;  // few enough for the fastest cache

  Candidates(const Context& context, const PolicyState& policy, std::uint32_t act, const FirmDraw& draw,
             std::size_t begin, std::size_t end) {
    const World& world = context.world;
    const std::uint8_t* alive = world.firms.alive.data();
    std::size_t targets = 0;
    for (std::size_t i = begin; i < end; ++i) {
      firm[targets] = FirmId(i);
      targets += static_cast<std::size_t>(context.is_target(policy, FirmId(i))) & alive[i];
    }
    for (std::size_t t = 0; t < targets; ++t) {
      firm[count] = firm[t];
      most[count] = draw.most(firm[t]);
      count += most[count] > 0.0 ? 1 : 0;
    }
    std::array<std::uint64_t, rows_at_once> entity{};
    for (std::size_t c = 0; c < count; ++c) entity[c] = world.firms.key[firm[c]] ^ policy.key;
    first_bits(world.randomness.key(Purpose::outreach_choice), {entity.data(), count}, act, luck);
  }

  std::size_t count = 0;
  std::array<FirmId, rows_at_once> firm{};
  std::array<double, rows_at_once> most{};
  std::array<std::uint64_t, rows_at_once> luck{};
};

}  // namespace

std::vector<FirmId> draw_firms(const Context& context, const PolicyState& policy, std::uint32_t act,
                               const FirmDraw& draw) {
  if (draw.places == 0) return {};
  const World& world = context.world;
  Closing closing;
  RowFinds<Ticket> blocks;
  blocks.gather(world.firms.count(), [&](std::size_t begin, std::size_t end, auto& tickets) {
    for (std::size_t first = begin; first < end; first += Candidates::rows_at_once) {
      const Candidates candidates(context, policy, act, draw, first,
                                  std::min(end, first + Candidates::rows_at_once));
      for (std::size_t c = 0; c < candidates.count; ++c) {
        const double u = uniform_open_of(candidates.luck[c]);
        if (!closing.may_win(u, candidates.most[c])) continue;
        const FirmId firm = candidates.firm[c];
        const double weight = draw.weight(firm);
        if (weight > 0.0)
          enter(tickets, {-portable_log(u) / weight, world.firms.key[firm], firm}, draw.places, closing);
      }
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
    if (context.is_target(policy, KetId(k))) kets.emplace_back(k);
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
