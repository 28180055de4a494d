// Adoption: a pilot that ends well leads to the investment, if it pays and can be paid.
//
//   success of an own pilot: floor + (ceiling - floor) * min(1, knowledge / complexity)
//                            (keyed: firm, KET, attempt)
//   invest when              CE(adoption | success) > hurdle * C  and  cash >= own_funds_share * C
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
#include "ketsim/model/stage_rows.hpp"
#include "ketsim/parallel/row_finds.hpp"
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

  // All firms read the same month before any acts, so that nobody's doubts depend on the row of a peer that
  // invests, or stops, in the same month.
  void step(Context& context) override {
    World& world = context.world;
    for (std::size_t k = 0; k < world.ket_count(); ++k) {
      const KetId ket(k);
      verdicts_.gather(world.firms.count(), [&](std::size_t begin, std::size_t end, auto& verdicts) {
        const Stage* stage = world.firms.stage.data(ket);
        for_stages<Stage::piloting, Stage::adopted, Stage::rejected>(stage, begin, end, [&](std::size_t row) {
          const FirmId firm(row);
          const Verdict verdict = stage[row] == Stage::piloting  ? pilot(context, firm, ket)
                                  : stage[row] == Stage::adopted ? use(world, firm, ket)
                                                                 : cool_off(world, firm, ket);
          if (verdict.choice != Choice::go_on) verdicts.push_back(verdict);
        });
      });
      verdicts_.for_each([&](const Verdict& verdict) { act(context, ket, verdict); });
    }
  }

 private:
  enum class Choice : std::uint8_t { go_on, apply_for_support, invest, change_stage };
  struct Verdict {
    FirmId firm;
    Choice choice = Choice::go_on;
    Stage to = Stage::unaware;        //!< of a change of stage
    Trigger trigger = Trigger::none;  //!< of it
  };

  static double months_since(const World& world, FirmId firm, KetId ket) {
    return world.month - world.firms.since(firm, ket);
  }

  // Of the pilot, or the use, that began with the last change of stage.
  [[nodiscard]] static Stream draw(const World& world, Purpose purpose, FirmId firm, KetId ket) {
    return world.randomness.stream(
        purpose, world.firms.key[firm],
        world.event_code(ket, world.firms.attempt(firm, ket), world.firms.since(firm, ket)));
  }

  [[nodiscard]] Verdict pilot(const Context& context, FirmId firm, KetId ket) const {
    const World& world = context.world;
    const Trigger trigger = world.firms.trigger(firm, ket);
    const bool own = trigger == Trigger::own_pilot || trigger == Trigger::pilot_support;
    const double waited = months_since(world, firm, ket) - (own ? decisions_.pilot_months : 0.0);
    if (waited < 0.0) return {};
    if (own && waited < 1.0) {
      Stream success = draw(world, Purpose::pilot_success, firm, ket);
      if (!bernoulli(success, valuation_.success_chance(world, firm, ket, world.firms.knowledge(firm, ket))))
        return {firm, Choice::change_stage, Stage::rejected, trigger};
    }
    if (world.firms.is_committed(firm, ket)) return {};  // an application or a project decides first
    const double cost = adoption_cost(world, firm, ket);
    const bool can = world.firms.cash[firm].euros() >= own_funds(decisions_, cost, {});
    const bool looks_for_support = static_cast<int>(waited) % 12 == (own ? 0 : 1);
    if (can ||
        looks_for_support) {  // most that wait lack the cash: they need not work out what it would bring
      const double value = valuation_.adoption(world, firm, ket, 0.0, 0.0);
      const bool goes_ahead = value > decisions_.hurdle * cost && can;
      if (looks_for_support && applies(context, firm, ket, cost, value, goes_ahead))
        return {firm, Choice::apply_for_support};
      if (goes_ahead) return {firm, Choice::invest};
    }
    if (waited < parameters_.patience) return {};
    return {firm, Choice::change_stage, Stage::rejected, Trigger::own_review};
  }

  // Whether the firm waits for support of its investment.
  [[nodiscard]] bool applies(const Context& context, FirmId firm, KetId ket, double cost, double value,
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
    return feasible && supported > decisions_.hurdle * cost && then > (goes_ahead ? value : 0.0);
  }

  [[nodiscard]] Verdict use(const World& world, FirmId firm, KetId ket) const {
    if (months_since(world, firm, ket) < parameters_.confirmation_months) return {};
    Stream satisfaction = draw(world, Purpose::satisfaction, firm, ket);
    const bool disappoints = bernoulli(satisfaction, parameters_.disappointment);
    return {firm, Choice::change_stage, disappoints ? Stage::discontinued : Stage::confirmed, Trigger::usage};
  }

  [[nodiscard]] Verdict cool_off(const World& world, FirmId firm, KetId ket) const {
    if (months_since(world, firm, ket) < parameters_.cooling_off) return {};
    return {firm, Choice::change_stage, Stage::aware, Trigger::own_review};
  }

  static void act(Context& context, KetId ket, const Verdict& verdict) {
    const FirmId firm = verdict.firm;
    World& world = context.world;
    if (verdict.choice == Choice::change_stage) {
      world.change_stage(firm, ket, verdict.to, verdict.trigger);
    } else if (verdict.choice == Choice::invest) {
      invest(context, firm, ket, {}, world.firms.trigger(firm, ket));
    } else {
      const double cost = adoption_cost(world, firm, ket);
      apply_for_support(context, firm, ket, cost,
                        supports_for(context, Occasion::investment, firm, ket, cost, 0.0));
    }
  }

  AdoptionParameters parameters_;
  DecisionSettings decisions_;
  Valuation valuation_;
  RowFinds<Verdict> verdicts_;  //!< of the KET at hand
};

const RegisterProcess<Adoption> registered{
    adoption_schema(), Phase::decide, 30,
    "stage, cash, costs, rivals, evidence, policies that support investments",
    "stage (piloting to adopted or rejected, adopted to confirmed or discontinued), cash, loans, proposals"};

}  // namespace
}  // namespace ketsim
