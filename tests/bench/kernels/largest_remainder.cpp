// Whole numbers in proportion to weights: what a scope of many cells costs at set-up. An item is one cell.
#include <benchmark/benchmark.h>

#include <cstddef>
#include <vector>

#include "ketsim/engine/population.hpp"

namespace ketsim {
namespace {

void largest_remainder_of_cells(benchmark::State& state) {
  std::vector<double> weights(static_cast<std::size_t>(state.range(0)));
  for (std::size_t i = 0; i < weights.size(); ++i) weights[i] = 1.0 + static_cast<double>(i * 7919 % 1000);
  for (auto _ : state) benchmark::DoNotOptimize(largest_remainder(weights, 1'000'000));
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(largest_remainder_of_cells)->Arg(16)->Arg(256)->Arg(4096);

}  // namespace
}  // namespace ketsim
