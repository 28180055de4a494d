// Strength of the ecosystem of a region: the share of its living firms that use a KET. Who has adopters
// nearby doubts less (engine/valuation.hpp). Users and living firms are counted once and then kept up from
// the log of the month, which is complete when firms have left.
#include "ketsim/engine/process.hpp"

namespace ketsim {
namespace {

class Ecosystem final : public Process {
 public:
  using Parameters = ProcessParameters;
  Ecosystem(const Setup&, const Parameters&) {}

  void step(Context& context) override {
    World& world = context.world;
    if (living_.empty())
      count_all(world);
    else
      keep_up(world);
    for (std::size_t k = 0; k < world.ket_count(); ++k) {
      for (std::size_t r = 0; r < living_.size(); ++r)
        world.ecosystem[k][r] = living_[r] > 0.0 ? users_[k][r] / living_[r] : 0.0;
    }
  }

 private:
  void count_all(const World& world) {
    living_.assign(world.geography->regions.size(), 0.0);
    users_.assign(world.ket_count(), living_);
    for (std::size_t i = 0; i < world.firms.count(); ++i) {
      const std::size_t region = world.firms.region[FirmId(i)];
      living_[region] += world.firms.alive[FirmId(i)];
      for (std::size_t k = 0; k < world.ket_count(); ++k)
        users_[k][region] += uses(world.firms.stage(FirmId(i), KetId(k))) ? 1.0 : 0.0;
    }
  }

  void keep_up(const World& world) {
    for (const Entry& entry : world.entries) living_[world.firms.region[entry.firm]] += 1.0;
    for (const FirmId firm : world.exits) living_[world.firms.region[firm]] -= 1.0;
    for (const StageChange& change : world.changes) {
      const int step = static_cast<int>(uses(change.to)) - static_cast<int>(uses(change.from));
      users_[change.ket.index()][world.firms.region[change.firm]] += step;
    }
  }

  std::vector<double> living_;              //!< firms by region
  std::vector<std::vector<double>> users_;  //!< firms that use it, by KET and region
};

const Schema<ProcessParameters>& ecosystem_schema() {
  static const Schema<ProcessParameters> schema =
      Schema<ProcessParameters>("ecosystem", "Adopters of a region make its other firms doubt less")
          .boolean(&ProcessParameters::enabled, enabled_declaration());
  return schema;
}

const RegisterProcess<Ecosystem> registered{ecosystem_schema(), Phase::exit, 20,
                                            "changes of stage, entries, exits", "ecosystem"};

}  // namespace
}  // namespace ketsim
