// What chance costs: words of a stream, and the variates made of them. Draws are nearly always the first of
// their stream (one firm, one purpose, one decision), so that setting up the stream is part of the price.
#include <benchmark/benchmark.h>

#include <array>
#include <numeric>

#include "ketsim/rng/samplers.hpp"
#include "ketsim/rng/stream.hpp"
#include "ketsim/rng/threshold.hpp"

namespace ketsim {
namespace {

// One variate for each of a row of firms, each from a stream of its own.
template <class Sampler>
void draw_for_each_firm(benchmark::State& state, Sampler sampler) {
  const RandomKey key = Randomness(1, 0).key(Purpose::awareness);
  std::uint64_t firm = 0;
  for (auto _ : state) {
    Stream stream(key, firm++);
    benchmark::DoNotOptimize(sampler(stream));
  }
}

void next_word(benchmark::State& state) {
  Stream stream(Randomness(1, 0).key(Purpose::awareness), 0);
  for (auto _ : state) benchmark::DoNotOptimize(stream());
}

void first_word(benchmark::State& state) {
  draw_for_each_firm(state, [](Stream& stream) { return stream(); });
}
void uniform_of_firm(benchmark::State& state) {
  draw_for_each_firm(state, [](Stream& stream) { return uniform(stream); });
}
void exponential_threshold_of_firm(benchmark::State& state) {
  draw_for_each_firm(state, [](Stream& stream) { return exponential_threshold(stream); });
}
void lognormal_of_firm(benchmark::State& state) {
  draw_for_each_firm(state, [](Stream& stream) { return lognormal(stream, 1e5, 0.8); });
}
void first_bits_of_many_firms(benchmark::State& state) {
  const RandomKey key = Randomness(1, 0).key(Purpose::outreach_choice);
  constexpr std::size_t firms = 256;
  std::array<std::uint64_t, firms> bits{};
  std::array<std::uint64_t, firms> firm{};
  std::iota(firm.begin(), firm.end(), std::uint64_t{0});
  for (auto _ : state) {
    first_bits(key, firm, 1, bits);
    benchmark::DoNotOptimize(bits.data());
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * firms));
}
BENCHMARK(next_word);
BENCHMARK(first_word);
BENCHMARK(first_bits_of_many_firms);
BENCHMARK(uniform_of_firm);
BENCHMARK(exponential_threshold_of_firm);
BENCHMARK(lognormal_of_firm);

}  // namespace
}  // namespace ketsim
