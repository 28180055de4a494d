// Many first draws at once. Philox is integer arithmetic alone: vector instructions that only some processors
// have, found out at run time, give the same bits.
#include "ketsim/rng/stream.hpp"

#include "ketsim/base/contracts.hpp"

#if defined(__x86_64__) && defined(__GNUC__)
#define KETSIM_HAS_AVX2_KERNEL
#include <immintrin.h>
#endif

namespace ketsim {
namespace {

void first_bits_one_by_one(RandomKey key, std::span<const std::uint64_t> entities, std::uint32_t attempt,
                           std::uint64_t* bits) {
  for (std::size_t i = 0; i < entities.size(); ++i) bits[i] = first_bits(key, entities[i], attempt);
}

#ifdef KETSIM_HAS_AVX2_KERNEL

// Philox4x32-10 (Salmon et al. 2011) of eight entities in two vectors: a word of the counter stands in the
// low half of each lane of 64 bits, where the multiplication that this needs reads it; what stands in the
// high half is never read.
__attribute__((target("avx2"))) void eight_first_bits(RandomKey key, const std::uint64_t* entities,
                                                      std::uint32_t attempt, std::uint64_t* bits) {
  constexpr std::size_t vectors = 2;  // independent of each other: they fill each other's waiting times
  const __m256i multiplier_0 = _mm256_set1_epi64x(PHILOX_M4x32_0);
  const __m256i multiplier_1 = _mm256_set1_epi64x(PHILOX_M4x32_1);
  __m256i word_0[vectors];
  __m256i word_1[vectors];
  __m256i word_2[vectors];
  __m256i word_3[vectors];
  for (std::size_t v = 0; v < vectors; ++v) {
    word_0[v] = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(entities + 4 * v));
    word_1[v] = _mm256_srli_epi64(word_0[v], 32);
    word_2[v] = _mm256_set1_epi64x(attempt);
    word_3[v] = _mm256_setzero_si256();
  }
  auto key_0 = static_cast<std::uint32_t>(key.bits());
  auto key_1 = static_cast<std::uint32_t>(key.bits() >> 32);
  for (int round = 0; round < 10; ++round) {
    for (std::size_t v = 0; v < vectors; ++v) {
      const __m256i product_0 = _mm256_mul_epu32(word_0[v], multiplier_0);
      const __m256i product_1 = _mm256_mul_epu32(word_2[v], multiplier_1);
      word_0[v] = _mm256_srli_epi64(product_1, 32) ^ word_1[v] ^ _mm256_set1_epi64x(key_0);
      word_1[v] = product_1;
      word_2[v] = _mm256_srli_epi64(product_0, 32) ^ word_3[v] ^ _mm256_set1_epi64x(key_1);
      word_3[v] = product_0;
    }
    key_0 += PHILOX_W32_0;
    key_1 += PHILOX_W32_1;
  }
  const __m256i low = _mm256_set1_epi64x(0xffffffff);
  for (std::size_t v = 0; v < vectors; ++v)
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(bits + 4 * v),
                        _mm256_slli_epi64(word_1[v], 32) | (word_0[v] & low));
}

#endif

}  // namespace

void first_bits(RandomKey key, std::span<const std::uint64_t> entities, std::uint32_t partner_or_attempt,
                std::span<std::uint64_t> bits) {
  expect(entities.size() <= bits.size(), "a place for each draw");
  std::size_t done = 0;
#ifdef KETSIM_HAS_AVX2_KERNEL
  if (__builtin_cpu_supports("avx2") != 0) {
    for (; done + 8 <= entities.size(); done += 8)
      eight_first_bits(key, entities.data() + done, partner_or_attempt, bits.data() + done);
  }
#endif
  first_bits_one_by_one(key, entities.subspan(done), partner_or_attempt, bits.data() + done);
}

}  // namespace ketsim
