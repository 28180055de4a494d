// Adoption: a pilot that ends well leads to the investment, if it pays and can be paid.
//
//   success of an own pilot: floor + (ceiling - floor) * min(1, knowledge / complexity)        (keyed: firm,
//   KET, attempt) invest when  CE(adoption | success) > hurdle * C  and  cash >= own_funds_share * C
// The investment is the second cost: a grant pays for development only. High initial investment is the first
// barrier that ROCKET names; it binds here. A firm that may but cannot invest tries again every month for
// `patience` months. When a pilot ends, and a year later again, the firm looks for support for the investment
// (loans, guarantees): it applies if that is worth more than going ahead without, or if it cannot go ahead
// without, and waits for the decision. After a year of use a firm confirms, or stops if the benefit
// disappoints.
#include <algorithm>

#include "ketsim/engine/process.hpp"
#include "ketsim/engine/support.hpp"
#include "ketsim/engine/valuation.hpp"
#include "ketsim/rng/samplers.hpp"

namespace ketsim {
namespace {

struct AdoptionParameters : ProcessParameters {
  double patience = 36.0;
  double cooling_off = 48.0;
  double confirmation_months = 12.0;
  double disappointment = 0.05;
};

const Schema<AdoptionParameters>& adoption_schema() {
  using P = AdoptionParameters;
  static const Schema<P> schema =
      Schema<P>("adoption", "Pilots end; firms invest, confirm or turn away")
          .boolean(&P::enabled, enabled_declaration())
          .real(&P::patience,
                {.name = "patience",
                 .unit = "month",
                 .range = {0, 1200},
                 .plausible = {12, 60},
                 .doc = "time after a good pilot for which a firm tries to invest before it turns away",
                 .source = "assumption",
                 .grade = Grade::assumption})
          .real(&P::cooling_off, {.name = "cooling_off",
                                  .unit = "month",
                                  .range = {0, 1200},
                                  .plausible = {24, 96},
                                  .doc = "time after which a firm that rejected a KET may look at it again",
                                  .source = "assumption",
                                  .grade = Grade::assumption})
          .real(&P::confirmation_months, {.name = "confirmation_months",
                                          .unit = "month",
                                          .range = {0, 120},
                                          .plausible = {6, 24},
                                          .doc = "time of use after which a firm confirms or stops",
                                          .source = "assumption",
                                          .grade = Grade::assumption})
          .real(&P::disappointment, {.name = "disappointment",
                                     .unit = "1",
                                     .range = {0, 1},
                                     .plausible = {0, 0.15},
                                     .doc = "chance that a KET in use disappoints and is given up",
                                     .source = "assumption",
                                     .grade = Grade::assumption});
  return schema;
}

class Adoption final : public Process {
 public:
  using Parameters = AdoptionParameters;
  Adoption(const Setup& setup, const Parameters& parameters)
      : parameters_(parameters), decisions_(setup.scenario.decisions), valuation_(setup.scenario) {}

  void step(Context& context) override {
    World& world = context.world;
    for (std::size_t k = 0; k < world.ket_count(); ++k) {
      const KetId ket(k);
      const Stage* stage = world.firms.stage.data(ket);
      ready_.clear();
      for (std::size_t i = 0; i < world.firms.count(); ++i) {
        const FirmId firm(i);
        switch (stage[i]) {
          case Stage::piloting:
            pilot(context, firm, ket);
            break;
          case Stage::adopted:
            use(world, firm, ket);
            break;
          case Stage::rejected:
            cool_off(world, firm, ket);
            break;
          default:
            break;
        }
      }
      // Investments come last, so that nobody's doubts depend on the row of a peer that invests in the same
      // month.
      for (const FirmId firm : ready_) invest(context, firm, ket, {}, world.firms.trigger(firm, ket));
    }
  }

 private:
  static double months_since(const World& world, FirmId firm, KetId ket) {
    return world.month - world.firms.since(firm, ket);
  }

