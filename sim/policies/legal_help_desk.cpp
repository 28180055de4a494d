// Legal help desk: advisers take the case of one firm that would work across the border: contracts, tax,
// posted workers, intellectual property. Cases come from firms in a proposal on its way, and from those that
// look into a KET of the policy. What was learnt once helps again:
//
//   legal ability  l += gain * (1 - l): the share of the friction of legislation that is overcome
//   (engine/cooperation.hpp, the step to set up)
#include <set>

#include "ketsim/engine/meeting.hpp"
#include "ketsim/engine/process.hpp"

namespace ketsim {
namespace {

struct LegalHelpDeskParameters {
  double cost = 1000.0;
  double staff_hours = 8.0;
  double gain = 0.5;
};

const Schema<LegalHelpDeskParameters>& legal_help_desk_schema() {
  using P = LegalHelpDeskParameters;
  static const Schema<P> schema =
      Schema<P>("legal_help_desk",
                "Legal help desk: advisers solve one firm's case of work across the border")
          .real(&P::cost, {.name = "cost",
                           .unit = "EUR",
                           .range = {1, 1e6},
                           .plausible = {500, 3e3},
                           .doc = "cost of one case",
                           .source = "assumption, about 125 EUR an hour",
                           .grade = Grade::assumption})
          .real(&P::staff_hours, {.name = "staff_hours",
                                  .unit = "h",
                                  .range = {0, 1e4},
                                  .plausible = {4, 20},
                                  .doc = "hours of a partner's staff for one case",
                                  .source = "assumption",
                                  .grade = Grade::assumption})
          .real(&P::gain, {.name = "gain",
                           .unit = "1",
                           .range = {0, 1},
                           .plausible = {0.2, 0.8},
                           .doc = "share of the friction of legislation left that one case takes away",
                           .source = "assumption",
                           .grade = Grade::assumption});
  return schema;
}

class LegalHelpDesk final : public Instrument {
 public:
  using Parameters = LegalHelpDeskParameters;
  explicit LegalHelpDesk(const Parameters& parameters) : p_(parameters) {}

  double cost_of_act() const override { return p_.cost; }
  double hours_of_act() const override { return p_.staff_hours; }

  bool act(Context& context, PolicyState& policy, std::uint32_t number) const override {
    World& world = context.world;
    const std::set<FirmId> preparing = firms_in_proposals(world);
    FirmDraw draw;
    draw.most = [&](FirmId firm) {
      const double urgency = preparing.contains(firm) ? 5.0 : is_looking(context, policy, firm) ? 1.0 : 0.0;
      return urgency * (1.0 - world.firms.legal_ability[firm]);
    };
    draw.weight = draw.most;
    const auto cases = draw_firms(context, policy, number, draw);
    for (const FirmId firm : cases) {
      world.reach(firm, policy.programme, policy.id);
      float& ability = world.firms.legal_ability.edit(firm);
      ability += static_cast<float>(p_.gain) * (1.0F - ability);
    }
    return !cases.empty();
  }

 private:
  static std::set<FirmId> firms_in_proposals(const World& world) {
    std::set<FirmId> firms;
    for (const Proposal& proposal : world.proposals) {
      if (proposal.status != ProposalStatus::forming) continue;
      for (const Member& member : proposal.members) {
        if (member.actor.kind == ActorKind::firm) firms.insert(member.actor.firm());
      }
    }
    return firms;
  }

  LegalHelpDeskParameters p_;
};

const RegisterInstrument<LegalHelpDesk> registered{legal_help_desk_schema()};

}  // namespace
}  // namespace ketsim
