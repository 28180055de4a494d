// Selection: juries score what was submitted, allocation rules choose, programmes commit money.
//
//   score = max(0, quality + noise * z), z ~ N(0, 1)
//   noise = quality_spread * sqrt((1 - reliability) / reliability)
// z is keyed by (policy, lead, KET, attempt): the same proposal meets the same jury in every twin. Money of a
// policy is released call by call in equal parts; what a call leaves is carried over to the next, what a
// policy leaves at its end to another one of the same instrument. Choices skip a proposal that is too dear
// and go on to the next (skip and fill). Where a share is kept for newcomers, leads that have had an award
// before get at most the rest. An entitlement is appropriated as it is awarded. A lead that can no longer
// carry the cost until claims are paid does not take its award up. All learn: own decisions, and in part those
// of peers, enter the belief in an award; a consortium tries once more with the better proposal at the chance
// `resubmission`.
#include <algorithm>
#include <cmath>
#include <tuple>

#include "ketsim/engine/awarding.hpp"
#include "ketsim/engine/process.hpp"
#include "ketsim/engine/support.hpp"
#include "ketsim/rng/samplers.hpp"

namespace ketsim {
namespace {

struct SelectionParameters : ProcessParameters {
  double quality_spread = 0.06;
  double resubmission = 0.35;
  double hearsay = 0.25;
};

const Schema<SelectionParameters>& selection_schema() {
  using P = SelectionParameters;
  static const Schema<P> schema =
      Schema<P>("selection", "Juries score, policies choose, programmes commit")
          .boolean(&P::enabled, enabled_declaration())
          .real(&P::quality_spread,
                {.name = "quality_spread",
                 .unit = "1",
                 .range = {0, 1},
                 .plausible = {0.04, 0.1},
                 .doc = "standard deviation of quality among proposals, to which the jury's noise is scaled",
                 .source = "measured in the model: 0.059 among the proposals of ROCKET's open calls",
                 .grade = Grade::derived})
          .real(&P::resubmission,
                {.name = "resubmission",
                 .unit = "1",
                 .range = {0, 1},
                 .plausible = {0.1, 0.6},
                 .doc = "chance that a consortium turned down submits again where another call is left",
                 .source = "assumption",
                 .grade = Grade::assumption})
          .real(&P::hearsay,
                {.name = "hearsay",
                 .unit = "1",
                 .range = {0, 1},
                 .plausible = {0, 0.5},
                 .doc = "weight of a peer's award or rejection in a firm's belief, own ones weigh 1",
                 .source = "assumption",
                 .grade = Grade::assumption});
  return schema;
}

class Selection final : public Process {
 public:
  using Parameters = SelectionParameters;
  Selection(const Setup&, const Parameters& parameters) : parameters_(parameters) {}

  void step(Context& context) override {
    hand_on_rests(context);
    std::vector<ProposalId> decided;
    for (PolicyState& policy : context.policies) {
      if (policy.instrument->is_applied_for()) decide(context, policy, decided);
    }
    for (const ProposalId id : decided) {
      const Proposal& proposal = context.world.proposals[id.index()];
      if (!is_of_consortium(proposal.kind)) take_up(context, proposal.lead, proposal.ket);
    }
  }

 private:
  // What a policy has left when it is over goes to the policies of the same instrument that still have calls
  // to come.
  static void hand_on_rests(Context& context) {
    for (PolicyState& policy : context.policies) {
      if (!policy.instrument->is_applied_for() || policy.left() <= Money{}) continue;
      const int over = context.index_of(policy.policy->window.end) +
                       static_cast<int>(policy.policy->allocation.decision_months);
      if (context.month() != std::max(over, 0)) continue;
      for (PolicyState& heir : context.policies) {
        const bool same =
            heir.programme == policy.programme && heir.policy->instrument == policy.policy->instrument;
        if (!same || heir.id == policy.id || !context.can_prepare(heir)) continue;
        const Money rest = policy.left();
        heir.budget += rest;
        policy.budget -= rest;
      }
    }
  }

