// Random variates from a stream.
//
// All but uniform_int and poisson are inverse distribution functions of exactly one uniform number, monotone
// in it. Common random numbers want that: a firm whose parameter changes a little draws a value that changes
// a little, in every twin. Boost's exponential and normal use the ziggurat instead, which consumes a varying
// number of draws, is not monotone, and calls the C library's exp in the wedges and log in the tail, whose
// last bits differ between machines. Boost's uniform_01 and bernoulli take a single 32-bit word of our
// engine: exact arithmetic, but too coarse for rare events (bernoulli compares with <=: an excess of 2^-32).
// So Boost serves for integers only, where it rejects and divides in integer arithmetic alone
// (boost/random/uniform_int_distribution.hpp), hence platform-independent.
#pragma once

#include <cstdint>

#include "ketsim/base/contracts.hpp"
#include "ketsim/base/portable_math.hpp"
#include "ketsim/rng/stream.hpp"

namespace ketsim {

//! 64 random bits: two words, in a fixed order.
inline std::uint64_t random_bits(Stream& stream) {
  const std::uint64_t low = stream();
  return std::uint64_t{stream()} << 32 | low;
}

//! Uniform in [0, 1): all multiples of 2^-53.
inline double uniform_of(std::uint64_t bits) {
  return static_cast<double>(bits >> 11) * 0x1p-53;
}
inline double uniform(Stream& stream) {
  return uniform_of(random_bits(stream));
}

//! Uniform in (0, 1): the midpoints (k + 1/2) 2^-52, symmetric about 1/2 and never 0 or 1, for inverse
//! functions.
inline double uniform_open_of(std::uint64_t bits) {
  return (static_cast<double>(bits >> 12) + 0.5) * 0x1p-52;
}
inline double uniform_open(Stream& stream) {
  return uniform_open_of(random_bits(stream));
}

//! True with probability p; raising p only ever turns false into true. Exact to 2^-53.
inline bool bernoulli(Stream& stream, double p) {
  expect(p >= 0.0 && p <= 1.0, "a probability between 0 and 1");
  return uniform(stream) < p;
}

//! Exponential with mean 1: -log(u), between 1.1e-16 and 36.8.
inline double exponential_of(std::uint64_t bits) {
  return -portable_log(uniform_open_of(bits));
}
inline double exponential(Stream& stream) {
  return exponential_of(random_bits(stream));
}

//! Standard normal by Wichura's inverse (AS 241), between -8.2 and 8.2.
inline double normal_of(std::uint64_t bits) {
  return portable_inverse_normal_cdf(uniform_open_of(bits));
}
inline double normal(Stream& stream) {
  return normal_of(random_bits(stream));
}

//! Lognormal by its median (in the unit of the result) and the standard deviation of its natural logarithm.
double lognormal(Stream& stream, double median, double sigma_log);

//! Uniform integer in [lo, hi], both included: boost::random::uniform_int_distribution.
std::int64_t uniform_int(Stream& stream, std::int64_t lo, std::int64_t hi);

//! Pareto of exponent alpha cut to [lo, hi]: P(X > x) = (x^-alpha - hi^-alpha) / (lo^-alpha - hi^-alpha).
//! Sizes of firms follow it with alpha near 1 (Axtell 2001, Science 293). Breaks the contract unless alpha >
//! 0 and 0 < lo <= hi.
class BoundedPareto {
 public:
  BoundedPareto(double alpha, double lo, double hi);
  double operator()(Stream& stream) const;

 private:
  double lo_;
  double hi_;
  double power_;    //!< of what survives
  double covered_;  //!< P(X > lo) - P(X > hi) of the Pareto without the upper bound
};

//! Poisson by counting arrivals: a larger mean only adds to the count. Cost in proportion to the mean.
std::uint32_t poisson(Stream& stream, double mean);

}  // namespace ketsim
