// Points that fill a cube more evenly than random ones: Sobol's sequence, scrambled.
//
// Of the first 2^m points each 1/2^m of every axis holds exactly one, and pairs of axes are balanced alike,
// so that means over the points converge nearly as 1/n, not as 1/sqrt(n). Direction numbers: Joe and Kuo 2008
// (SIAM J. Sci. Comput. 30:2635), as Boost ships them. Owen's nested uniform scrambling (Owen 1995) keeps
// that balance and makes each point uniform, so that two seeds give two independent estimates.
//
// Boost leaves the sequence's first point, the origin, out. Here it stays: without it no 2^m points are
// balanced (Owen 2020, "On dropping the first Sobol' point").
#pragma once

#include <boost/random/sobol.hpp>
#include <cstdint>
#include <vector>

#include "ketsim/rng/stream.hpp"

namespace ketsim {

class ScrambledSobol {
 public:
  static constexpr std::size_t most_dimensions = 3667;  //!< that Boost has direction numbers for

  //! Boost throws where `dimensions` is 0 or above that limit.
  ScrambledSobol(std::size_t dimensions, RandomKey key);
  //! The next point, at most 2^32 of them: multiples of 2^-32 and a half, inside (0, 1).
  [[nodiscard]] std::vector<double> next();

 private:
  boost::random::sobol_engine<std::uint32_t, 32> engine_;
  std::vector<std::uint64_t> keys_;  //!< by dimension
  bool is_first_ = true;
};

//! Nested uniform scrambling of the binary digits of `word`: each digit is flipped or not by a coin of its
//! own for every sequence of digits above it. Words that share their first n digits still share n, no more.
[[nodiscard]] std::uint32_t owen_scramble(std::uint32_t word, std::uint64_t key);

}  // namespace ketsim
