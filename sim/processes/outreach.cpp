// Outreach: programmes act in person as far as their money goes. A policy's share is spread evenly over its
// window; an act is done, and paid, as soon as there is enough for it. What an act does is the instrument's
// affair. An act in person takes hours of the partner that carries it out; where no partner has hours left
// this month, the act waits. What only a partner can host needs a programme with partners.
#include <algorithm>

#include "ketsim/engine/meeting.hpp"
#include "ketsim/engine/process.hpp"

namespace ketsim {
namespace {

class Outreach final : public Process {
 public:
  using Parameters = ProcessParameters;
  Outreach(const Setup&, const Parameters&) {}

  void step(Context& context) override {
    for (PolicyState& policy : context.policies) {
      if (policy.instrument->cost_of_act() > 0.0 && context.is_open(policy)) act(context, policy);
    }
  }

 private:
  static void act(Context& context, PolicyState& policy) {
    const Window& window = policy.policy->window;
    const double months = window.end - window.start;
    const double elapsed = context.month() - context.index_of(window.start) + 1;
    const Money available = share_of(policy.budget, std::min(1.0, elapsed / months));
    const Money cost = to_money(policy.instrument->cost_of_act());
    while (policy.committed + cost <= available &&
           cost <= context.world.ledger.unallocated(policy.programme)) {
      const IntermediaryId partner = partner_of_act(context, policy, policy.acts);
      if (!partner.is_valid() && !policy.partners.empty()) return;
      if (!policy.instrument->act(context, policy, policy.acts)) return;
      if (partner.is_valid())
        context.world.intermediaries.hours_left[partner] -= policy.instrument->hours_of_act();
      ++policy.acts;
      context.world.ledger.commit(policy.programme, cost);
      context.world.ledger.pay(policy.programme, cost);
      policy.committed += cost;
    }
  }
};

const Schema<ProcessParameters>& outreach_schema() {
  static const Schema<ProcessParameters> schema =
      Schema<ProcessParameters>("outreach", "Programmes act in person as far as their money goes")
          .boolean(&ProcessParameters::enabled, enabled_declaration());
  return schema;
}

const RegisterProcess<Outreach> registered{
    outreach_schema(), Phase::deliver, 10, "budgets and windows of outreach policies, hours of partners",
    "ledger, hours of partners, firms reached, and what each instrument says"};

}  // namespace
}  // namespace ketsim
