// Tie turnover: once a year firms seek some of their ties anew (network.turnover, engine/found_ties.cpp).
// Newcomers find their first peers, ties of firms that have left end, and what everyone hears over ties is
// counted afresh.
#include "ketsim/engine/process.hpp"

namespace ketsim {
namespace {

class TieTurnover final : public Process {
 public:
  using Parameters = ProcessParameters;
  TieTurnover(const Setup&, const Parameters&) {}

  void step(Context& context) override {
    if (context.month() % 12 != 0 || context.month() == 0) return;
    renew_ties(context.world, context.scenario(), static_cast<std::uint32_t>(context.month() / 12));
  }
};

const Schema<ProcessParameters>& tie_turnover_schema() {
  static const Schema<ProcessParameters> schema =
      Schema<ProcessParameters>("tie_turnover", "Once a year firms seek some of their ties anew")
          .boolean(&ProcessParameters::enabled, enabled_declaration());
  return schema;
}

const RegisterProcess<TieTurnover> registered{tie_turnover_schema(), Phase::spill_over, 30,
                                              "ties sought, firms that entered or left",
                                              "peer ties, exposures"};

}  // namespace
}  // namespace ketsim
