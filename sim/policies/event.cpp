// Event: a day at one of the programme's partners, from which firms of the neighbourhood go home knowing what
// KETs can do, that the programme exists, and each other.
#include <cmath>

#include "ketsim/engine/meeting.hpp"
#include "ketsim/engine/process.hpp"
#include "ketsim/rng/samplers.hpp"

namespace ketsim {
namespace {

struct EventParameters {
  double cost = 8000.0;
  double staff_hours = 40.0;
  double participants = 50.0;
  double sme_share = 0.45;
  double distance_scale = 50.0;
  double dose = 0.7;
  std::int64_t contacts = 2;
  double contact_strength = 0.2;
};

const Schema<EventParameters>& event_schema() {
  using P = EventParameters;
  static const Schema<P> schema =
      Schema<P>("event", "Event: firms learn of KETs, of the programme and of each other")
          .real(&P::cost, {.name = "cost",
                           .unit = "EUR",
                           .range = {1, 1e7},
                           .plausible = {3e3, 15e3},
                           .doc = "cost of one event, staff included",
                           .source = "assumption",
                           .grade = Grade::assumption})
          .real(&P::staff_hours, {.name = "staff_hours",
                                  .unit = "h",
                                  .range = {0, 1e4},
                                  .plausible = {20, 80},
                                  .doc = "hours of the host's staff for one event",
                                  .source = "assumption",
                                  .grade = Grade::assumption})
          .real(&P::participants, {.name = "participants",
                                   .unit = "1",
                                   .range = {0, 1e5},
                                   .plausible = {30, 100},
                                   .doc = "people who come",
                                   .source = "outreach.kickoff_participants",
                                   .grade = Grade::measured})
          .real(&P::sme_share, {.name = "sme_share",
                                .unit = "1",
                                .range = {0, 1},
                                .plausible = {0.3, 0.6},
                                .doc = "share of them that come from SMEs of the population",
                                .source = "outreach.sme_share_of_participants",
                                .grade = Grade::estimate})
          .real(&P::distance_scale, {.name = "distance_scale",
                                     .unit = "km",
                                     .range = {1, 1e5},
                                     .plausible = {30, 100},
                                     .doc = "distance over which attendance falls to 37 %",
                                     .source = "assumption",
                                     .grade = Grade::assumption})
          .real(&P::dose, {.name = "dose",
                           .unit = "1",
                           .range = {0, 60},
                           .plausible = {0.2, 1.5},
                           .doc = "integrated hazard of awareness, or of interest at full relevance, that "
                                  "one visit of an event adds",
                           .source = "assumption",
                           .grade = Grade::assumption})
          .integer(&P::contacts, {.name = "contacts",
                                  .unit = "1",
                                  .range = {0, 100},
                                  .plausible = {0, 5},
                                  .doc = "other participants with whom a firm makes contact",
                                  .source = "assumption",
                                  .grade = Grade::assumption})
          .real(&P::contact_strength, {.name = "contact_strength",
                                       .unit = "1",
                                       .range = {0, 1},
                                       .plausible = {0.1, 0.4},
                                       .doc = "strength of a contact made at an event",
                                       .source = "assumption",
                                       .grade = Grade::assumption});
  return schema;
}

class Event final : public Instrument {
 public:
  using Parameters = EventParameters;
  explicit Event(const Parameters& parameters) : p_(parameters) {}

  double cost_of_act() const override { return p_.cost; }
  double hours_of_act() const override { return p_.staff_hours; }

  bool act(Context& context, PolicyState& policy, std::uint32_t number) const override {
    const IntermediaryId host = partner_of_act(context, policy, number);
    if (!host.is_valid()) return false;
    World& world = context.world;
    const KetId theme = ket_of_act(context, policy, number);
    FirmDraw draw;
    draw.places = static_cast<std::size_t>(std::lround(p_.participants * p_.sme_share));
    draw.most = [&](FirmId firm) {
      // Those to whom the theme matters come, and rather those that have heard of it.
      const double curiosity = knows(world.firms.stage(firm, theme)) ? 1.0 : 0.5;
      return curiosity * context.geography().ket(theme).relevance[world.firms.sector[firm]];
    };
    draw.weight = [&](FirmId firm) {
      return draw.most(firm) * ease_of_meeting(world, firm, actor(host), p_.distance_scale);
    };
    const std::vector<FirmId> guests = draw_firms(context, policy, number, draw);
    for (const FirmId guest : guests) {
      world.reach(guest, policy.programme, policy.id);
      inform_in_person(context, guest, theme, p_.dose, Trigger::event);
      make_contacts(world, guest, guests, policy, number);
    }
    return !guests.empty();
  }

 private:
  void make_contacts(World& world, FirmId guest, const std::vector<FirmId>& guests, const PolicyState& policy,
                     std::uint32_t number) const {
    if (guests.size() < 2) return;
    Stream draw =
        world.randomness.stream(Purpose::event_contacts, world.firms.key[guest] ^ policy.key, number);
    for (std::int64_t c = 0; c < p_.contacts; ++c) {
      const FirmId other = guests[static_cast<std::size_t>(
          uniform_int(draw, 0, static_cast<std::int64_t>(guests.size()) - 1))];
      if (other == guest) continue;
      meet(world, actor(guest), actor(other), p_.contact_strength);
    }
  }

  EventParameters p_;
};

const RegisterInstrument<Event> registered{event_schema()};

}  // namespace
}  // namespace ketsim