  void decide(Context& context, PolicyState& policy, std::vector<ProposalId>& decided) const {
    std::vector<ProposalId> due;
    std::vector<Proposal>& proposals = context.world.proposals;
    for (std::size_t p = 0; p < proposals.size(); ++p) {
      if (proposals[p].policy == policy.id && proposals[p].status == ProposalStatus::submitted &&
          proposals[p].decision_due <= context.month()) {
        score(context, policy, proposals[p]);
        due.emplace_back(p);
      }
    }
    if (due.empty()) return;
    sort_by_rule(context, policy, due);
    const Money limit = released_by_now(context, policy);
    const Allocation& allocation = policy.policy->allocation;
    const bool entitled = allocation.rule == AllocationRule::entitlement;
    const Money for_winners_of_before = share_of(limit, 1.0 - allocation.newcomer_quota);
    for (const ProposalId id : due) {
      Proposal& proposal = proposals[id.index()];
      strike_leavers(context, proposal);
      if (!context.world.firms
               .alive[proposal.lead]) {  // process `applying`, where it is on, saw to that before
        dissolve(context, proposal, ProposalStatus::withdrawn);
        continue;
      }
      const Money request = proposal.request();
      const bool newcomer = context.world.firms.first_award[proposal.lead] == never;
      const bool good = entitled || proposal.score >= allocation.threshold;
      const bool affordable =
          entitled || (policy.committed + request <= limit &&
                       request <= context.world.ledger.unallocated(policy.programme) &&
                       (newcomer || policy.committed_again + request <= for_winners_of_before));
      const bool chosen = good && affordable && can_be_done(context, policy, proposal);
      decided.push_back(id);
      conclude(context, policy, id, chosen);
    }
  }

  // What a choice, or none, means for the applicants and for the money.
  void conclude(Context& context, PolicyState& policy, ProposalId id, bool chosen) const {
    Proposal& proposal = context.world.proposals[id.index()];
    const bool funded = chosen && takes_up(context, policy, proposal);
    const bool burnt = funded && is_withheld(context, policy, proposal);
    const bool wins = chosen && !burnt;
    const bool entitled = policy.policy->allocation.rule == AllocationRule::entitlement;
    if (funded && entitled) appropriate_for(context, policy, proposal.request());
    if (funded && context.world.firms.first_award[proposal.lead] != never)
      policy.committed_again += proposal.request();
    if (burnt) burn_award(context, policy, proposal);
    if (!entitled && proposal.kind != ProjectKind::advance) tell(context, proposal, wins);
    if (!wins)
      turn_down(context, policy, id);
    else if (!funded)
      dissolve(context, proposal, ProposalStatus::unused);
    else if (is_of_consortium(proposal.kind))
      award(context, policy, id);
    else
      award_support(context, policy, id);
  }

  // What an entitlement takes beyond its share of the budget is added to the programme when it is awarded.
  static void appropriate_for(Context& context, PolicyState& policy, Money request) {
    const Money missing = max(policy.committed + request - policy.budget,
                              request - context.world.ledger.unallocated(policy.programme));
    if (missing <= Money{}) return;
    context.world.ledger.appropriate(policy.programme, missing);
    policy.budget += max(policy.committed + request - policy.budget, Money{});
  }

  // The lead of a consortium can still pay what must be paid before claims come in.
  static bool takes_up(const Context& context, const PolicyState& policy, const Proposal& proposal) {
    if (!is_of_consortium(proposal.kind)) return true;  // seen to when the work begins
    const Offer offer = offer_of(context, policy, proposal.lead, proposal.ket);
    return context.world.firms.cash[proposal.lead].euros() >= offer.prefinancing;
  }

