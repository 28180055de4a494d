#include "ketsim/engine/support.hpp"

#include <algorithm>
#include <cmath>

#include "ketsim/base/contracts.hpp"
#include "ketsim/engine/awarding.hpp"
#include "ketsim/engine/valuation.hpp"

namespace ketsim {
namespace {

ProjectKind kind_of(Occasion occasion) {
  switch (occasion) {
    case Occasion::pilot:
      return ProjectKind::pilot;
    case Occasion::investment:
      return ProjectKind::investment;
    case Occasion::award:
      return ProjectKind::advance;
    case Occasion::none:
    case Occasion::project:
      break;
  }
  throw ContractViolation("support is for a pilot, an investment or an award");
}

Support scaled(Support support, double factor) {
  support.grant *= factor;
  support.loan *= factor;
  support.guaranteed *= factor;
  support.expected_loss *= factor;
  return support;
}

// A programme whose purse is known to be empty is not asked; an entitlement has no purse of its own.
bool has_money(const PolicyState& policy, const Support& support) {
  return policy.policy->allocation.rule == AllocationRule::entitlement ||
         to_money(support.drawn()) <= policy.left();
}

// Grants must be paid before the programme ends.
bool ends_in_time(const Context& context, const PolicyState& policy, int decided, const Support& support) {
  return support.grant <= 0.0 || decided + support.payment_delay < context.index_of(policy.owner->end);
}

// The grant of a supported pilot, on its way through the books as a project of one.
void claim_for_pilot(Context& context, FirmId firm, KetId ket, Money cost, const Proposal& proposal,
                     ProposalId id) {
  World& world = context.world;
  Project project;
  project.proposal = id;
  project.policy = proposal.policy;
  project.kind = ProjectKind::pilot;
  project.ket = ket;
  project.lead = firm;
  project.start = context.month();
  project.end = context.month();
  project.status = ProjectStatus::completed;
  project.finished = context.month();
  Member member;
  member.actor = actor(firm);
  member.cost = cost;
  member.spent = cost;
  member.grant = to_money(proposal.support.grant);
  member.claimed = member.grant;
  member.claims.push_back(
      {static_cast<MonthIndex>(context.month() + proposal.support.payment_delay), member.grant});
  project.members.push_back(std::move(member));
  world.projects.push_back(std::move(project));
}

void give_back(Context& context, Proposal& proposal) {
  PolicyState& policy = context.policy(proposal.policy);
  context.world.ledger.release(policy.programme, proposal.request());
  policy.committed -= proposal.request();
  proposal.status = ProposalStatus::unused;
  proposal.decided = context.month();
}

void pay_out_advance(Context& context, Proposal& proposal) {
  World& world = context.world;
  Project& project = world.projects[proposal.advances.index()];
  const auto member = std::ranges::find(project.members, actor(proposal.lead), &Member::actor);
  if (project.status != ProjectStatus::running || member == project.members.end() || member->left) {
    give_back(context, proposal);
    return;
  }
  const Money principal = proposal.request();
  const double equivalent = grant_equivalent(context.scenario().decisions, proposal.support);
  world.ledger.lend(context.policy(proposal.policy).programme, principal, to_money(equivalent));
  world.firms.cash[proposal.lead] += principal;
  member->advance += principal;
  member->advanced_by = proposal.policy;
}

}  // namespace

double pilot_cost(const Context& context, FirmId firm, KetId ket) {
  return context.scenario().decisions.pilot_share * adoption_cost(context.world, firm, ket);
}

double own_funds(const DecisionSettings& decisions, double cost, const std::vector<SupportOffer>& given) {
  double share = decisions.own_funds_share;
  double loans = 0.0;
  for (const SupportOffer& offer : given) {
    share *= offer.support.own_funds;
    loans += offer.support.loan;
  }
  return std::max(0.0, share * cost - loans);
}

double grant_equivalent(const DecisionSettings& decisions, const Support& support) {
  return support.grant +
         support.loan * interest_saved(support.interest, decisions.bank_rate, support.months) +
         support.expected_loss;
}

MonthIndex decision_month(const Context& context, const PolicyState& policy) {
  const Window& window = policy.policy->window;
  int closing = std::max<int>(context.month(), context.index_of(window.start));
  if (window.calls.empty()) {
    if (closing >= context.index_of(window.end)) return never;
  } else {
    const auto next = std::ranges::find_if(
        window.calls, [&](Month call) { return context.index_of(call) >= context.month(); });
    if (next == window.calls.end()) return never;
    closing = context.index_of(*next);
  }
  return static_cast<MonthIndex>(closing + policy.policy->allocation.decision_months);
}

std::vector<SupportOffer> supports_for(const Context& context, Occasion occasion, FirmId firm, KetId ket,
                                       double cost, double grant) {
  const World& world = context.world;
  std::vector<SupportOffer> offers;
  if (world.firms.programmes_known[firm] == 0) return offers;
  const DecisionSettings& decisions = context.scenario().decisions;
  double received = grant;
  for (const PolicyState& policy : context.policies) {
    const Instrument& instrument = *policy.instrument;
    if (instrument.occasion() != occasion || !world.knows_programme(firm, policy.programme)) continue;
    const MonthIndex decided = context.is_open(policy) ? decision_month(context, policy) : never;
    if (decided == never || !context.is_target(policy, firm) || !context.is_target(policy, ket)) continue;
    Support support = instrument.support(context, firm, ket, cost, grant);
    const bool has_guarantor =
        std::ranges::any_of(offers, [](const SupportOffer& offer) { return offer.support.guaranteed > 0.0; });
    if (support.guaranteed > 0.0 && has_guarantor) continue;
    // Nothing counts as aid in a loan that costs what a bank's does; it still takes the place of own funds.
    const double equivalent = std::max(0.0, grant_equivalent(decisions, support));
    const double most = cost * aid_ceiling(context.scenario().state_aid, instrument.aid_category(),
                                           world.firms.size[firm], occasion == Occasion::award);
    const double left = std::max(0.0, most - received);
    if (equivalent > left) support = scaled(support, left / equivalent);
    const bool helps = to_money(support.drawn()) > Money{} || support.guaranteed > 0.0;
    if (!helps || !has_money(policy, support) || !ends_in_time(context, policy, decided, support)) continue;
    received += std::max(0.0, grant_equivalent(decisions, support));
    offers.push_back({policy.id, support});
  }
  return offers;
}

void apply_for_support(Context& context, FirmId firm, KetId ket, double cost,
                       const std::vector<SupportOffer>& offers, ProjectId project) {
  World& world = context.world;
  for (const SupportOffer& offer : offers) {
    const PolicyState& policy = context.policy(offer.policy);
    Proposal proposal;
    proposal.policy = offer.policy;
    proposal.kind = kind_of(policy.instrument->occasion());
    proposal.ket = ket;
    proposal.lead = firm;
    proposal.attempt = world.firms.attempt(firm, ket);
    proposal.status = ProposalStatus::submitted;
    proposal.begun = context.month();
    proposal.submitted = context.month();
    proposal.decision_due = decision_month(context, policy);
    proposal.support = offer.support;
    proposal.advances = project;
    join_proposal(context, proposal, actor(firm));
    proposal.members.front().cost = to_money(cost);
    proposal.members.front().grant = to_money(offer.support.drawn());
    world.firms.cash[firm] -= to_money(offer.support.effort);
    assess_quality(context, policy, proposal);
    world.proposals.push_back(std::move(proposal));
  }
}

void award_support(Context& context, PolicyState& policy, ProposalId id) {
  World& world = context.world;
  Proposal& proposal = world.proposals[id.index()];
  const Money request = proposal.request();
  world.ledger.commit(policy.programme, request);
  policy.committed += request;
  proposal.status = ProposalStatus::awarded;
  proposal.decided = context.month();
  const FirmId firm = proposal.lead;
  free_member(context, proposal.members.front(), proposal.ket);
  world.awards.push_back({policy.id, proposal.kind, proposal.ket, actor(firm), request});
  const bool is_advance = proposal.kind == ProjectKind::advance;  // of money that was awarded before
  world.note_award(firm, proposal.ket, policy.id, is_advance ? Money{} : request);
  if (is_advance)
    pay_out_advance(context, proposal);
  else
    world.awaiting_start.push_back(id);
}

void take_up(Context& context, FirmId firm, KetId ket) {
  World& world = context.world;
  if (world.firms.is_committed(firm, ket)) return;  // another decision is still to come
  std::vector<ProposalId> mine;
  std::erase_if(world.awaiting_start, [&](ProposalId id) {
    const Proposal& proposal = world.proposals[id.index()];
    if (proposal.lead != firm || proposal.ket != ket) return false;
    mine.push_back(id);
    return true;
  });
  if (mine.empty()) return;
  std::vector<SupportOffer> given;
  for (const ProposalId id : mine) {
    const Proposal& proposal = world.proposals[id.index()];
    given.push_back({proposal.policy, proposal.support});
  }
  const bool pilots = world.proposals[mine.front().index()].kind == ProjectKind::pilot;
  const Stage stage = world.firms.stage(firm, ket);
  const double cost = pilots ? pilot_cost(context, firm, ket) : adoption_cost(world, firm, ket);
  const double own = pilots ? cost : own_funds(context.scenario().decisions, cost, given);
  const bool still_wants = world.firms.alive[firm] && stage == (pilots ? Stage::interested : Stage::piloting);
  if (!still_wants || world.firms.cash[firm] < to_money(own)) {
    for (const ProposalId id : mine) give_back(context, world.proposals[id.index()]);
    return;
  }
  if (pilots) {
    for (const ProposalId id : mine)
      claim_for_pilot(context, firm, ket, to_money(cost), world.proposals[id.index()], id);
    begin_pilot(context, firm, ket, Trigger::pilot_support);
  } else {
    invest(context, firm, ket, given, Trigger::investment_support);
  }
}

void begin_pilot(Context& context, FirmId firm, KetId ket, Trigger trigger) {
  World& world = context.world;
  const Money cost = to_money(pilot_cost(context, firm, ket));
  world.firms.cash[firm] -= cost;
  world.private_investment += cost;
  world.change_stage(firm, ket, Stage::piloting, trigger);
  world.firms.evidence.edit(firm, ket) += static_cast<float>(context.scenario().decisions.pilot_evidence);
}

void invest(Context& context, FirmId firm, KetId ket, const std::vector<SupportOffer>& given,
            Trigger trigger) {
  World& world = context.world;
  const DecisionSettings& decisions = context.scenario().decisions;
  const double cost = adoption_cost(world, firm, ket);
  Money open = to_money(cost);
  const Money own = to_money(own_funds(decisions, cost, given));
  world.firms.cash[firm] -= own;
  world.private_investment += open;
  open -= own;
  const auto borrow = [&](Loan loan, double rate, double months) {
    loan.firm = firm;
    loan.monthly_rate = rate / 12.0;
    loan.payment = to_money(loan.owed.euros() * annuity_payment(rate, months));
    loan.payments = std::max(1, static_cast<int>(std::lround(months)));
    world.firms.instalments.edit(firm) += loan.payment;
    world.loans.push_back(loan);
  };
  Loan bank;
  for (const SupportOffer& offer : given) {
    const ProgrammeId programme = context.policy(offer.policy).programme;
    if (offer.support.guaranteed > 0.0) {
      bank.guarantor = offer.policy;
      bank.guaranteed = offer.support.guaranteed;
      bank.reserve = to_money(offer.support.drawn());
    } else {
      Loan loan;
      loan.lender = offer.policy;
      loan.owed = to_money(offer.support.loan);
      world.ledger.lend(programme, loan.owed, to_money(grant_equivalent(decisions, offer.support)));
      borrow(loan, offer.support.interest, offer.support.months);
      open -= min(open, loan.owed);
    }
  }
  bank.owed = open;
  if (bank.owed > Money{} || bank.guarantor.is_valid())
    borrow(bank, decisions.bank_rate, 12.0 * decisions.loan_years);
  world.change_stage(firm, ket, Stage::adopted, trigger);
}

Offer offer_of(const Context& context, const PolicyState& policy, FirmId firm, KetId ket) {
  Offer offer = policy.instrument->offer(context, firm, ket);
  const double cost = offer.own_cost + offer.grant;
  const double most = cost * aid_ceiling(context.scenario().state_aid, policy.instrument->aid_category(),
                                         context.world.firms.size[firm], true);
  if (offer.grant > most) {
    offer.own_cost += offer.grant - most;
    offer.grant = most;
  }
  for (const SupportOffer& advance : supports_for(context, Occasion::award, firm, ket, cost, offer.grant))
    offer.prefinancing = std::max(0.0, offer.prefinancing - advance.support.loan);
  return offer;
}

}  // namespace ketsim
