// Random numbers that belong to an entity and a purpose, never to a thread or to an order of events.
//
// A generator with a state would tie every draw to all draws before it: one more firm, one more thread or
// another policy, and all firms meet other luck. Here a draw is a pure function of its name,
//
//   draw = Philox4x32-10(key = hash(seed, replicate, purpose),
//                        counter = (entity, partner or attempt, draw index)),
//
// a counter-based generator (Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3", SC'11) that
// passes BigCrush. The twins of a comparison thus differ in nothing but the policy, and any split of the work
// among threads or machines gives the same bits.
#pragma once

#include <Random123/philox.h>

#include <cstdint>
#include <limits>
#include <span>

#include "ketsim/rng/mix.hpp"
#include "ketsim/rng/purpose.hpp"

namespace ketsim {

//! Key of all draws for one purpose in one replicate. For one seed no two (replicate, purpose) share a key.
class RandomKey {
 public:
  constexpr RandomKey(std::uint64_t seed, std::uint32_t replicate, Purpose purpose)
      : bits_(join_keys(seed, std::uint64_t{replicate} << 32 | static_cast<std::uint32_t>(purpose))) {}
  [[nodiscard]] constexpr std::uint64_t bits() const { return bits_; }

 private:
  std::uint64_t bits_;
};

//! The draws of one entity (and partner, or attempt) for one purpose: a UniformRandomBitGenerator of 32-bit
//! words. Made where it is needed and thrown away; a first draw costs 10 to 20 ns. It holds at most 2^34
//! words.
class Stream {
 public:
  using result_type = std::uint32_t;

  Stream(RandomKey key, std::uint64_t entity, std::uint32_t partner_or_attempt = 0)
      : key_{{low(key.bits()), high(key.bits())}},
        counter_{{low(entity), high(entity), partner_or_attempt, 0}} {}

  //! The next 32 bits. Philox makes four words at a time; the fourth word of the counter numbers these
  //! blocks.
  result_type operator()() {
    if (used_ == 4) {
      block_ = r123::Philox4x32()(counter_, key_);
      ++counter_.v[3];
      used_ = 0;
    }
    return block_.v[used_++];
  }

  static constexpr result_type min() { return 0; }
  static constexpr result_type max() { return std::numeric_limits<result_type>::max(); }

 private:
  static constexpr std::uint32_t low(std::uint64_t word) { return static_cast<std::uint32_t>(word); }
  static constexpr std::uint32_t high(std::uint64_t word) { return static_cast<std::uint32_t>(word >> 32); }

  r123::Philox4x32::key_type key_;
  r123::Philox4x32::ctr_type counter_;
  r123::Philox4x32::ctr_type block_{};
  std::uint32_t used_ = 4;  //!< words of block_ already given out; 4: none left
};

//! random_bits(stream) of a new Stream(key, entity, partner_or_attempt), for loops over all firms that draw
//! once each: 8 ns instead of 15, without what a stream keeps for its next draws.
inline std::uint64_t first_bits(RandomKey key, std::uint64_t entity, std::uint32_t partner_or_attempt) {
  const auto low = [](std::uint64_t word) { return static_cast<std::uint32_t>(word); };
  const auto high = [](std::uint64_t word) { return static_cast<std::uint32_t>(word >> 32); };
  const auto block = r123::Philox4x32()({{low(entity), high(entity), partner_or_attempt, 0}},
                                        {{low(key.bits()), high(key.bits())}});
  return std::uint64_t{block.v[1]} << 32 | block.v[0];
}

//! The same for many entities at once, bits[i] of entities[i]: 3 ns each where the processor has AVX2.
void first_bits(RandomKey key, std::span<const std::uint64_t> entities, std::uint32_t partner_or_attempt,
                std::span<std::uint64_t> bits);

//! All randomness of one world: hands out the stream of a purpose and an entity.
class Randomness {
 public:
  constexpr Randomness(std::uint64_t seed, std::uint32_t replicate) : seed_(seed), replicate_(replicate) {}

  //! Hoist the key out of a loop over entities where speed matters: Stream(randomness.key(purpose), entity).
  [[nodiscard]] constexpr RandomKey key(Purpose purpose) const { return {seed_, replicate_, purpose}; }
  [[nodiscard]] Stream stream(Purpose purpose, std::uint64_t entity,
                              std::uint32_t partner_or_attempt = 0) const {
    return {key(purpose), entity, partner_or_attempt};
  }
  [[nodiscard]] constexpr std::uint64_t seed() const { return seed_; }
  [[nodiscard]] constexpr std::uint32_t replicate() const { return replicate_; }

 private:
  std::uint64_t seed_;
  std::uint32_t replicate_;
};

}  // namespace ketsim
