#include "ketsim/engine/claims.hpp"

namespace ketsim {
namespace {

void settle_advance(Context& context, Member& member, Money amount) {
  PolicyState& lender = context.policy(member.advanced_by);
  context.world.ledger.repay(lender.programme, amount, Money{});
  lender.committed -= amount;
  member.advance -= amount;
}

// What an advance leaves when no claim is to come is paid back in cash, as far as there is any; the rest is
// lost.
void call_in(Context& context, Member& member) {
  Money& cash = context.world.firms.cash[member.actor.firm()];
  const bool alive = context.world.firms.alive[member.actor.firm()] != 0;
  const Money back = alive ? min(member.advance, max(cash, Money{})) : Money{};
  cash -= back;
  const Money lost = member.advance - back;
  settle_advance(context, member, back);
  context.world.ledger.write_off(context.policy(member.advanced_by).programme, lost);
  member.advance = {};
}

void claim(const Context& context, Member& member, const ProjectTerms& terms) {
  const Money amount = grant_earned(member) - member.claimed;
  if (amount <= Money{}) return;
  member.claimed += amount;
  member.claims.push_back({static_cast<MonthIndex>(context.month() + terms.payment_delay), amount});
}

void pay(Context& context, ProjectId id, Member& member, PolicyState& policy, Money amount) {
  World& world = context.world;
  world.ledger.pay(policy.programme, amount);
  member.received += amount;
  if (world.projects[id.index()].kind == ProjectKind::pilot)
    world.private_investment -= amount;  // its cost was the firm's own
  else
    world.ledger.reimburse(member.actor, id, amount);
  if (member.actor.kind != ActorKind::firm) return;
  world.firms.cash[member.actor.firm()] += amount;
  const Money still_to_come = member.grant - member.received;
  if (member.advance <= still_to_come) return;
  const Money due = min(amount, member.advance - still_to_come);
  world.firms.cash[member.actor.firm()] -= due;
  settle_advance(context, member, due);
}

}  // namespace

Money grant_earned(const Member& member) {
  if (member.cost == Money{}) return {};
  return min(member.grant, share_of(member.grant, static_cast<double>(member.spent.cents) /
                                                      static_cast<double>(member.cost.cents)));
}

void pay_claims(Context& context, ProjectId id, Project& project, PolicyState& policy,
                const ProjectTerms& terms) {
  const bool running = project.status == ProjectStatus::running;
  const bool claims = !running || (context.month() - project.start) % terms.claim_interval == 0;
  for (Member& member : project.members) {
    if (claims) claim(context, member, terms);
    while (!member.claims.empty() && member.claims.front().due <= context.month()) {
      pay(context, id, member, policy, member.claims.front().amount);
      member.claims.erase(member.claims.begin());
    }
    if (!running && member.claims.empty() && member.advance > Money{}) call_in(context, member);
  }
}

}  // namespace ketsim
