// Applying: consortia that meet the rules submit; others go on looking, give up, or run out of time.
//
// Where a policy has calls, proposals wait for the closing month; where it is open throughout, they go in as
// soon as the consortium is complete, or has stopped growing for `settle_months`. Writing costs money, win or
// lose. A consortium that waits for a decision may lose patience and take its proposal back (one keyed draw a
// proposal; with draws: step_wise one a month).
#include <algorithm>
#include <utility>

#include "ketsim/engine/awarding.hpp"
#include "ketsim/engine/process.hpp"
#include "ketsim/engine/support.hpp"
#include "ketsim/rng/samplers.hpp"

namespace ketsim {
namespace {

struct ApplyingParameters : ProcessParameters {
  std::int64_t settle_months = 6;
  std::int64_t patience = 24;
  double withdrawal = 0.1;
};

const Schema<ApplyingParameters>& applying_schema() {
  using P = ApplyingParameters;
  static const Schema<P> schema =
      Schema<P>("applying", "Consortia submit proposals, or give up")
          .boolean(&P::enabled, enabled_declaration())
          .integer(&P::settle_months,
                   {.name = "settle_months",
                    .unit = "month",
                    .range = {0, 120},
                    .plausible = {3, 12},
                    .doc = "time after which an incomplete consortium that meets the rules stops looking",
                    .source = "assumption",
                    .grade = Grade::assumption})
          .integer(&P::patience, {.name = "patience",
                                  .unit = "month",
                                  .range = {1, 240},
                                  .plausible = {12, 36},
                                  .doc = "time after which a lead without a valid consortium gives up",
                                  .source = "assumption",
                                  .grade = Grade::assumption})
          .real(&P::withdrawal, {.name = "withdrawal",
                                 .unit = "1/yr",
                                 .range = {0, 12},
                                 .plausible = {0.02, 0.5},
                                 .doc = "rate at which consortia that wait for a decision give up",
                                 .source = "assumption",
                                 .grade = Grade::assumption});
  return schema;
}

class Applying final : public Process {
 public:
  using Parameters = ApplyingParameters;
  Applying(const Setup&, const Parameters& parameters) : parameters_(parameters) {}

  void step(Context& context) override {
    for (Proposal& proposal : context.world.proposals) {
      const bool open =
          proposal.status == ProposalStatus::forming || proposal.status == ProposalStatus::submitted;
      if (open && !context.world.firms.alive[proposal.lead])
        dissolve(context, proposal, ProposalStatus::withdrawn);
      else if (proposal.status == ProposalStatus::forming)
        advance(context, proposal);
      else if (proposal.status == ProposalStatus::submitted)
        wait(context, proposal);
    }
    return_unused(context);
  }

 private:
  // Support that is still waiting for another decision of a firm that has closed meanwhile.
  static void return_unused(Context& context) {
    const std::vector<ProposalId> waiting = context.world.awaiting_start;
    for (const ProposalId id : waiting) {
      const Proposal& proposal = context.world.proposals[id.index()];
      if (!context.world.firms.alive[proposal.lead]) take_up(context, proposal.lead, proposal.ket);
    }
  }

  void wait(Context& context, Proposal& proposal) const {
    if (!is_of_consortium(proposal.kind) || parameters_.withdrawal <= 0.0) return;
    const World& world = context.world;
    Stream draw = world.randomness.stream(
        Purpose::withdrawal, world.firms.key[proposal.lead] ^ context.policy(proposal.policy).key,
        world.event_code(proposal.ket, proposal.attempt, world.month));
    const double months = 12.0 * exponential(draw) / parameters_.withdrawal;
    const int waited = world.draws == Draws::step_wise ? 1 : world.month - proposal.submitted;
    if (waited >= months) dissolve(context, proposal, ProposalStatus::withdrawn);
  }

  void advance(Context& context, Proposal& proposal) const {
    strike_leavers(context, proposal);
    const PolicyState& policy = context.policy(proposal.policy);
    const bool valid = meets_rules(context, policy, proposal);
    if (valid && is_time(context, policy, proposal)) {
      submit(context, policy, proposal);
    } else if (!context.can_prepare(policy) ||
               (!valid && context.month() - proposal.begun > parameters_.patience)) {
      dissolve(context, proposal, ProposalStatus::withdrawn);
    }
  }

  static bool meets_rules(const Context& context, const PolicyState& policy, const Proposal& proposal) {
    const World& world = context.world;
    const ConsortiumRules rules = policy.instrument->rules(context, proposal.ket);
    int smes = 0;
    int research = 0;
    bool crosses = false;
    for (const Member& member : proposal.members) {
      smes += world.is_sme(member.actor) ? 1 : 0;
      research += member.actor.kind == ActorKind::research ? 1 : 0;
      crosses = crosses || world.crosses_border(actor(proposal.lead), member.actor);
    }
    return smes >= rules.least_smes && research >= rules.least_research && (crosses || !rules.each_side);
  }

  bool is_time(const Context& context, const PolicyState& policy, const Proposal& proposal) const {
    const std::vector<Month>& calls = policy.policy->window.calls;
    if (!calls.empty()) {
      return std::ranges::any_of(calls,
                                 [&](Month call) { return context.index_of(call) == context.month(); });
    }
    if (!context.is_open(policy)) return false;
    const ConsortiumRules rules = policy.instrument->rules(context, proposal.ket);
    const int wanted = rules.wanted_smes + rules.wanted_research;
    return std::cmp_greater_equal(proposal.members.size(), wanted) ||
           context.month() - proposal.begun >= parameters_.settle_months;
  }

  static void keep_to_ceiling(const Context& context, const PolicyState& policy, Proposal& proposal) {
    for (Member& member : proposal.members) {
      if (member.actor.kind != ActorKind::firm) continue;
      const double share =
          aid_ceiling(context.scenario().state_aid, policy.instrument->aid_category(),
                      context.world.firms.size[member.actor.firm()], proposal.members.size() > 1);
      member.grant = min(member.grant, share_of(member.cost, share));
    }
  }

  static void submit(Context& context, const PolicyState& policy, Proposal& proposal) {
    World& world = context.world;
    policy.instrument->set_budget(context, proposal);
    keep_to_ceiling(context, policy, proposal);
    assess_quality(context, policy, proposal);
    proposal.status = ProposalStatus::submitted;
    proposal.submitted = context.month();
    proposal.decision_due =
        static_cast<MonthIndex>(context.month() + policy.policy->allocation.decision_months);
    for (const Member& member : proposal.members) {
      if (member.actor.kind != ActorKind::firm) continue;
      const FirmId firm = member.actor.firm();
      const Offer offer = offer_of(context, policy, firm, proposal.ket);
      world.firms.cash[firm] -= to_money(firm == proposal.lead ? offer.effort_lead : offer.effort_partner);
    }
  }

  ApplyingParameters parameters_;
};

const RegisterProcess<Applying> registered{applying_schema(), Phase::apply_for_funds, 10,
                                           "proposals forming, rules and windows of policies",
                                           "proposals (submitted or withdrawn), cash"};

}  // namespace
}  // namespace ketsim
