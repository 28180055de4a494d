// Proposal coaching: advisers work with the lead of a proposal on its way. More hours, better proposals, with
// falling returns (engine/awarding.hpp); it changes who wins more than how many.
#include "ketsim/engine/process.hpp"

namespace ketsim {
namespace {

struct ProposalCoachingParameters {
  double cost = 800.0;
  double hours = 8.0;
  double most_hours = 40.0;
};

const Schema<ProposalCoachingParameters>& proposal_coaching_schema() {
  using P = ProposalCoachingParameters;
  static const Schema<P> schema =
      Schema<P>("proposal_coaching", "Proposal coaching: advisers make proposals better")
          .real(&P::cost, {.name = "cost",
                           .unit = "EUR",
                           .range = {1, 1e6},
                           .plausible = {400, 2e3},
                           .doc = "cost of one session",
                           .source = "assumption, about 100 EUR an hour",
                           .grade = Grade::assumption})
          .real(&P::hours, {.name = "hours",
                            .unit = "h",
                            .range = {0, 1000},
                            .plausible = {4, 16},
                            .doc = "hours of one session, preparation included; the adviser's too",
                            .source = "assumption",
                            .grade = Grade::assumption})
          .real(&P::most_hours, {.name = "most_hours",
                                 .unit = "h",
                                 .range = {0, 1e4},
                                 .plausible = {20, 80},
                                 .doc = "hours after which a proposal gets no more",
                                 .source = "assumption",
                                 .grade = Grade::assumption});
  return schema;
}

class ProposalCoaching final : public Instrument {
 public:
  using Parameters = ProposalCoachingParameters;
  explicit ProposalCoaching(const Parameters& parameters) : p_(parameters) {}

  double cost_of_act() const override { return p_.cost; }
  double hours_of_act() const override { return p_.hours; }

  // The proposal of the programme with the fewest hours so far, the oldest among equals.
  bool act(Context& context, PolicyState& policy, std::uint32_t) const override {
    Proposal* neediest = nullptr;
    for (Proposal& proposal : context.world.proposals) {
      if (proposal.status != ProposalStatus::forming || proposal.coaching >= p_.most_hours) continue;
      if (context.policy(proposal.policy).programme != policy.programme ||
          !context.is_target(policy, proposal.lead))
        continue;
      if (neediest == nullptr || proposal.coaching < neediest->coaching) neediest = &proposal;
    }
    if (neediest == nullptr) return false;
    neediest->coaching += p_.hours;
    for (const Member& member : neediest->members) {
      if (member.actor.kind == ActorKind::firm)
        context.world.reach(member.actor.firm(), policy.programme, policy.id);
    }
    return true;
  }

 private:
  ProposalCoachingParameters p_;
};

const RegisterInstrument<ProposalCoaching> registered{proposal_coaching_schema()};

}  // namespace
}  // namespace ketsim
