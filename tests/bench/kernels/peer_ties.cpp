// A year's renewal of the network: firms seek some ties anew, the rows of neighbours are built from what all
// firms seek, and exposures are counted. An item is one firm.
#include <benchmark/benchmark.h>

#include <cstdint>

#include "ketsim/engine/population.hpp"
#include "support/small_world.hpp"

namespace ketsim {
namespace {

void renew_ties_of_a_year(benchmark::State& state) {
  const auto setup =
      setup_of("no_programme.yaml", {"population.scope=enterprises", "time.end=2014-12", "horizons=[2014-12]",
                                     "population.agents=" + std::to_string(state.range(0))});
  Simulation simulation(setup, 1, 0);
  std::uint32_t year = 1;
  for (auto _ : state) renew_ties(simulation.world(), setup->scenario, year++);
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(renew_ties_of_a_year)->Arg(10'000)->Arg(100'000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace ketsim
