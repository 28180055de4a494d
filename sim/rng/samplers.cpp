// The rarer samplers, and the only use of Boost.Random.
#include "ketsim/rng/samplers.hpp"

#include <algorithm>
#include <boost/random/uniform_int_distribution.hpp>

namespace ketsim {

double lognormal(Stream& stream, double median, double sigma_log) {
  expect(median >= 0.0 && sigma_log >= 0.0, "a median and a standard deviation that is not negative");
  const double u = uniform_open(stream);
  if (sigma_log == 0.0) return median;  // all alike: the draw is made, what follows from it is known
  return median * portable_exp(sigma_log * portable_inverse_normal_cdf(u));
}

std::int64_t uniform_int(Stream& stream, std::int64_t lo, std::int64_t hi) {
  expect(lo <= hi, "a range of integers that is not empty");
  // For ranges beyond 32 bits it composes words; it rejects rather than favour small values.
  return boost::random::uniform_int_distribution<std::int64_t>(lo, hi)(stream);
}

// Inverse of the distribution function F(x) = (1 - (lo/x)^alpha) / (1 - (lo/hi)^alpha).
BoundedPareto::BoundedPareto(double alpha, double lo, double hi)
    : lo_(lo), hi_(hi), power_(-1.0 / alpha), covered_(1.0 - portable_pow(lo / hi, alpha)) {
  expect(alpha > 0.0 && lo > 0.0 && lo <= hi, "a positive exponent and bounds 0 < lo <= hi");
}

double BoundedPareto::operator()(Stream& stream) const {
  const double survival = 1.0 - uniform(stream) * covered_;
  return std::clamp(lo_ * portable_pow(survival, power_), lo_, hi_);  // rounding alone could leave the bounds
}

std::uint32_t poisson(Stream& stream, double mean) {
  expect(mean >= 0.0, "a mean that is not negative");
  std::uint32_t count = 0;
  const double u = uniform_open(stream);
  // -log(u) >= 1 - u spares the logarithm where nothing arrives, as in most cells each month; the margin is
  // for rounding.
  if (1.0 - u > mean * (1.0 + 1e-9)) return 0;
  double time = -portable_log(u);
  while (time < mean) {
    ++count;
    time += exponential(stream);
  }
  return count;
}

}  // namespace ketsim
