// The price of the same bits on every machine: ketsim's own exp and log beside those of the C library.
#include <benchmark/benchmark.h>

#include <cmath>
#include <cstddef>
#include <vector>

#include "ketsim/base/portable_math.hpp"

namespace ketsim {
namespace {

constexpr std::size_t argument_count = 1024;  // fits in the first-level cache

// Throughput: the arguments do not depend on each other, as in a loop over firms.
template <class Function>
void over_arguments(benchmark::State& state, Function function) {
  std::vector<double> arguments(argument_count);
  for (std::size_t i = 0; i < argument_count; ++i) arguments[i] = 0.01 + 0.005 * static_cast<double>(i);
  for (auto _ : state) {
    for (const double x : arguments) benchmark::DoNotOptimize(function(x));
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(argument_count));
}

void exp_portable(benchmark::State& state) {
  over_arguments(state, [](double x) { return portable_exp(-x); });
}
void exp_of_the_library(benchmark::State& state) {
  over_arguments(state, [](double x) { return std::exp(-x); });
}
void log_portable(benchmark::State& state) {
  over_arguments(state, [](double x) { return portable_log(x); });
}
void log_of_the_library(benchmark::State& state) {
  over_arguments(state, [](double x) { return std::log(x); });
}
BENCHMARK(exp_portable);
BENCHMARK(exp_of_the_library);
BENCHMARK(log_portable);
BENCHMARK(log_of_the_library);

}  // namespace
}  // namespace ketsim
