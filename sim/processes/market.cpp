// Market: what adoption does to others. The benefit of a KET falls with the share of rivals (firms of the
// same sector) that use it; part of it is taken from the margins of those that do not. Costs fall by learning
// in the whole world, of which the region is too small a part to matter: a policy here makes nothing cheaper
// for the rest.
#include "ketsim/base/portable_math.hpp"
#include "ketsim/engine/process.hpp"

namespace ketsim {
namespace {

class Market final : public Process {
 public:
  using Parameters = ProcessParameters;
  Market(const Setup&, const Parameters&) {}

  void step(Context& context) override {
    World& world = context.world;
    for (std::size_t k = 0; k < world.ket_count(); ++k) {
      for (std::size_t s = 0; s < world.living_in_sector.size(); ++s) {
        const auto firms = static_cast<double>(world.living_in_sector[s]);
        world.rivals[k][s] = firms > 0.0 ? static_cast<double>(world.users_in_sector[k][s]) / firms : 0.0;
      }
      const double years = (context.month() + 1) / 12.0;
      world.cost_factor[k] = portable_exp(-world.geography->kets[k].cost_decline * years);
    }
  }
};

const Schema<ProcessParameters>& market_schema() {
  static const Schema<ProcessParameters> schema =
      Schema<ProcessParameters>("market", "Rivals and the world's learning change benefits and costs")
          .boolean(&ProcessParameters::enabled, enabled_declaration());
  return schema;
}

const RegisterProcess<Market> registered{market_schema(), Phase::spill_over, 10,
                                         "users and living firms by sector, months passed",
                                         "rivals, cost_factor"};

}  // namespace
}  // namespace ketsim