  [[nodiscard]] static Stream draw(const World& world, Purpose purpose, FirmId firm, KetId ket) {
    return world.randomness.stream(purpose, world.firms.key[firm],
                                   static_cast<std::uint32_t>(ket.row << 8 | world.firms.attempt(firm, ket)));
  }

  void pilot(Context& context, FirmId firm, KetId ket) {
    World& world = context.world;
    const Trigger trigger = world.firms.trigger(firm, ket);
    const bool own = trigger == Trigger::own_pilot || trigger == Trigger::pilot_support;
    const double waited = months_since(world, firm, ket) - (own ? decisions_.pilot_months : 0.0);
    if (waited < 0.0) return;
    if (own && waited < 1.0) {
      Stream success = draw(world, Purpose::pilot_success, firm, ket);
      if (!bernoulli(success,
                     valuation_.success_chance(world, firm, ket, world.firms.knowledge(firm, ket)))) {
        world.change_stage(firm, ket, Stage::rejected, trigger);
        return;
      }
    }
    if (world.firms.commitments(firm, ket) > 0) return;  // an application or a project decides first
    const double cost = adoption_cost(world, firm, ket);
    const double value = valuation_.adoption(world, firm, ket, 1.0, 0.0, 0.0);
    const bool can = world.firms.cash[firm].euros() >= own_funds(decisions_, cost, {});
    const bool goes_ahead = value > decisions_.hurdle * cost && can;
    if (static_cast<int>(waited) % 12 == (own ? 0 : 1) &&
        applies(context, firm, ket, cost, value, goes_ahead))
      return;
    if (goes_ahead)
      ready_.push_back(firm);
    else if (waited >= parameters_.patience)
      world.change_stage(firm, ket, Stage::rejected, Trigger::own_review);
  }

  // Whether the firm waits for support of its investment.
  [[nodiscard]] bool applies(Context& context, FirmId firm, KetId ket, double cost, double value,
                             bool goes_ahead) const {
    const auto offers = supports_for(context, Occasion::investment, firm, ket, cost, 0.0);
    if (offers.empty()) return false;
    double supported = value;
    double effort = 0.0;
    double wait = 0.0;
    for (const SupportOffer& offer : offers) {
      supported += grant_equivalent(decisions_, offer.support);
      effort += offer.support.effort;
      wait = std::max<double>(wait, decision_month(context, context.policy(offer.policy)) - context.month());
    }
    const double then = supported * valuation_.discount(wait) - effort;
    const bool feasible =
        context.world.firms.cash[firm].euros() >= own_funds(decisions_, cost, offers) + effort;
    if (!feasible || supported <= decisions_.hurdle * cost || then <= (goes_ahead ? value : 0.0))
      return false;
    apply_for_support(context, firm, ket, cost, offers);
    return true;
  }

  void use(World& world, FirmId firm, KetId ket) const {
    if (months_since(world, firm, ket) < parameters_.confirmation_months) return;
    Stream satisfaction = draw(world, Purpose::satisfaction, firm, ket);
    const bool disappoints = bernoulli(satisfaction, parameters_.disappointment);
    world.change_stage(firm, ket, disappoints ? Stage::discontinued : Stage::confirmed, Trigger::usage);
  }

  void cool_off(World& world, FirmId firm, KetId ket) const {
    if (months_since(world, firm, ket) < parameters_.cooling_off) return;
    world.change_stage(firm, ket, Stage::aware, Trigger::own_review);
  }

  AdoptionParameters parameters_;
  DecisionSettings decisions_;
  Valuation valuation_;
  std::vector<FirmId> ready_;  //!< firms that invest this month
};

const RegisterProcess<Adoption> registered{
    adoption_schema(), Phase::decide, 30,
    "stage, cash, costs, rivals, evidence, policies that support investments",
    "stage (piloting to adopted or rejected, adopted to confirmed or discontinued), cash, loans, proposals"};

}  // namespace
}  // namespace ketsim
