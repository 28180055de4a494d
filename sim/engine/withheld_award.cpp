#include "ketsim/engine/withheld_award.hpp"

#include <algorithm>

#include "ketsim/engine/simulation.hpp"
#include "ketsim/engine/support.hpp"

namespace ketsim {
namespace {

WithheldAward name_of(const World& world, const PolicyState& policy, const Proposal& proposal) {
  return {policy.key, world.firms.key[proposal.lead], proposal.ket, proposal.submitted};
}

}  // namespace

std::vector<MadeAward> awards_of(const Simulation& simulation) {
  const World& world = simulation.world();
  std::vector<MadeAward> made;
  for (const Proposal& proposal : world.proposals) {
    if (proposal.status != ProposalStatus::awarded) continue;
    MadeAward award;
    award.award = name_of(world, simulation.policies()[proposal.policy.index()], proposal);
    award.kind = proposal.kind;
    award.decided = proposal.decided;
    award.amount = proposal.request();
    for (const Member& member : proposal.members) {
      if (member.actor.kind == ActorKind::firm) award.firms.push_back(world.key_of(member.actor));
    }
    made.push_back(std::move(award));
  }
  return made;
}

bool is_withheld(const Context& context, const PolicyState& policy, const Proposal& proposal) {
  if (policy.withheld.empty()) return false;
  return std::ranges::find(policy.withheld, name_of(context.world, policy, proposal)) !=
         policy.withheld.end();
}

void burn_award(Context& context, PolicyState& policy, const Proposal& proposal) {
  Ledger& ledger = context.world.ledger;
  const Money request = proposal.request();
  ledger.commit(policy.programme, request);
  policy.committed += request;
  if (proposal.support.loan > 0.0)
    ledger.lend(policy.programme, request,
                to_money(grant_equivalent(context.scenario().decisions, proposal.support)));
  else
    ledger.pay(policy.programme, request);
}

void Simulation::withhold(const WithheldAward& award) {
  const auto policy = std::ranges::find(policies_, award.policy, &PolicyState::key);
  if (policy != policies_.end()) policy->withheld.push_back(award);
}

}  // namespace ketsim
