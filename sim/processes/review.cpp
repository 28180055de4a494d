// Review: an interested firm weighs its routes to a KET: alone, alone with support, as part of an
// application, or not now.
//
// Each route is worth a certainty equivalent (engine/valuation.hpp); the best one above zero that the firm
// can pay for is taken. Applying is worth
//   belief * V(award) + (1 - belief) * max(0, V(alone)) * discount(until the next call is decided) - effort,
// with the firm's belief in an award; the own cost must be carried until the grant comes, in arrears. A study
// pays no development: on a good result the firm goes on alone, knowing more. Work begun before an
// application is not eligible: a firm for which applying is worth more waits, which is how a programme can
// also delay adoption. Reviews come at a hazard, 12 / months_between_reviews a year.
//
// Support for an own pilot (a tax credit) is worth its grant, paid in arrears, and costs the wait for the
// decision.
//
// A firm that would apply takes the lead at the chance that the instrument declares (someone must write the
// proposal), and otherwise waits for an invitation.
#include <algorithm>

#include "ketsim/engine/awarding.hpp"
#include "ketsim/engine/process.hpp"
#include "ketsim/engine/support.hpp"
#include "ketsim/engine/valuation.hpp"
#include "ketsim/model/stage_rows.hpp"
#include "ketsim/parallel/row_finds.hpp"
#include "ketsim/rng/samplers.hpp"

namespace ketsim {
namespace {

struct ReviewParameters : ProcessParameters {
  double months_between_reviews = 9.0;
  double patience = 60.0;
};

const Schema<ReviewParameters>& review_schema() {
  using P = ReviewParameters;
  static const Schema<P> schema =
      Schema<P>("review", "Interested firms choose a route: alone, by application, or not now")
          .boolean(&P::enabled, enabled_declaration())
          .real(&P::months_between_reviews, {.name = "months_between_reviews",
                                             .unit = "month",
                                             .range = {0, 1200},
                                             .plausible = {3, 18},
                                             .doc = "mean time between reviews of a KET; 0: every month",
                                             .source = "assumption",
                                             .grade = Grade::assumption})
          .real(&P::patience, {.name = "patience",
                               .unit = "month",
                               .range = {0, 1200},
                               .plausible = {24, 96},
                               .doc = "time without a route after which a firm rejects the KET",
                               .source = "assumption",
                               .grade = Grade::assumption});
  return schema;
}

class Review final : public Process {
 public:
  using Parameters = ReviewParameters;
  Review(const Setup& setup, const Parameters& parameters)
      : parameters_(parameters), decisions_(setup.scenario.decisions), valuation_(setup.scenario) {}

  void step(Context& context) override {
    World& world = context.world;
    const Hazard monthly = parameters_.months_between_reviews > 0.0
                               ? to_hazard(1.0 / parameters_.months_between_reviews)
                               : certain_hazard;
    for (std::size_t k = 0; k < world.ket_count(); ++k) {
      const KetId ket(k);
      // What a firm chooses depends on its own state and on what no review changes: all decide at once.
      verdicts_.gather(world.firms.count(), [&](std::size_t begin, std::size_t end, auto& verdicts) {
        for_stages<Stage::interested>(world.firms.stage.data(ket), begin, end, [&](std::size_t row) {
          const FirmId firm(row);
          if (world.firms.is_committed(firm, ket)) return;  // a proposal is under way
          if (accumulate(world.firms.resistance(firm, ket), monthly)) review(context, firm, ket, verdicts);
        });
      });
      verdicts_.for_each([&](const Verdict& verdict) { act(context, ket, verdict); });
    }
  }

 private:
  struct Route {
    double value = 0.0;
    PolicyId policy;  //!< none: alone
    double lead_propensity = 0.0;
  };

  enum class Choice : std::uint8_t { look_again, apply_for_support, lead, pilot, reject };
  struct Verdict {
    FirmId firm;
    Choice choice = Choice::look_again;
    PolicyId waits_for;  //!< policy of the consortium that it would join or, if it chooses to, lead
  };

