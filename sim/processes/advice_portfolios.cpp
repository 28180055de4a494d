// Intermediaries take a KET into their advice, in stages, at a yearly review of what their clients look into:
//
//   none -> learning      enough clients are interested (or a programme pays for it): this takes staff hours
//   learning -> advising  after `learning_months`
//   advising -> none      hardly any client is interested any more
//
// Expertise grows while they learn and advise: de = advice_growth / 12 * (1 - e)  [1/month]
#include "ketsim/engine/process.hpp"

namespace ketsim {
namespace {

struct AdviceParameters : ProcessParameters {
  double advice_interest = 0.05;
  double learning_months = 6.0;
  double advice_growth = 0.1;
  double dropping_interest = 0.01;
  double patience = 36.0;
};

const Schema<AdviceParameters>& advice_schema() {
  using P = AdviceParameters;
  const auto assumed = [](const char* name, const char* unit, Range range, Range plausible, const char* doc) {
    return Declaration{.name = name,
                       .unit = unit,
                       .range = range,
                       .plausible = plausible,
                       .doc = doc,
                       .source = "assumption",
                       .grade = Grade::assumption};
  };
  static const Schema<P> schema =
      Schema<P>("advice_portfolios", "Intermediaries take KETs into their advice")
          .boolean(&P::enabled, enabled_declaration())
          .real(&P::advice_interest,
                assumed("advice_interest", "1", {0, 1}, {0.02, 0.2},
                        "share of clients interested in a KET from which an intermediary learns it"))
          .real(&P::learning_months, assumed("learning_months", "month", {0, 240}, {3, 12},
                                             "time that it takes to learn a KET before advising on it"))
          .real(&P::advice_growth, assumed("advice_growth", "1/yr", {0, 12}, {0.05, 0.3},
                                           "rate at which advice grows towards full expertise"))
          .real(&P::dropping_interest,
                assumed("dropping_interest", "1", {0, 1}, {0, 0.03},
                        "share of clients interested in a KET below which an intermediary drops it"))
          .real(&P::patience, assumed("patience", "month", {0, 1200}, {24, 60},
                                      "time that an intermediary advises on a KET before it can drop it"));
  return schema;
}

class AdvicePortfolios final : public Process {
 public:
  using Parameters = AdviceParameters;
  AdvicePortfolios(const Setup&, const Parameters& parameters) : parameters_(parameters) {}

  void step(Context& context) override {
    World& world = context.world;
    if (context.month() % 12 == 0) review(world);
    Intermediaries& intermediaries = world.intermediaries;
    for (std::size_t a = 0; a < intermediaries.count(); ++a) {
      for (std::size_t k = 0; k < world.ket_count(); ++k) {
        const IntermediaryId id(a);
        const KetId ket(k);
        const AdviceStage stage = intermediaries.advice(id, ket);
        if (stage == AdviceStage::none) continue;
        float& expertise = intermediaries.expertise(id, ket);
        expertise += static_cast<float>(parameters_.advice_growth / 12.0) * (1.0F - expertise);
        if (stage == AdviceStage::learning &&
            world.month - intermediaries.advice_since(id, ket) >= parameters_.learning_months) {
          intermediaries.change_advice(id, ket, AdviceStage::advising, intermediaries.advice_trigger(id, ket),
                                       world.month);
        }
      }
    }
  }

 private:
  // Shares of clients that look into a KET, try it out or use it.
  void review(World& world) const {
    const std::size_t n = world.intermediaries.count();
    std::vector<std::uint32_t> clients(n, 0);
    std::vector<std::uint32_t> interested(n * world.ket_count(), 0);
    for (std::size_t i = 0; i < world.firms.count(); ++i) {
      const FirmId firm(i);
      const std::size_t adviser = world.firms.client_of[firm];
      if (adviser >= n || !world.firms.alive[firm]) continue;
      ++clients[adviser];
      for (std::size_t k = 0; k < world.ket_count(); ++k) {
        const Stage stage = world.firms.stage(firm, KetId(k));
        if (stage == Stage::interested || stage == Stage::piloting || uses(stage))
          ++interested[adviser * world.ket_count() + k];
      }
    }
    for (std::size_t a = 0; a < n; ++a) {
      for (std::size_t k = 0; k < world.ket_count() && clients[a] > 0; ++k)
        decide(world, IntermediaryId(a), KetId(k),
               static_cast<double>(interested[a * world.ket_count() + k]) / clients[a]);
    }
  }

  void decide(World& world, IntermediaryId id, KetId ket, double share) const {
    Intermediaries& intermediaries = world.intermediaries;
    const AdviceStage stage = intermediaries.advice(id, ket);
    const bool may_drop = world.month - intermediaries.advice_since(id, ket) >= parameters_.patience;
    if (stage == AdviceStage::none && share >= parameters_.advice_interest) {
      intermediaries.change_advice(id, ket, AdviceStage::learning, OrganisationTrigger::demand, world.month);
    } else if (stage == AdviceStage::advising && may_drop && share < parameters_.dropping_interest) {
      intermediaries.change_advice(id, ket, AdviceStage::none, OrganisationTrigger::lack_of_demand,
                                   world.month);
    }
  }

  AdviceParameters parameters_;
};

const RegisterProcess<AdvicePortfolios> registered{advice_schema(), Phase::learn, 25, "stages of clients",
                                                   "KETs in advice, expertise"};

}  // namespace
}  // namespace ketsim
