// Entry: new firms that no policy brings or prevents.
//
//   entrants of a cell (region, sector, size class) in a month
//     ~ Poisson(entry_rate[size class] / 12 * founders)
// drawn under (cell, month). An entrant's identity is (cell, month, index); its traits are drawn as founders'
// are. It knows a KET as often as founders did, uses none, and finds its peers when ties are renewed. Firms
// do not grow from one size class into the next: entrants of the larger classes stand for those that would.
#include <array>

#include "ketsim/engine/process.hpp"
#include "ketsim/rng/samplers.hpp"

namespace ketsim {
namespace {

struct EntryParameters : ProcessParameters {
  std::map<std::string, double> entry_rate{
      {"micro", 0.05}, {"small", 0.03}, {"medium", 0.02}, {"large", 0.01}};
};

const Schema<EntryParameters>& entry_schema() {
  using P = EntryParameters;
  static const Schema<P> schema =
      Schema<P>("entry", "New firms enter, whatever the policy")
          .boolean(&P::enabled, enabled_declaration())
          .reals(
              &P::entry_rate,
              {.name = "entry_rate",
               .unit = "1/yr",
               .range = {0, 12},
               .plausible = {0.005, 0.11},
               .doc = "entrants in a year over the founders of their size class, in each region and sector",
               .source =
                   "assumption: as many as close, so that the population keeps its size (Eurostat, "
                   "business demography 2021: births 10.7 %, deaths 8.5 % of all enterprises of the EU)",
               .grade = Grade::assumption});
  return schema;
}

class Entrants final : public Process {
 public:
  using Parameters = EntryParameters;
  Entrants(const Setup& setup, const Parameters& parameters) {
    for (const PopulationCell& cell : setup.population.cells) {
      const std::string& size = size_class_names()[static_cast<std::size_t>(cell.size)];
      const auto rate = parameters.entry_rate.find(size);
      if (rate == parameters.entry_rate.end() || rate->second <= 0.0) continue;
      const std::string& region = setup.geography->region(cell.region).code;
      cells_.push_back(
          {cell_key(region, cell.sector.index(), cell.size), cell, rate->second / 12.0 * cell.count});
    }
  }

  void step(Context& context) override {
    const RandomKey draws = context.world.randomness.key(Purpose::entry);
    entrants_.clear();
    for (const Cell& cell : cells_) {
      Stream draw(draws, cell.key, static_cast<std::uint32_t>(context.month()));
      const std::uint32_t entrants = poisson(draw, cell.mean);
      for (std::uint32_t index = 0; index < entrants; ++index) {
        entrants_.push_back({entrant_key(cell.key, context.month(), index), cell.firms.region,
                             cell.firms.sector, cell.firms.size, Origin::entrant});
      }
    }
    enter_firms(context.world, context.scenario(), entrants_);
  }

 private:
  struct Cell {
    StableKey key;
    PopulationCell firms;  //!< founders
    double mean;           //!< entrants [1/month]
  };
  std::vector<Cell> cells_;
  std::vector<FirmIdentity> entrants_;  //!< of the month
};

const RegisterProcess<Entrants> registered{entry_schema(), Phase::enter, 20,
                                           "founders by region, sector, size", "firms (rows more), contacts"};

}  // namespace
}  // namespace ketsim