  // Chooses a route, and, while the firm goes on looking, when to look again.
  void review(Context& context, FirmId firm, KetId ket, std::vector<Verdict>& verdicts) const {
    World& world = context.world;
    const Verdict verdict = choose(context, firm, ket);
    if (verdict.choice != Choice::look_again || verdict.waits_for != world.firms.waits_for(firm, ket))
      verdicts.push_back(verdict);
    if (verdict.choice != Choice::pilot && verdict.choice != Choice::reject)
      world.draw_resistance(firm, ket, Purpose::next_review);
  }

  [[nodiscard]] Verdict choose(const Context& context, FirmId firm, KetId ket) const {
    const World& world = context.world;
    const Route alone = value_alone(context, firm, ket, 0.0, 1.0);
    const Route apply = best_application(context, firm, ket, alone.value);
    const double cost = pilot_cost(context, firm, ket);
    const auto supports = supports_for(context, Occasion::pilot, firm, ket, cost, 0.0);
    const double supported = value_supported(context, firm, ket, cost, supports, alone.value);
    if (supported > std::max({alone.value, apply.value, 0.0})) return {firm, Choice::apply_for_support, {}};
    if (apply.policy.is_valid() && apply.value > std::max(alone.value, 0.0)) {
      Stream initiative =
          world.randomness.stream(Purpose::initiative, world.firms.key[firm], world.attempt_code(firm, ket));
      const bool leads =
          world.firms.size[firm] != SizeClass::large && bernoulli(initiative, apply.lead_propensity);
      return {firm, leads ? Choice::lead : Choice::look_again, apply.policy};
    }
    if (alone.value > 0.0) return {firm, Choice::pilot, {}};
    const bool out_of_patience = world.month - world.firms.since(firm, ket) > parameters_.patience;
    return {firm, out_of_patience ? Choice::reject : Choice::look_again, {}};
  }

  static void act(Context& context, KetId ket, const Verdict& verdict) {
    const FirmId firm = verdict.firm;
    if (context.world.firms.waits_for(firm, ket) != verdict.waits_for)
      context.world.firms.waits_for.edit(firm, ket) = verdict.waits_for;
    switch (verdict.choice) {
      case Choice::look_again:
        break;
      case Choice::apply_for_support: {
        const double cost = pilot_cost(context, firm, ket);
        apply_for_support(context, firm, ket, cost,
                          supports_for(context, Occasion::pilot, firm, ket, cost, 0.0));
        break;
      }
      case Choice::lead:
        lead(context, firm, ket, verdict.waits_for);
        break;
      case Choice::pilot:
        begin_pilot(context, firm, ket, Trigger::own_pilot);
        break;
      case Choice::reject:
        context.world.change_stage(firm, ket, Stage::rejected, Trigger::own_review);
        break;
    }
  }

  // An own pilot, with `evidence` from elsewhere, once a study has found the KET feasible (a chance that then
  // is behind).
  [[nodiscard]] Route value_alone(const Context& context, FirmId firm, KetId ket, double evidence,
                                  double found_feasible) const {
    const World& world = context.world;
    const double outlay = pilot_cost(context, firm, ket);
    if (world.firms.cash[firm].euros() < outlay) return {};
    const double success = valuation_.success_chance(world, firm, ket, world.firms.knowledge(firm, ket));
    const double given_feasible = std::min(decisions_.success_ceiling, success / found_feasible);
    return {valuation_.trial(world, firm, ket, given_feasible, decisions_.pilot_evidence + evidence, 0.0,
                             outlay, decisions_.pilot_months),
            {},
            0.0};
  }

