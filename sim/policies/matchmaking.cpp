// Cross-border matchmaking: a firm that is interested in a KET meets a firm of the other side that fits,
// through the programme's partners. The two then know each other: the first step of cooperation across the
// border is done.
#include "ketsim/engine/cooperation.hpp"
#include "ketsim/engine/meeting.hpp"
#include "ketsim/engine/process.hpp"

namespace ketsim {
namespace {

struct MatchmakingParameters {
  double cost = 2500.0;
  double staff_hours = 24.0;
  double distance_scale = 100.0;
  double contact_strength = 0.5;
  double dose = 1.0;
};

const Schema<MatchmakingParameters>& matchmaking_schema() {
  using P = MatchmakingParameters;
  static const Schema<P> schema =
      Schema<P>("matchmaking", "Cross-border matchmaking: two firms of the two sides meet")
          .real(&P::cost, {.name = "cost",
                           .unit = "EUR",
                           .range = {1, 1e6},
                           .plausible = {1e3, 5e3},
                           .doc = "cost of bringing two firms together",
                           .source = "assumption",
                           .grade = Grade::assumption})
          .real(&P::staff_hours, {.name = "staff_hours",
                                  .unit = "h",
                                  .range = {0, 1e4},
                                  .plausible = {8, 40},
                                  .doc = "hours of advisers to bring two firms together",
                                  .source = "assumption",
                                  .grade = Grade::assumption})
          .real(&P::distance_scale, {.name = "distance_scale",
                                     .unit = "km",
                                     .range = {1, 1e5},
                                     .plausible = {50, 200},
                                     .doc = "distance over which the choice of a partner falls to 37 %",
                                     .source = "assumption",
                                     .grade = Grade::assumption})
          .real(&P::contact_strength, {.name = "contact_strength",
                                       .unit = "1",
                                       .range = {0, 1},
                                       .plausible = {0.3, 0.7},
                                       .doc = "strength of the contact that a match makes",
                                       .source = "assumption",
                                       .grade = Grade::assumption})
          .real(&P::dose,
                {.name = "dose",
                 .unit = "1",
                 .range = {0, 60},
                 .plausible = {0.5, 2},
                 .doc = "integrated hazard of interest, at full relevance, that the meeting adds for the "
                        "firm that was found",
                 .source = "assumption, between an event and a visit",
                 .grade = Grade::assumption});
  return schema;
}

class Matchmaking final : public Instrument {
 public:
  using Parameters = MatchmakingParameters;
  explicit Matchmaking(const Parameters& parameters) : p_(parameters) {}

  double cost_of_act() const override { return p_.cost; }
  double hours_of_act() const override { return p_.staff_hours; }

  bool act(Context& context, PolicyState& policy, std::uint32_t number) const override {
    World& world = context.world;
    // Requests come from interested firms that know the programme.
    FirmDraw draw;
    draw.most = [&](FirmId firm) {
      return world.knows_programme(firm, policy.programme) && wanted_ket(context, policy, firm).is_valid()
                 ? 1.0
                 : 0.0;
    };
    draw.weight = draw.most;
    const auto seekers = draw_firms(context, policy, 2 * number, draw);
    return !seekers.empty() && introduce(context, policy, number, seekers.front());
  }

 private:
  // A KET that the firm is interested in, the one that fits it best.
  static KetId wanted_ket(const Context& context, const PolicyState& policy, FirmId firm) {
    KetId best;
    double most = 0.0;
    for (std::size_t k = 0; k < context.world.ket_count(); ++k) {
      const KetId ket(k);
      if (context.world.firms.stage(firm, ket) != Stage::interested || !context.is_target(policy, ket))
        continue;
      const double fit = context.world.firms.affinity(firm, ket);
      if (fit > most) {
        best = ket;
        most = fit;
      }
    }
    return best;
  }

  // False where no firm across the border fits.
  bool introduce(Context& context, PolicyState& policy, std::uint32_t number, FirmId seeker) const {
    World& world = context.world;
    const KetId ket = wanted_ket(context, policy, seeker);
    FirmDraw draw;
    draw.most = [&](FirmId firm) {
      const bool can_come =
          knows(world.firms.stage(firm, ket)) && world.country_of(firm) != world.country_of(seeker);
      return can_come ? 1.2 * static_cast<double>(world.firms.affinity(firm, ket)) : 0.0;  // g is at most 1
    };
    draw.weight = [&](FirmId firm) {
      const double fits = 0.2 + learning_potential(world, actor(seeker), actor(firm));
      return fits * world.firms.affinity(firm, ket) *
             ease_of_meeting(world, firm, actor(seeker), p_.distance_scale);
    };
    const auto partners = draw_firms(context, policy, 2 * number + 1, draw);
    if (partners.empty()) return false;
    const FirmId partner = partners.front();
    world.reach(seeker, policy.programme, policy.id);
    world.reach(partner, policy.programme, policy.id);
    meet(world, actor(seeker), actor(partner), p_.contact_strength);
    inform_in_person(context, partner, ket, p_.dose, Trigger::matchmaking);
    return true;
  }

  MatchmakingParameters p_;
};

const RegisterInstrument<Matchmaking> registered{matchmaking_schema()};

}  // namespace
}  // namespace ketsim
