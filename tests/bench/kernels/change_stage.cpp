// A firm adopts a KET, or gives it up: its own row and the exposure of all its neighbours change. Firms come
// in random order, as they do in a run: in the large world nearly every neighbour is a cache miss.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <string>

#include "ketsim/rng/mix.hpp"
#include "support/small_world.hpp"

namespace ketsim {
namespace {

void change_stage_of_a_firm(benchmark::State& state) {
  const auto setup =
      setup_of("no_programme.yaml", {"population.scope=enterprises", "time.end=2014-12", "horizons=[2014-12]",
                                     "population.agents=" + std::to_string(state.range(0))});
  Simulation simulation(setup, 1, 0);
  World& world = simulation.world();
  const KetId ket(std::size_t{0});
  std::uint64_t turn = 0;
  for (auto _ : state) {
    const FirmId firm(mix64(turn++) % world.firms.count());
    const bool gives_up = world.firms.stage(firm, ket) == Stage::confirmed;
    world.change_stage(firm, ket, gives_up ? Stage::discontinued : Stage::confirmed, Trigger::usage);
    if (world.changes.size() == 4096) world.changes.clear();  // as at the end of a month
  }
}
BENCHMARK(change_stage_of_a_firm)->Arg(2'000)->Arg(200'000);

}  // namespace
}  // namespace ketsim