  // Work must leave time to be claimed and paid before the programme ends.
  static bool can_be_done(const Context& context, const PolicyState& policy, const Proposal& proposal) {
    if (!is_of_consortium(proposal.kind)) return true;  // seen to when it was applied for
    return last_month_of_work(context, policy, policy.instrument->terms(context, proposal)) > context.month();
  }

  void score(const Context& context, const PolicyState& policy, Proposal& proposal) const {
    const double reliability = policy.policy->allocation.jury_reliability;
    const World& world = context.world;
    Stream jury = world.randomness.stream(Purpose::jury, world.firms.key[proposal.lead] ^ policy.key,
                                          world.event_code(proposal));
    const double noise =
        parameters_.quality_spread * std::sqrt((1.0 - reliability) / std::max(reliability, 1e-6));
    proposal.score = std::max(0.0, proposal.quality + noise * normal(jury));
  }

  // What the rule leaves equal, a lot decides.
  static void sort_by_rule(const Context& context, const PolicyState& policy, std::vector<ProposalId>& due) {
    const World& world = context.world;
    const AllocationRule rule = policy.policy->allocation.rule;
    const auto place = [&](ProposalId id) {
      const Proposal& proposal = world.proposals[id.index()];
      const StableKey lead = world.firms.key[proposal.lead];
      double by_rule = 0.0;
      if (rule == AllocationRule::ranked) by_rule = -proposal.score;
      if (rule == AllocationRule::first_come) by_rule = proposal.submitted;
      Stream lot = world.randomness.stream(Purpose::lottery, lead ^ policy.key, world.event_code(proposal));
      return std::tuple(by_rule, uniform(lot), lead);
    };
    std::ranges::sort(due, {}, place);
  }

  // Equal parts of the policy's budget become available with each call, once it is decided.
  static Money released_by_now(const Context& context, const PolicyState& policy) {
    const std::vector<Month>& calls = policy.policy->window.calls;
    if (calls.empty()) return policy.budget;
    const auto decided = std::ranges::count_if(calls, [&](Month call) {
      return context.index_of(call) + policy.policy->allocation.decision_months <= context.month();
    });
    return share_of(policy.budget, static_cast<double>(decided) / static_cast<double>(calls.size()));
  }

  // Members, and in part the lead's peers, learn from the decision.
  void tell(Context& context, const Proposal& proposal, bool won) const {
    Firms& firms = context.world.firms;
    auto& belief = won ? firms.belief_wins : firms.belief_losses;
    for (const Member& member : proposal.members) {
      if (member.actor.kind == ActorKind::firm) belief.edit(member.actor.firm()) += 1.0F;
    }
    for (const std::uint32_t neighbour : context.world.peers.neighbours(proposal.lead)) {
      belief.edit(FirmId(neighbour)) += static_cast<float>(parameters_.hearsay);
    }
  }

  void turn_down(Context& context, const PolicyState& policy, ProposalId id) const {
    World& world = context.world;
    Proposal& proposal = world.proposals[id.index()];
    Stream again = world.randomness.stream(Purpose::resubmission, world.firms.key[proposal.lead] ^ policy.key,
                                           world.event_code(proposal));
    if (!is_of_consortium(proposal.kind) || !context.can_prepare(policy) ||
        !bernoulli(again, parameters_.resubmission)) {
      dissolve(context, proposal, ProposalStatus::rejected);
      return;
    }
    Proposal next = proposal;
    next.status = ProposalStatus::forming;
    next.attempt = static_cast<std::uint8_t>(proposal.attempt + 1);
    next.submitted = never;
    next.decision_due = never;
    proposal.status = ProposalStatus::rejected;
    proposal.decided = context.month();
    world.proposals.push_back(std::move(next));  // `proposal` is no longer valid
  }

  SelectionParameters parameters_;
};

const RegisterProcess<Selection> registered{
    selection_schema(), Phase::award, 10, "proposals due, budgets, allocation rules",
    "proposals (awarded or rejected), projects, ledger, beliefs, contacts"};

}  // namespace
}  // namespace ketsim
