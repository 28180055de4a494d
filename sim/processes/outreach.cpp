// Outreach: programmes act in person as far as their money goes. A policy's share is spread evenly over its
// window; an act is done, and paid, as soon as there is enough for it. What an act does is the instrument's
// affair.
#include <algorithm>

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
      if (!policy.instrument->act(context, policy, policy.acts)) return;
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

const RegisterProcess<Outreach> registered{outreach_schema(), Phase::deliver, 10,
                                           "budgets and windows of outreach policies",
                                           "ledger, firms reached, stages, contacts, coaching"};

}  // namespace
}  // namespace ketsim
