// A month of hazards against thresholds, for a million firms: in vectors, and one firm after the other. An
// item is one firm.
#include <benchmark/benchmark.h>

#include <array>
#include <cstdint>
#include <vector>

#include "ketsim/engine/hazard_rows.hpp"

namespace ketsim {
namespace {

constexpr std::size_t firms = 1'000'000;

struct Rows {
  std::vector<Stage> stage = std::vector<Stage>(firms, Stage::unaware);
  std::vector<float> rate = std::vector<float>(firms, 0.003F);
  std::vector<Hazard> remaining = std::vector<Hazard>(firms, certain_hazard);
};

void take_hazards_in_vectors(benchmark::State& state) {
  Rows rows;
  std::array<Hazard, rows_at_once> dose;
  std::array<std::uint16_t, rows_at_once> passed;
  for (auto _ : state) {
    std::size_t passing = 0;
    for (std::size_t first = 0; first < firms; first += rows_at_once) {
      const std::size_t count = std::min(rows_at_once, firms - first);
      doses_of_hazards(count, rows.rate.data() + first, dose.data());
      passing += take_doses(Stage::unaware, count, rows.stage.data() + first, dose.data(),
                            rows.remaining.data() + first, passed.data());
    }
    benchmark::DoNotOptimize(passing);
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(firms));
}
BENCHMARK(take_hazards_in_vectors)->Unit(benchmark::kMicrosecond);

void take_hazards_one_by_one(benchmark::State& state) {
  Rows rows;
  for (auto _ : state) {
    std::size_t passing = 0;
    for (std::size_t i = 0; i < firms; ++i) {
      if (rows.stage[i] == Stage::unaware)
        passing += accumulate(rows.remaining[i], to_hazard(static_cast<double>(rows.rate[i]))) ? 1 : 0;
    }
    benchmark::DoNotOptimize(passing);
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(firms));
}
BENCHMARK(take_hazards_one_by_one)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace ketsim
