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
#include <array>

#include "ketsim/engine/process.hpp"
#include "ketsim/engine/valuation.hpp"
#include "ketsim/model/stage_rows.hpp"
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
      : parameters_(parameters), decisions_(setup.scenario.decisions), valuation_(setup.scenario) {}

  void step(Context& context) override {
    World& world = context.world;
    give_advice(world);
    std::vector<Outlook> outlooks;
    for (std::size_t k = 0; k < world.ket_count(); ++k) outlooks.push_back(outlook_of(world, KetId(k)));
    // A firm reads and changes its own row alone, and no peer feels that it looks into a KET.
    changes_.resize(row_blocks(world.firms.count()));
    for_row_blocks(world.firms.count(), [&](std::size_t block, std::size_t begin, std::size_t end) {
      for (std::size_t k = 0; k < world.ket_count(); ++k) {
        const KetId ket(k);
        for_stages<Stage::aware>(world.firms.stage.data(ket), begin, end, [&](std::size_t row) {
          if (passes(world, FirmId(row), ket, outlooks[k]))
            changes_[block].push_back(world.move(FirmId(row), ket, Stage::interested, Trigger::own_review));
        });
      }
    });
    world.publish(changes_);
  }

 private:
  static constexpr std::size_t advisers = 256;  // Firms::client_of holds a byte; 255: none

  //! Pairs of client and KET that look for advice, by adviser.
  struct Asking {
    std::array<std::uint32_t, advisers> pairs{};
    Asking& operator+=(const Asking& other) {
      for (std::size_t a = 0; a < advisers; ++a) pairs[a] += other.pairs[a];
      return *this;
    }
  };

  //! What a month holds for firms aware of one KET; worked out once, not once a firm: it was 20 of 30 ns.
  struct Outlook {
    double mastery_per_knowledge = 0.0;  //!< one over complexity; 0: nothing to master
    //! B / C for a firm of affinity 1, by sector and size class.
    std::vector<std::array<double, size_class_count>> benefit_over_cost;
    std::vector<double> relevance_per_month;  //!< relevance over months_to_interest, by sector [1/month]
    std::array<double, advisers> advice{};    //!< factor, by adviser
  };

  [[nodiscard]] Outlook outlook_of(const World& world, KetId ket) const {
    const Ket& technology = world.geography->ket(ket);
    Outlook outlook;
    if (technology.complexity > 0.0) outlook.mastery_per_knowledge = 1.0 / technology.complexity;
    for (std::size_t s = 0; s < technology.relevance.size(); ++s) {
      const double worth =
          valuation_.annuity() * valuation_.benefit_share(world, s, ket) / world.cost_factor[ket.index()];
      auto& by_size = outlook.benefit_over_cost.emplace_back();
      for (std::size_t c = 0; c < size_class_count; ++c) by_size[c] = technology.cost[c] > 0.0 ? worth : 0.0;
      outlook.relevance_per_month.push_back(technology.relevance[s] / parameters_.months_to_interest);
    }
    outlook.advice.fill(1.0);
    for (std::size_t a = 0; a < world.intermediaries.count(); ++a) {
      const IntermediaryId id(a);
      if (world.intermediaries.advises(id, ket))
        outlook.advice[a] += parameters_.advice_gain * world.intermediaries.expertise(id, ket) * help_[a];
    }
    return outlook;
  }

  // What part of the hours that their clients ask for the advisers have, and takes them from what is left.
  void give_advice(World& world) {
    Intermediaries& intermediaries = world.intermediaries;
    const auto asking = sum_rows<Asking>(world.firms.count(), [&](std::size_t begin, std::size_t end) {
      Asking here;
      for (std::size_t k = 0; k < world.ket_count(); ++k) {
        std::array<std::uint32_t, advisers> advises{};
        for (std::size_t a = 0; a < intermediaries.count(); ++a)
          advises[a] = intermediaries.advises(IntermediaryId(a), KetId(k)) ? 1 : 0;
        for_stages<Stage::aware>(world.firms.stage.data(KetId(k)), begin, end, [&](std::size_t row) {
          const std::size_t adviser = world.firms.client_of[FirmId(row)];
          here.pairs[adviser] += advises[adviser];
        });
      }
      return here;
    });
    help_.assign(intermediaries.count(), 1.0);
    for (std::size_t a = 0; a < help_.size(); ++a) {
      double& left = intermediaries.hours_left[IntermediaryId(a)];
      const double needed = parameters_.hours_per_client * asking.pairs[a];
      if (needed > left) help_[a] = left / needed;
      left -= std::min(needed, left);
    }
  }

  bool passes(World& world, FirmId firm, KetId ket, const Outlook& outlook) const {
    Firms& firms = world.firms;
    if (parameters_.months_to_interest <= 0.0) return true;
    if (firms.since(firm, ket) == world.month) return false;  // became aware just now
    const double mastered =
        outlook.mastery_per_knowledge > 0.0
            ? std::min(1.0, static_cast<double>(firms.knowledge(firm, ket)) * outlook.mastery_per_knowledge)
            : 1.0;
    const double success =
        decisions_.success_floor + (decisions_.success_ceiling - decisions_.success_floor) * mastered;
    const std::size_t sector = firms.sector[firm];
    const double gain = success * static_cast<double>(firms.affinity(firm, ket)) *
                        outlook.benefit_over_cost[sector][static_cast<std::size_t>(firms.size[firm])];
    // pull = gain / (gain + 1), its division taken together with that by engagements
    const double hazard = gain > 0.0
                              ? outlook.relevance_per_month[sector] * outlook.advice[firms.client_of[firm]] *
                                    gain / ((gain + 1.0) * (1.0 + firms.engagements[firm]))
                              : 0.0;
    return accumulate(firms.resistance(firm, ket), to_hazard(hazard));
  }

  InterestParameters parameters_;
  DecisionSettings decisions_;
  Valuation valuation_;
  std::vector<double> help_;  //!< share of the hours asked for that each intermediary has
  ChangesByBlock changes_;
};

const RegisterProcess<Interest> registered{interest_schema(), Phase::decide, 10,
                                           "stage, knowledge, costs, advisers, engagements",
                                           "stage (aware to interested), resistance, hours of advisers"};

}  // namespace
}  // namespace ketsim
