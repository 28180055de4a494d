// Looking up what two firms have been to each other: a pair that knows each other, and a pair of strangers.
#include <benchmark/benchmark.h>

#include <cstdint>

#include "ketsim/model/ties.hpp"
#include "ketsim/rng/mix.hpp"

namespace ketsim {
namespace {

constexpr std::uint64_t contacts_each = 4;  //!< sought by a firm: it has twice as many on average

Actor acquaintance_of(std::uint64_t firm, std::uint64_t nth, std::uint64_t firms) {
  return actor(FirmId((firm + 1 + join_keys(firm, nth) % (firms - 1)) % firms));  // anybody but itself
}

Contacts random_contacts(std::uint64_t firms) {
  Contacts contacts;
  for (std::uint64_t firm = 0; firm < firms; ++firm) {
    for (std::uint64_t nth = 0; nth < contacts_each; ++nth)
      contacts.between(actor(FirmId(firm)), acquaintance_of(firm, nth, firms)).strength = 0.5F;
  }
  return contacts;
}

// From nth = contacts_each on the other firm is a stranger, but for a few.
void look_up(benchmark::State& state, std::uint64_t nth) {
  const auto firms = static_cast<std::uint64_t>(state.range(0));
  const Contacts contacts = random_contacts(firms);
  std::uint64_t turn = 0;
  for (auto _ : state) {
    const std::uint64_t firm = mix64(turn++) % firms;
    benchmark::DoNotOptimize(contacts.find(actor(FirmId(firm)), acquaintance_of(firm, nth, firms)));
  }
}

void find_acquaintance(benchmark::State& state) {
  look_up(state, 0);
}
void find_stranger(benchmark::State& state) {
  look_up(state, contacts_each);
}
BENCHMARK(find_acquaintance)->Arg(2'000)->Arg(200'000);
BENCHMARK(find_stranger)->Arg(2'000)->Arg(200'000);

}  // namespace
}  // namespace ketsim
