// Ten thousand firms of a million change their stage in a month: their peers are told by ranges of rows, or
// firm by firm. An item is one change. And exposures counted anew for all firms; an item is one firm.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <vector>

#include "ketsim/model/stage_change.hpp"
#include "ketsim/parallel/rows.hpp"
#include "support/small_world.hpp"

namespace ketsim {
namespace {

Simulation& large_world() {
  static Simulation simulation(
      setup_of("no_programme.yaml", {"population.scope=enterprises", "time.end=2014-12", "horizons=[2014-12]",
                                     "population.agents=1000000", "network.mean_degree=10"}),
      1, 0);
  return simulation;
}

std::vector<StageChange> one_in_a_hundred() {
  std::vector<StageChange> changes;
  for (std::size_t i = 0; i < 1'000'000; i += 100)
    changes.push_back({FirmId(i), KetId(std::size_t{0}), Stage::unaware, Stage::adopted});
  return changes;
}

void spread(benchmark::State& state, std::size_t at_once) {
  const ThreadLimit limit(1);
  World& world = large_world().world();
  const std::vector<StageChange> changes = one_in_a_hundred();
  ExposureSpread exposures;
  for (auto _ : state) {
    for (std::size_t first = 0; first < changes.size(); first += at_once)
      exposures.spread(world.firms, world.peers, std::span(changes).subspan(first, at_once));
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(changes.size()));
}
BENCHMARK_CAPTURE(spread, exposures_by_range, 10'000)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(spread, exposures_firm_by_firm, 1'000)->Unit(benchmark::kMicrosecond);

void count_exposures_anew(benchmark::State& state) {
  const ThreadLimit limit(1);
  World& world = large_world().world();
  for (auto _ : state) world.count_exposures();
  state.SetItemsProcessed(state.iterations() * 1'000'000);
}
BENCHMARK(count_exposures_anew)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace ketsim
