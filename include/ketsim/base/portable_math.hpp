// Elementary functions that give the same bits on every machine.
//
// A run must be repeatable to the last bit wherever it is run. The exp, log, pow, sin ... of the C library
// are not specified to the last bit: they differ between libraries, their versions and the CPU features that
// they find. One bit is enough to move a firm across a threshold, and from there the runs part. So everything
// that enters the state of the model uses these functions: they consist of IEEE 754 + - * / sqrt (each
// exactly rounded, by the standard) and of operations on bits, in a fixed order. They rely on rounding to
// nearest, on -ffp-contract=off and on the absence of -ffast-math.
//
// Largest errors found [units in the last place], against 80-bit arithmetic at up to 2e7 random arguments:
//   exp 0.8, log 0.9, expm1 1.3, log1p 1.3, pow 0.8, sin and cos 0.9;
//   relative: normal_cdf 1e-15 for |x| < 10, inverse_normal_cdf 1e-15.
#pragma once

#include <bit>
#include <cfloat>
#include <cstdint>
#include <limits>

namespace ketsim {

static_assert(std::numeric_limits<double>::is_iec559, "portable_math needs IEEE 754 doubles");
static_assert(FLT_EVAL_METHOD == 0, "portable_math needs doubles without excess precision (no x87)");

namespace detail {

// ln(2) in two parts (fdlibm): the high part has 33 bits, so that k * ln2_high is exact for |k| < 2^20.
inline constexpr double ln2_high = 0x1.62e42feep-1;
inline constexpr double ln2_low = 0x1.a39ef35793c76p-33;

//! Adding and subtracting it rounds |x| < 2^51 to an integer, which then stands in the low bits.
inline constexpr double rounding_shift = 0x1.8p52;

//! 2^exponent for exponents of normal numbers, -1022 to 1023.
inline double power_of_two(std::int64_t exponent) {
  return std::bit_cast<double>(static_cast<std::uint64_t>(exponent + 1023) << 52);
}

//! exp(r) - 1 - r for |r| <= ln(2)/2: Taylor series up to r^13 (the next term is below 2^-57), in Estrin's
//! order.
inline double exp_tail(double r) {
  const double r2 = r * r;
  const double r4 = r2 * r2;
  const double a = (1.0 / 2.0 + r * (1.0 / 6.0)) + r2 * (1.0 / 24.0 + r * (1.0 / 120.0));
  const double b = (1.0 / 720.0 + r * (1.0 / 5040.0)) + r2 * (1.0 / 40320.0 + r * (1.0 / 362880.0));
  const double c =
      (1.0 / 3628800.0 + r * (1.0 / 39916800.0)) + r2 * (1.0 / 479001600.0 + r * (1.0 / 6227020800.0));
  return r2 * (a + r4 * (b + r4 * c));
}

//! x = exponent ln(2) + high + low with |high| <= ln(2)/2 (Cody and Waite 1980).
struct ReducedExponent {
  std::int64_t exponent;
  double high;
  double low;
};

inline ReducedExponent reduce_exponent(double x, double x_low) {
  const double shifted = x * 0x1.71547652b82fep0 /* 1/ln(2) */ + rounding_shift;
  const double k = shifted - rounding_shift;
  const auto bits = std::bit_cast<std::int64_t>(shifted) - std::bit_cast<std::int64_t>(rounding_shift);
  const double coarse = x - k * ln2_high;
  const double rest = k * ln2_low - x_low;
  const double high = coarse - rest;
  return {bits, high, (coarse - high) - rest};
}

//! exp(high + low) without the power of two; 1 + high is split exactly, hence errors little above half an
//! ulp.
inline double exp_fraction(const ReducedExponent& reduced) {
  const double sum = 1.0 + reduced.high;
  const double lost = (1.0 - sum) + reduced.high;
  return sum + (lost + (exp_tail(reduced.high) + reduced.low));
}

double exp_at_the_edge(double x, double x_low);  //!< |x| >= 708 or nan: overflow, subnormal results

//! exp(x + x_low) for |x_low| far below |x|.
inline double exp_of_sum(double x, double x_low) {
  if (!(x < 708.0 && x > -708.0)) [[unlikely]]
    return exp_at_the_edge(x, x_low);
  const ReducedExponent reduced = reduce_exponent(x, x_low);
  return exp_fraction(reduced) * power_of_two(reduced.exponent);
}

//! x = 2^exponent (1 + excess) with 1 + excess in [sqrt(1/2), sqrt(2)); excess is exact.
struct ReducedLogarithm {
  double exponent;
  double excess;
};

//! For normal positive x.
inline ReducedLogarithm reduce_logarithm(double x) {
  const auto bits = std::bit_cast<std::uint64_t>(x);
  const std::uint64_t above = bits - 0x3fe6a09e667f3bcdULL /* sqrt(1/2) */;
  const auto fraction = std::bit_cast<double>(bits - (above & 0xfff0000000000000ULL));
  return {static_cast<double>(static_cast<std::int64_t>(above) >> 52), fraction - 1.0};
}

//! 2/5 + 2/7 z + ... + 2/23 z^9: log((1 + s) / (1 - s)) = 2 s + 2/3 s^3 + s^5 series(s^2), here with s^2 <
//! 0.03.
inline double atanh_series(double z) {
  const double z2 = z * z;
  const double even =
      2.0 / 5.0 + z2 * (2.0 / 9.0 + z2 * (2.0 / 13.0 + z2 * (2.0 / 17.0 + z2 * (2.0 / 21.0))));
  const double odd =
      2.0 / 7.0 + z2 * (2.0 / 11.0 + z2 * (2.0 / 15.0 + z2 * (2.0 / 19.0 + z2 * (2.0 / 23.0))));
  return even + z * odd;
}

//! log of the reduced number: log(1 + f) = f - f^2/2 + s (f^2/2 + R(s^2)), s = f / (2 + f) (fdlibm).
inline double log_of_reduced(const ReducedLogarithm& reduced) {
  const double f = reduced.excess;
  const double s = f / (2.0 + f);
  const double z = s * s;
  const double half_square = 0.5 * f * f;
  const double correction =
      s * (half_square + z * (2.0 / 3.0 + z * atanh_series(z))) + reduced.exponent * ln2_low;
  return reduced.exponent * ln2_high - ((half_square - correction) - f);
}

double log_at_the_edge(double x);  //!< zero, negative, subnormal, infinite or nan

}  // namespace detail

//! e^x. exp(nan) = nan; above 709.78 inf, below -745.13 zero, subnormal in between as IEEE asks.
inline double portable_exp(double x) {
  return detail::exp_of_sum(x, 0.0);
}

//! Natural logarithm. log(0) = -inf, log(inf) = inf, of a negative number or nan: nan.
inline double portable_log(double x) {
  constexpr std::uint64_t smallest_normal = 0x0010000000000000ULL;
  constexpr std::uint64_t normal_range = 0x7fe0000000000000ULL;
  if (std::bit_cast<std::uint64_t>(x) - smallest_normal >= normal_range) [[unlikely]]
    return detail::log_at_the_edge(x);
  return detail::log_of_reduced(detail::reduce_logarithm(x));
}

//! e^x - 1 without cancellation near 0: -1 at -inf, inf above 709.78.
double portable_expm1(double x);

//! log(1 + x) without cancellation near 0: -inf at -1, nan below.
double portable_log1p(double x);

//! base^exponent for base >= 0 (nan for a negative base); x^0 = 1^y = 1, and 0 or inf in the limits as in C.
double portable_pow(double base, double exponent);

//! Sine and cosine of an angle [rad]. Contract: |angle| <= 1e6; nan for inf and nan.
double portable_sin(double angle);
double portable_cos(double angle);

//! Probability that a standard normal variate is below x: 0 at -inf, 1 at inf; its lower tail is precise down
//! to -38.
double portable_normal_cdf(double x);

//! The x with portable_normal_cdf(x) = p: -inf at 0, inf at 1, nan outside [0, 1].
double portable_inverse_normal_cdf(double p);

}  // namespace ketsim
