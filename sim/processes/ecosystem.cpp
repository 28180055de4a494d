// Strength of the ecosystem of a region: the share of its living firms that use a KET. Who has adopters
// nearby doubts less (engine/valuation.hpp). Users are kept up from the changes of the month.
#include "ketsim/engine/process.hpp"

namespace ketsim {
namespace {

class Ecosystem final : public Process {
 public:
  using Parameters = ProcessParameters;
  Ecosystem(const Setup&, const Parameters&) {}

  void step(Context& context) override {
    World& world = context.world;
    if (users_.empty())
      count_users(world);
    else
      update_users(world);
    firms_.assign(world.geography->regions.size(), 0.0);
    for (std::size_t i = 0; i < world.firms.count(); ++i) {
      if (world.firms.alive[FirmId(i)]) firms_[world.firms.region[FirmId(i)]] += 1.0;
    }
    for (std::size_t k = 0; k < world.ket_count(); ++k) {
      for (std::size_t r = 0; r < firms_.size(); ++r)
        world.ecosystem[k][r] = firms_[r] > 0.0 ? users_[k][r] / firms_[r] : 0.0;
    }
  }

 private:
  void count_users(const World& world) {
    users_.assign(world.ket_count(), std::vector<double>(world.geography->regions.size(), 0.0));
    for (std::size_t k = 0; k < world.ket_count(); ++k) {
      for (std::size_t i = 0; i < world.firms.count(); ++i) {
        if (uses(world.firms.stage(FirmId(i), KetId(k)))) users_[k][world.firms.region[FirmId(i)]] += 1.0;
      }
    }
  }

  void update_users(const World& world) {
    for (const StageChange& change : world.changes) {
      const int step = static_cast<int>(uses(change.to)) - static_cast<int>(uses(change.from));
      users_[change.ket.index()][world.firms.region[change.firm]] += step;
    }
  }

  std::vector<double> firms_;               //!< living firms by region
  std::vector<std::vector<double>> users_;  //!< firms that use it, by KET and region
};

const Schema<ProcessParameters>& ecosystem_schema() {
  static const Schema<ProcessParameters> schema =
      Schema<ProcessParameters>("ecosystem", "Adopters of a region make its other firms doubt less")
          .boolean(&ProcessParameters::enabled, enabled_declaration());
  return schema;
}

const RegisterProcess<Ecosystem> registered{ecosystem_schema(), Phase::spill_over, 15,
                                            "changes of stage, living firms", "ecosystem"};

}  // namespace
}  // namespace ketsim
