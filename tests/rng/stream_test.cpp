// Draws belong to (seed, replicate, purpose, entity, partner, index) and to nothing else, and keep their
// bits.
#include "ketsim/rng/stream.hpp"

#include <gtest/gtest.h>

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <random>
#include <set>
#include <vector>

namespace ketsim {
namespace {

static_assert(std::uniform_random_bit_generator<Stream>);

using Words = std::array<std::uint32_t, 4>;
using Key = std::array<std::uint32_t, 2>;

Words philox(Words counter, Key key) {
  const auto block =
      r123::Philox4x32()({{counter[0], counter[1], counter[2], counter[3]}}, {{key[0], key[1]}});
  return {block.v[0], block.v[1], block.v[2], block.v[3]};
}

// The lines "philox4x32 10" of kat_vectors in the distribution of Random123.
TEST(Stream, PhiloxMeetsItsKnownAnswers) {
  constexpr std::uint32_t ones = 0xffffffffU;
  EXPECT_EQ(philox({0, 0, 0, 0}, {0, 0}), (Words{0x6627e8d5U, 0xe169c58dU, 0xbc57ac4cU, 0x9b00dbd8U}));
  EXPECT_EQ(philox({ones, ones, ones, ones}, {ones, ones}),
            (Words{0x408f276dU, 0x41c83b0eU, 0xa20bc7c6U, 0x6d5451fdU}));
  EXPECT_EQ(philox({0x243f6a88U, 0x85a308d3U, 0x13198a2eU, 0x03707344U}, {0xa4093822U, 0x299f31d0U}),
            (Words{0xd16cfe09U, 0x94fdccebU, 0x5001e420U, 0x24126ea1U}));
}

TEST(Stream, CounterHoldsEntityPartnerAndBlock) {
  const RandomKey key(11, 2, Purpose::jury);
  const Key words{static_cast<std::uint32_t>(key.bits()), static_cast<std::uint32_t>(key.bits() >> 32)};
  Stream stream(key, 0x0123456789abcdefULL, 77);
  for (std::uint32_t block = 0; block < 3; ++block) {
    for (const std::uint32_t expected : philox({0x89abcdefU, 0x01234567U, 77, block}, words))
      EXPECT_EQ(stream(), expected);
  }
}

TEST(Stream, GoldenWordsStay) {
  Stream stream = Randomness(2024, 3).stream(Purpose::awareness, 42, 7);
  for (const std::uint32_t golden :
       {0xd3df795fU, 0x01459065U, 0x5e0d6248U, 0x6b6b727eU, 0xb0185abcU, 0x6211abc4U}) {
    EXPECT_EQ(stream(), golden);
  }
}

TEST(Stream, ManyFirstDrawsAreThoseOfEachEntity) {
  const RandomKey key(3, 1, Purpose::outreach_choice);
  std::vector<std::uint64_t> entities;
  for (std::uint64_t entity = 0; entity < 37; ++entity) entities.push_back(entity * 0x9e3779b97f4a7c15ULL);
  for (const std::size_t count : {0U, 1U, 7U, 8U, 9U, 37U}) {  // eight at a time, and what is left
    std::vector<std::uint64_t> bits(entities.size(), 1);
    first_bits(key, {entities.data(), count}, 0xfedcba98U, bits);
    for (std::size_t i = 0; i < entities.size(); ++i)
      EXPECT_EQ(bits[i], i < count ? first_bits(key, entities[i], 0xfedcba98U) : 1U) << i << " of " << count;
  }
}

TEST(Stream, SameNameGivesSameDrawsInAnyOrder) {
  const Randomness randomness(5, 1);
  Stream first = randomness.stream(Purpose::lottery, 9);
  Stream other = randomness.stream(Purpose::lottery, 10);
  Stream second = randomness.stream(Purpose::lottery, 9);
  for (int i = 0; i < 100; ++i) {
    other();
    ASSERT_EQ(first(), second());
  }
}

//! The correlation of the first words of two families of streams over n entities, in its standard errors.
template <class First, class Second>
double correlation(First first, Second second) {
  constexpr int n = 200000;
  double sum = 0.0;
  for (std::uint64_t entity = 0; entity < n; ++entity) {
    const double a = first(entity)() * 0x1p-32 - 0.5;
    const double b = second(entity)() * 0x1p-32 - 0.5;
    sum += a * b;
  }
  return sum * 12.0 / std::sqrt(static_cast<double>(n));  // each factor has the variance 1/12
}

// Tolerance of all four: 4 standard errors.
TEST(Stream, StreamsOfDifferentPurposesAreUncorrelated) {
  const Randomness randomness(1, 0);
  const auto base = [&](std::uint64_t entity) { return randomness.stream(Purpose::awareness, entity); };
  EXPECT_NEAR(correlation(base, [&](auto entity) { return randomness.stream(Purpose::interest, entity); }),
              0.0, 4.0);
}

TEST(Stream, StreamsOfNeighbouringEntitiesAreUncorrelated) {
  const Randomness randomness(1, 0);
  const auto base = [&](std::uint64_t entity) { return randomness.stream(Purpose::awareness, entity); };
  EXPECT_NEAR(
      correlation(base, [&](auto entity) { return randomness.stream(Purpose::awareness, entity + 1); }), 0.0,
      4.0);
}

TEST(Stream, StreamsOfDifferentPartnersAreUncorrelated) {
  const Randomness randomness(1, 0);
  const auto base = [&](std::uint64_t entity) { return randomness.stream(Purpose::tie_partner, entity, 1); };
  EXPECT_NEAR(
      correlation(base, [&](auto entity) { return randomness.stream(Purpose::tie_partner, entity, 2); }), 0.0,
      4.0);
}

TEST(Stream, StreamsOfDifferentReplicatesAndSeedsAreUncorrelated) {
  const auto of = [](std::uint64_t seed, std::uint32_t replicate) {
    return [=](std::uint64_t entity) { return Randomness(seed, replicate).stream(Purpose::jury, entity); };
  };
  EXPECT_NEAR(correlation(of(1, 0), of(1, 1)), 0.0, 4.0);
  EXPECT_NEAR(correlation(of(1, 0), of(2, 0)), 0.0, 4.0);
}

TEST(Stream, KeysOfOneSeedNeverCoincide) {
  std::set<std::uint64_t> keys;
  for (std::uint32_t replicate = 0; replicate < 1000; ++replicate) {
    for (std::uint32_t purpose = 0; purpose < 50; ++purpose) {
      keys.insert(RandomKey(7, replicate, static_cast<Purpose>(purpose)).bits());
    }
  }
  EXPECT_EQ(keys.size(), 50000U);
}

TEST(Mix, Mix64IsSplitMix) {
  // The first outputs of SplitMix64 from the state 0, as published with it.
  EXPECT_EQ(mix64(0), 0xe220a8397b1dcdafULL);
  EXPECT_EQ(mix64(0x9e3779b97f4a7c15ULL), 0x6e789e6aa1b965f4ULL);
}

TEST(Mix, OneBitOfAKeyChangesHalfOfTheResult) {
  double flipped = 0.0;
  for (int bit = 0; bit < 64; ++bit) {
    for (std::uint64_t key = 0; key < 1000; ++key) {
      flipped += std::popcount(fold32(key) ^ fold32(key ^ std::uint64_t{1} << bit));
    }
  }
  EXPECT_NEAR(flipped / 64000.0, 16.0, 4.0 * std::sqrt(8.0 / 64000.0));  // 4 standard errors
}

TEST(Mix, JoinedKeysDependOnTheOrder) {
  EXPECT_NE(join_keys(1, 2), join_keys(2, 1));
  EXPECT_NE(join_keys(0, 0), 0U);
}

}  // namespace
}  // namespace ketsim
