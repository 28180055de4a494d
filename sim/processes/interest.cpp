// Interest: an aware firm looks into a KET at a hazard that rises with relevance, expected return and spare
// attention.
//
//   hazard = relevance * pull * advice / (months_to_interest * (1 + engagements)) [1/month]
//   pull   = p B / (p B + C): the share of expected benefit in all that is at stake, 0 to 1
//   advice = 1 + advice_gain * expertise * min(1, hours / hours needed)
//            where the firm's intermediary advises on the KET; hours needed: of all its clients that look for
//            advice this month. An adviser with too many of them helps each of them less.
//
// With months_to_interest = 0 every aware firm is interested at once (the limit that Bass' equation
// describes).
#include <algorithm>

#include "ketsim/engine/process.hpp"
#include "ketsim/engine/valuation.hpp"
#include "ketsim/parallel/rows.hpp"

namespace ketsim {
namespace {

struct InterestParameters : ProcessParameters {
  double months_to_interest = 8.0;
  double advice_gain = 0.5;
  double hours_per_client = 1.0;
};

const Schema<InterestParameters>& interest_schema() {
  using P = InterestParameters;
  static const Schema<P> schema =
      Schema<P>("interest", "Aware firms become interested in a KET")
          .boolean(&P::enabled, enabled_declaration())
          .real(&P::months_to_interest,
                {.name = "months_to_interest",
                 .unit = "month",
                 .range = {0, 1200},
                 .plausible = {4, 24},
                 .doc =
                     "mean time from awareness to interest at full relevance, pull and attention; 0: at once",
                 .source = "assumption",
                 .grade = Grade::assumption})
          .real(&P::advice_gain, {.name = "advice_gain",
                                  .unit = "1",
                                  .range = {0, 10},
                                  .plausible = {0, 1},
                                  .doc = "rise of the hazard through an adviser of full expertise",
                                  .source = "assumption",
                                  .grade = Grade::assumption})
          .real(&P::hours_per_client,
                {.name = "hours_per_client",
                 .unit = "h/month",
                 .range = {0, 1000},
                 .plausible = {0.5, 3},
                 .doc = "hours of an adviser that a client takes for each KET that it has heard of and "
                        "not looked into yet",
                 .source = "assumption",
                 .grade = Grade::assumption});
  return schema;
}

class Interest final : public Process {
 public:
  using Parameters = InterestParameters;
  Interest(const Setup& setup, const Parameters& parameters)
      : parameters_(parameters), valuation_(setup.scenario) {}

  void step(Context& context) override {
    World& world = context.world;
    const std::size_t n = world.firms.count();
    passed_.resize(n / row_grain + 1);
    give_advice(world);
    for (std::size_t k = 0; k < world.ket_count(); ++k) {
      const KetId ket(k);
      for_rows(n, [&](std::size_t begin, std::size_t end) {
        const Stage* stage = world.firms.stage.data(ket);
        for (std::size_t i = begin; i < end; ++i) {
          if (stage[i] == Stage::aware && passes(world, FirmId(i), ket))
            passed_[begin / row_grain].push_back(FirmId(i));
        }
      });
      for (std::vector<FirmId>& block : passed_) {
        for (const FirmId firm : block) become_interested(world, firm, ket);
        block.clear();
      }
    }
  }

 private:
  static bool has_adviser(const World& world, FirmId firm, KetId ket) {
    const std::size_t adviser = world.firms.client_of[firm];
    return adviser < world.intermediaries.count() &&
           world.intermediaries.advises(IntermediaryId(adviser), ket);
  }

  // What part of the hours that their clients ask for the advisers have, and takes them from what is left.
  void give_advice(World& world) {
    Intermediaries& intermediaries = world.intermediaries;
    std::vector<std::uint32_t> asking(intermediaries.count(), 0);
    for (std::size_t i = 0; i < world.firms.count(); ++i) {
      const FirmId firm(i);
      if (world.firms.client_of[firm] >= asking.size() || !world.firms.alive[firm]) continue;
      for (std::size_t k = 0; k < world.ket_count(); ++k) {
        if (world.firms.stage(firm, KetId(k)) == Stage::aware && has_adviser(world, firm, KetId(k)))
          ++asking[world.firms.client_of[firm]];
      }
    }
    help_.assign(asking.size(), 1.0);
    for (std::size_t a = 0; a < asking.size(); ++a) {
      double& left = intermediaries.hours_left[IntermediaryId(a)];
      const double needed = parameters_.hours_per_client * asking[a];
      if (needed > left) help_[a] = left / needed;
      left -= std::min(needed, left);
    }
  }

  bool passes(World& world, FirmId firm, KetId ket) const {
    Firms& firms = world.firms;
    if (parameters_.months_to_interest <= 0.0) return true;
    if (firms.since(firm, ket) == world.month) return false;  // became aware just now
    const double relevance = world.geography->ket(ket).relevance[firms.sector[firm]];
    const double expected = valuation_.success_chance(world, firm, ket, firms.knowledge(firm, ket)) *
                            valuation_.benefit(world, firm, ket);
    const double pull = expected > 0.0 ? expected / (expected + adoption_cost(world, firm, ket)) : 0.0;
    double advice = 1.0;
    if (has_adviser(world, firm, ket)) {
      const IntermediaryId adviser(firms.client_of[firm]);
      advice +=
          parameters_.advice_gain * world.intermediaries.expertise(adviser, ket) * help_[adviser.index()];
    }
    const double hazard =
        relevance * pull * advice / (parameters_.months_to_interest * (1.0 + firms.engagements[firm]));
    return accumulate(firms.resistance(firm, ket), to_hazard(hazard));
  }

  static void become_interested(World& world, FirmId firm, KetId ket) {
    world.change_stage(firm, ket, Stage::interested, Trigger::own_review);
  }

  InterestParameters parameters_;
  Valuation valuation_;
  std::vector<double> help_;  //!< share of the hours asked for that each intermediary has
  std::vector<std::vector<FirmId>> passed_;
};

const RegisterProcess<Interest> registered{interest_schema(), Phase::decide, 10,
                                           "stage, knowledge, costs, advisers, engagements",
                                           "stage (aware to interested), resistance, hours of advisers"};

}  // namespace
}  // namespace ketsim
