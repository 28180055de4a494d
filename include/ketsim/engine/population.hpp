// Population synthesis: from regional counts to one agent per firm, with totals exact at every level.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "ketsim/base/diagnostics.hpp"
#include "ketsim/model/world.hpp"
#include "ketsim/scenario/scenario.hpp"

namespace ketsim {

//! Firms to be made of one region, sector and size class. Founders are numbered 0 to count - 1 in their cell,
//! so that the firms of a narrow scope are the first firms of every wider one.
struct PopulationCell {
  RegionId region;
  SectorId sector;
  SizeClass size = SizeClass::micro;
  std::uint32_t count = 0;
};

struct PopulationPlan {
  std::vector<PopulationCell> cells;  //!< sorted by region, sector, size class; empty cells left out
  std::uint64_t firms = 0;
  [[nodiscard]] std::uint64_t smes() const;
};

//! Parts of `total` in proportion to `weights`, whole numbers that add up to it exactly (Hamilton's method:
//! remainders by size, ties to the earlier part). Weights that sum to 0 give 0 to all.
[[nodiscard]] std::vector<std::uint64_t> largest_remainder(const std::vector<double>& weights,
                                                           std::uint64_t total);

[[nodiscard]] std::shared_ptr<const Geography> make_geography(const Scenario& scenario,
                                                              Diagnostics& problems);
[[nodiscard]] PopulationPlan plan_population(const Scenario& scenario, const Geography& geography,
                                             Diagnostics& problems);

//! Problems of the table of organisations: columns, ids, types, countries, places.
void check_organisations(const Scenario& scenario, const Geography& geography, Diagnostics& problems);

//! Firms with their traits and their state at the start.
void found_firms(World& world, const Scenario& scenario, const PopulationPlan& plan);
//! Universities, institutes and intermediaries from the table of organisations.
void found_organisations(World& world, const Scenario& scenario);
//! Peer ties, advice ties and ties to research.
void found_ties(World& world, const Scenario& scenario, const PopulationPlan& plan);
//! Who uses or knows a KET at the start.
void found_adoption(World& world, const Scenario& scenario);

}  // namespace ketsim