  [[nodiscard]] Route best_application(const Context& context, FirmId firm, KetId ket, double alone) const {
    const World& world = context.world;
    Route best;
    if (world.firms.programmes_known[firm] == 0 ||
        world.firms.engagements[firm] >= decisions_.most_engagements)
      return best;
    for (const PolicyState& policy : context.policies) {
      if (!policy.instrument->is_applied_for() || !world.knows_programme(firm, policy.programme)) continue;
      if (!context.can_prepare(policy) || !context.is_target(policy, firm) || !context.is_target(policy, ket))
        continue;
      const Offer offer = offer_of(context, policy, firm, ket);
      if (world.firms.cash[firm].euros() < offer.prefinancing + offer.effort_lead) continue;
      const double value = value_applying(context, policy, offer, firm, ket, alone);
      if (value > best.value) best = {value, policy.id, offer.lead_propensity};
    }
    return best;
  }

  // An own pilot with support: its grants come in arrears, so that the whole cost must be at hand.
  [[nodiscard]] double value_supported(const Context& context, FirmId firm, KetId ket, double cost,
                                       const std::vector<SupportOffer>& supports, double alone) const {
    if (supports.empty()) return 0.0;
    const World& world = context.world;
    double outlay = cost;
    double effort = 0.0;
    double wait = 0.0;
    double chance = 1.0;
    for (const SupportOffer& offer : supports) {
      const PolicyState& policy = context.policy(offer.policy);
      outlay -= offer.support.grant * valuation_.discount(offer.support.payment_delay);
      effort += offer.support.effort;
      wait = std::max<double>(wait, decision_month(context, policy) - context.month());
      const AllocationRule rule = policy.policy->allocation.rule;
      if (rule == AllocationRule::ranked || rule == AllocationRule::lottery)
        chance = std::min(chance, valuation_.award_belief(world, firm));
    }
    if (world.firms.cash[firm].euros() < cost + effort) return 0.0;
    const double success = valuation_.success_chance(world, firm, ket, world.firms.knowledge(firm, ket));
    const double won = valuation_.trial(world, firm, ket, success, decisions_.pilot_evidence, 0.0, outlay,
                                        decisions_.pilot_months + wait);
    return chance * won + (1.0 - chance) * std::max(0.0, alone) * valuation_.discount(wait) - effort;
  }

  [[nodiscard]] double value_applying(const Context& context, const PolicyState& policy, const Offer& offer,
                                      FirmId firm, KetId ket, double alone) const {
    const World& world = context.world;
    const double wait = decision_month(context, policy) - context.month();
    const double months = offer.months + wait;
    double won = 0.0;
    if (offer.pays_development) {
      won = valuation_.trial(world, firm, ket, offer.success_chance, offer.evidence, offer.benefit_gain,
                             offer.own_cost, months);
    } else {
      const double then = value_alone(context, firm, ket, offer.evidence, offer.success_chance).value;
      won = offer.success_chance * std::max(0.0, then) * valuation_.discount(months) - offer.own_cost;
    }
    const double belief = valuation_.award_belief(world, firm);
    return belief * won + (1.0 - belief) * std::max(0.0, alone) * valuation_.discount(wait) -
           offer.effort_partner;
  }

  static void lead(Context& context, FirmId firm, KetId ket, PolicyId policy) {
    Proposal proposal;
    proposal.policy = policy;
    proposal.kind = context.policy(policy).instrument->kind();
    proposal.ket = ket;
    proposal.lead = firm;
    proposal.begun = context.month();
    join_proposal(context, proposal, actor(firm));
    context.world.proposals.push_back(std::move(proposal));
  }

  ReviewParameters parameters_;
  DecisionSettings decisions_;
  Valuation valuation_;
  RowFinds<Verdict> verdicts_;  //!< of the KET at hand
};

const RegisterProcess<Review> registered{
    review_schema(), Phase::decide, 20, "stage, cash, knowledge, beliefs, policies open or announced",
    "stage (interested to piloting or rejected), cash, proposals begun, waits_for"};

}  // namespace
}  // namespace ketsim
