// Intermediary capacity: an act pays a month of an adviser at one of the programme's partners, in turn. The
// partner has the adviser's hours next month, for its clients and for the programme's acts, learns from the
// adviser, and takes a KET of the policy into its advice if it has not yet (process `advice_portfolios`).
#include "ketsim/engine/meeting.hpp"
#include "ketsim/engine/process.hpp"

namespace ketsim {
namespace {

struct IntermediaryCapacityParameters {
  double cost = 7500.0;
  double adviser_hours = 130.0;
  double expertise_gain = 0.02;
};

const Schema<IntermediaryCapacityParameters>& intermediary_capacity_schema() {
  using P = IntermediaryCapacityParameters;
  static const Schema<P> schema =
      Schema<P>("intermediary_capacity", "Intermediary capacity: a month of an adviser at a partner")
          .real(&P::cost, {.name = "cost",
                           .unit = "EUR",
                           .range = {1, 1e6},
                           .plausible = {5e3, 10e3},
                           .doc = "cost of one month of an adviser",
                           .source = "assumption",
                           .grade = Grade::assumption})
          .real(&P::adviser_hours, {.name = "adviser_hours",
                                    .unit = "h",
                                    .range = {0, 1000},
                                    .plausible = {100, 150},
                                    .doc = "hours that an adviser works in a month",
                                    .source = "assumption",
                                    .grade = Grade::assumption})
          .real(&P::expertise_gain,
                {.name = "expertise_gain",
                 .unit = "1",
                 .range = {0, 1},
                 .plausible = {0, 0.05},
                 .doc = "share of the gap to full expertise in the KET that a month of an adviser closes",
                 .source = "assumption",
                 .grade = Grade::assumption});
  return schema;
}

class IntermediaryCapacity final : public Instrument {
 public:
  using Parameters = IntermediaryCapacityParameters;
  explicit IntermediaryCapacity(const Parameters& parameters) : p_(parameters) {}

  double cost_of_act() const override { return p_.cost; }

  bool act(Context& context, PolicyState& policy, std::uint32_t number) const override {
    const IntermediaryId host = partner_of_act(context, policy, number);
    if (!host.is_valid()) return false;
    Intermediaries& intermediaries = context.world.intermediaries;
    const KetId ket = ket_of_act(context, policy, number);
    intermediaries.bought_hours[host] += p_.adviser_hours;
    float& expertise = intermediaries.expertise(host, ket);
    expertise += static_cast<float>(p_.expertise_gain) * (1.0F - expertise);
    if (intermediaries.advice(host, ket) == AdviceStage::none)
      intermediaries.change_advice(host, ket, AdviceStage::learning, OrganisationTrigger::programme,
                                   context.month());
    return true;
  }

 private:
  IntermediaryCapacityParameters p_;
};

const RegisterInstrument<IntermediaryCapacity> registered{intermediary_capacity_schema()};

}  // namespace
}  // namespace ketsim
