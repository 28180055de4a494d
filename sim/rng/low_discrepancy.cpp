#include "ketsim/rng/low_discrepancy.hpp"

namespace ketsim {

std::uint32_t owen_scramble(std::uint32_t word, std::uint64_t key) {
  std::uint32_t flips = 0;
  for (unsigned digit = 0; digit < 32; ++digit) {
    // The digits above this one behind a leading 1: distinct for every place in the tree of digits.
    const std::uint64_t place = (std::uint64_t{1} << 32 | word) >> (32 - digit);
    flips |= static_cast<std::uint32_t>(join_keys(key, place) & 1U) << (31 - digit);
  }
  return word ^ flips;
}

ScrambledSobol::ScrambledSobol(std::size_t dimensions, RandomKey key) : engine_(dimensions) {
  for (std::size_t d = 0; d < dimensions; ++d) keys_.push_back(join_keys(key.bits(), d));
}

std::vector<double> ScrambledSobol::next() {
  std::vector<double> point;
  for (const std::uint64_t key : keys_) {
    const std::uint32_t word = is_first_ ? 0 : engine_();
    point.push_back((static_cast<double>(owen_scramble(word, key)) + 0.5) * 0x1p-32);
  }
  is_first_ = false;
  return point;
}

}  // namespace ketsim
