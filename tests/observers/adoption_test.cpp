// Outputs on adoption: stocks kept up by changes equal those counted afresh, and totals their parts.
#include <gtest/gtest.h>

#include "ketsim/engine/observer.hpp"
#include "support/last_month.hpp"
#include "support/small_world.hpp"

namespace ketsim {
namespace {

TEST(AdoptionOutputs, StocksKeptUpByChangesEqualThoseCountedAfresh) {
  Simulation& rocket = finished_rocket();
  const World& world = rocket.world();
  const Firms& firms = world.firms;
  const Geography& geography = *world.geography;
  std::vector<double> adopters(
      geography.regions.size() * geography.sectors.size() * world.ket_count() * size_class_count, 0.0);
  std::vector<double> stages(stage_count * world.ket_count(), 0.0);
  for (std::size_t i = 0; i < firms.count(); ++i) {
    const FirmId firm(i);
    for (std::size_t k = 0; k < world.ket_count(); ++k) {
      const Stage stage = firms.stage(firm, KetId(k));
      stages[static_cast<std::size_t>(stage) * world.ket_count() + k] += 1.0;
      const std::size_t cell =
          ((firms.region[firm] * geography.sectors.size() + firms.sector[firm]) * world.ket_count() + k) *
              size_class_count +
          static_cast<std::size_t>(firms.size[firm]);
      adopters[cell] += uses(stage) ? 1.0 : 0.0;
    }
  }
  EXPECT_EQ(last_cells(rocket, "adopters"), adopters);
  EXPECT_EQ(last_cells(rocket, "pairs_in_stage"), stages);
  EXPECT_EQ(last(rocket, "firms_adopting"),
            count_firms(world, [&](FirmId firm) { return firms.kets_used[firm] > 0; }));
  EXPECT_EQ(last(rocket, "firms_aware"),
            count_firms(world, [&](FirmId firm) { return firms.kets_known[firm] > 0; }));
}

TEST(AdoptionOutputs, TotalsByRegionAreCountedAfreshAsWell) {
  Simulation& rocket = finished_rocket();
  const World& world = rocket.world();
  const std::size_t regions = world.geography->regions.size();
  std::vector<double> pairs(regions * world.ket_count(), 0.0);
  std::vector<double> adopting(regions, 0.0);
  for (std::size_t i = 0; i < world.firms.count(); ++i) {
    const FirmId firm(i);
    const std::size_t region = world.firms.region[firm];
    for (std::size_t k = 0; k < world.ket_count(); ++k)
      pairs[region * world.ket_count() + k] += uses(world.firms.stage(firm, KetId(k))) ? 1.0 : 0.0;
    adopting[region] += world.firms.kets_used[firm] > 0 ? 1.0 : 0.0;
  }
  EXPECT_EQ(last_cells(rocket, "adopters_by_region"), pairs);
  EXPECT_EQ(last_cells(rocket, "firms_adopting_by_region"), adopting);
  EXPECT_EQ(monthly(rocket, "adopters_by_region"), monthly(rocket, "adopters"));
  EXPECT_EQ(monthly(rocket, "firms_adopting_by_region"), monthly(rocket, "firms_adopting"));
}

// Pairs of firms that entered so far, those of firms that left among them.
TEST(AdoptionOutputs, PairsByStageAddUpToAllPairsInEveryMonth) {
  Simulation& rocket = finished_rocket();
  const std::vector<double> pairs = monthly(rocket, "pairs_in_stage");
  const std::vector<double> entries = monthly(rocket, "entries");
  const double kets = static_cast<double>(rocket.world().ket_count());
  for (std::size_t m = 1; m < pairs.size(); ++m) ASSERT_EQ(pairs[m] - pairs[m - 1], kets * entries[m]);
  EXPECT_EQ(pairs.back(), static_cast<double>(rocket.world().firms.count()) * kets);
}

// Adopters at the end = at the start + adoptions - discontinued (which only ever grow while nobody leaves).
TEST(AdoptionOutputs, AdoptersChangeByAdoptionsAndDiscontinuation) {
  Overrides changes = until_rocket_is_over();
  changes.emplace_back("processes[exit].enabled=false");
  const auto world_run = run_of("rocket.yaml", changes, 3);
  Simulation& rocket = *world_run;
  const std::vector<double> stock = monthly(rocket, "adopters");
  const std::vector<double> flow = monthly(rocket, "adoptions");
  const std::size_t kets = rocket.world().ket_count();
  const std::vector<double> stages = last_cells(rocket, "pairs_in_stage");
  double discontinued = 0.0;
  for (std::size_t k = 0; k < kets; ++k)
    discontinued += stages[static_cast<std::size_t>(Stage::discontinued) * kets + k];
  double adoptions = 0.0;
  for (std::size_t m = 1; m < flow.size(); ++m) adoptions += flow[m];
  EXPECT_EQ(stock.back(), stock.front() + adoptions - discontinued);
  EXPECT_GT(discontinued, 0.0);
}

}  // namespace
}  // namespace ketsim
