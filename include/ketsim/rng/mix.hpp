// Integer hashes that turn identities (stable keys, seeds, indices) into well mixed bits. Bijections of
// 64-bit words, so that distinct keys stay distinct; not cryptographic.
#pragma once

#include <cstdint>
#include <string_view>

namespace ketsim {

//! The output function of SplitMix64 (Steele, Lea and Flood 2014, with Stafford's constants): a bijection.
constexpr std::uint64_t mix64(std::uint64_t word) {
  word += 0x9e3779b97f4a7c15ULL;
  word = (word ^ (word >> 30)) * 0xbf58476d1ce4e5b9ULL;
  word = (word ^ (word >> 27)) * 0x94d049bb133111ebULL;
  return word ^ (word >> 31);
}

//! One key from two, in this order; for a fixed `first` a bijection of `second`.
//! Chain it for more: join_keys(join_keys(region, sector), index).
constexpr std::uint64_t join_keys(std::uint64_t first, std::uint64_t second) {
  return mix64(mix64(first) ^ second);
}

//! A key from a name, the same on every machine.
constexpr std::uint64_t hash_text(std::string_view text) {
  std::uint64_t key = text.size();
  for (const char c : text) key = join_keys(key, static_cast<unsigned char>(c));
  return key;
}

//! The key of a second entity folded into the 32-bit partner word of a draw. Two partners of one entity
//! collide with probability 2^-32; they would then share one draw, which biases nothing.
constexpr std::uint32_t fold32(std::uint64_t key) {
  return static_cast<std::uint32_t>(mix64(key) >> 32);
}

}  // namespace ketsim
