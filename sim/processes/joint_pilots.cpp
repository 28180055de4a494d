// Joint pilots: cooperation that needs no programme. A firm that begins a pilot by itself, with support or
// without, looks with the chance that surveys find among innovators for one partner to learn with: a peer, a
// peer's peer, or a firm or institute among its contacts. Across the border the usual steps must be passed, and each joint pilot
// across it takes away a little of the frictions that are left. These ties make the emergent share of
// cooperation across the border in a world without programmes.
#include <algorithm>

#include "ketsim/engine/cooperation.hpp"
#include "ketsim/engine/process.hpp"
#include "ketsim/rng/samplers.hpp"

namespace ketsim {
namespace {

struct JointPilotParameters : ProcessParameters {
  double partner_share = 0.3;
  double friend_of_friend = 0.5;
  double erosion = 0.1;
};

const Schema<JointPilotParameters>& joint_pilot_schema() {
  using P = JointPilotParameters;
  static const Schema<P> schema =
      Schema<P>("joint_pilots", "Firms that pilot on their own look for one partner")
          .boolean(&P::enabled, enabled_declaration())
          .real(&P::friend_of_friend, {.name = "friend_of_friend",
                                       .unit = "1",
                                       .range = {0, 1},
                                       .plausible = {0.2, 0.8},
                                       .doc = "share of closeness that passes from peers to their peers",
                                       .source = "assumption, as in partnering",
                                       .grade = Grade::assumption})
          .real(&P::partner_share,
                {.name = "partner_share",
                 .unit = "1",
                 .range = {0, 1},
                 .plausible = {0.2, 0.4},
                 .doc = "share of own pilots that are carried out with a partner",
                 .source = "coop.innovators_cooperating_DE and _NL (0.207 and 0.402, mean)",
                 .grade = Grade::derived})
          .real(&P::erosion,
                {.name = "erosion",
                 .unit = "1",
                 .range = {0, 1},
                 .plausible = {0, 0.2},
                 .doc = "share of the border frictions left that a joint pilot across the border takes away",
                 .source = "assumption, a third of a funded project",
                 .grade = Grade::assumption});
  return schema;
}

class JointPilots final : public Process {
 public:
  using Parameters = JointPilotParameters;
  JointPilots(const Setup& setup, const Parameters& parameters)
      : parameters_(parameters), pilot_months_(setup.scenario.decisions.pilot_months) {}

  void step(Context& context) override {
    World& world = context.world;
    for (const StageChange& change : world.changes) {
      if (change.to != Stage::piloting ||
          (change.trigger != Trigger::own_pilot && change.trigger != Trigger::pilot_support))
        continue;
      Stream draw = world.randomness.stream(
          Purpose::joint_pilot, world.firms.key[change.firm],
          world.event_code(change.ket, world.firms.attempt(change.firm, change.ket), world.month));
      if (bernoulli(draw, parameters_.partner_share)) find_partner(world, change.firm, change.ket);
    }
  }

 private:
  struct Best {
    Actor partner;
    double score = 0.0;
  };

  void find_partner(World& world, FirmId firm, KetId ket) const {
    Best best;
    const auto peers = world.peers.neighbours(firm);
    for (std::size_t n = 0; n < peers.size(); ++n) {
      const FirmId peer(peers[n]);
      const double closeness = world.peers.strengths(firm)[n] / 255.0;
      consider(world, firm, ket, actor(peer), closeness, best);
      const auto second = world.peers.neighbours(peer);
      for (std::size_t m = 0; m < second.size(); ++m) {
        if (second[m] != firm.row)
          consider(world, firm, ket, actor(FirmId(second[m])),
                   parameters_.friend_of_friend * closeness * world.peers.strengths(peer)[m] / 255.0, best);
      }
    }
    for (const std::uint32_t row : world.contacts.of(actor(firm))) {
      const Contact& contact = world.contacts.row(row);
      const Actor other = other_end(contact, actor(firm));
      if (other.kind != ActorKind::intermediary) consider(world, firm, ket, other, contact.strength, best);
    }
    if (best.score <= 0.0) return;
    cooperate(world, actor(firm), best.partner,
              static_cast<MonthIndex>(world.month + static_cast<int>(pilot_months_)));
    if (best.partner.kind == ActorKind::research) world.research.demand(best.partner.research(), ket) += 1.0F;
    if (!world.crosses_border(actor(firm), best.partner)) return;
    gain_border_experience(world, firm, parameters_.erosion);
    if (best.partner.kind == ActorKind::firm)
      gain_border_experience(world, best.partner.firm(), parameters_.erosion);
  }

  static void consider(const World& world, FirmId firm, KetId ket, Actor candidate, double closeness,
                       Best& best) {
    if (candidate.kind == ActorKind::firm && world.firms.alive[candidate.firm()] == 0) return;
    const double most = closeness * knowledge_of(world, candidate, ket);  // at the best distance: g is 1
    if (most * (1.0 + 1e-9) <= best.score) return;
    const double score = most * learning_potential(world, actor(firm), candidate);
    if (score > best.score && overcomes_border(world, firm, candidate)) best = {candidate, score};
  }

  JointPilotParameters parameters_;
  double pilot_months_;
};

const RegisterProcess<JointPilots> registered{joint_pilot_schema(), Phase::award, 20,
                                              "own pilots begun this month, ties, contacts, knowledge",
                                              "contacts, demand for research, border_experience"};

}  // namespace
}  // namespace ketsim
