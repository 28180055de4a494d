// Market: what adoption does to others. The benefit of a KET falls with the share of rivals (firms of the
// same sector) that use it; part of it is taken from the margins of those that do not. Costs fall by learning
// in the whole world, of which the region is too small a part to matter: a policy here makes nothing cheaper
// for the rest.
#include <algorithm>

#include "ketsim/base/portable_math.hpp"
#include "ketsim/engine/process.hpp"

namespace ketsim {
namespace {

class Market final : public Process {
 public:
  using Parameters = ProcessParameters;
  Market(const Setup& setup, const Parameters&) {
    sizes_.resize(setup.geography->sectors.size(), 0.0);
    for (const PopulationCell& cell : setup.population.cells) sizes_[cell.sector.index()] += cell.count;
  }

  void step(Context& context) override {
    World& world = context.world;
    if (users_.empty())
      count(world);
    else
      update(world);
    for (std::size_t k = 0; k < world.ket_count(); ++k) {
      for (std::size_t s = 0; s < sizes_.size(); ++s)
        world.rivals[k][s] = sizes_[s] > 0.0 ? users_[k][s] / sizes_[s] : 0.0;
      const double years = (context.month() + 1) / 12.0;
      world.cost_factor[k] = portable_exp(-world.geography->kets[k].cost_decline * years);
    }
  }

 private:
  void count(const World& world) {
    users_.assign(world.ket_count(), std::vector<double>(sizes_.size(), 0.0));
    for (std::size_t k = 0; k < world.ket_count(); ++k) {
      for (std::size_t i = 0; i < world.firms.count(); ++i) {
        if (uses(world.firms.stage(FirmId(i), KetId(k)))) users_[k][world.firms.sector[FirmId(i)]] += 1.0;
      }
    }
  }

  void update(const World& world) {
    for (const StageChange& change : world.changes) {
      const int step = static_cast<int>(uses(change.to)) - static_cast<int>(uses(change.from));
      users_[change.ket.index()][world.firms.sector[change.firm]] += step;
    }
  }

  std::vector<double> sizes_;               //!< firms by sector
  std::vector<std::vector<double>> users_;  //!< firms that use it, by KET and sector
};

const Schema<ProcessParameters>& market_schema() {
  static const Schema<ProcessParameters> schema =
      Schema<ProcessParameters>("market", "Rivals and the world's learning change benefits and costs")
          .boolean(&ProcessParameters::enabled, enabled_declaration());
  return schema;
}

const RegisterProcess<Market> registered{market_schema(), Phase::spill_over, 10,
                                         "changes of stage, months passed", "rivals, cost_factor"};

}  // namespace
}  // namespace ketsim
