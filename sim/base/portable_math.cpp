// The rarer half of the portable functions: edges of exp and log, powers and angles. See the header for why.
//
// All follow one plan: reduce the argument to a short interval exactly, sum a Taylor series there, put the
// reduced part back. Taylor rather than minimax polynomials: one or two terms more, but anyone can check the
// coefficients. Where one double is too coarse for the last bit, a value is carried as the unevaluated sum of
// two (Dekker 1971).
#include "ketsim/base/portable_math.hpp"

#include <array>
#include <cmath>  // only fabs, floor, sqrt and the classifications, which IEEE 754 defines to the last bit

#include "ketsim/base/contracts.hpp"
#include "ketsim/base/polynomial.hpp"

namespace ketsim {
namespace {

using Limits = std::numeric_limits<double>;

//! An unevaluated sum: about 106 bits.
struct Double2 {
  double high;
  double low;
};

//! a + b exactly (Knuth's two-sum).
Double2 exact_sum(double a, double b) {
  const double sum = a + b;
  const double b_part = sum - a;
  return {sum, (a - (sum - b_part)) + (b - b_part)};
}

//! a b exactly (Dekker 1971), for factors far from overflow.
Double2 exact_product(double a, double b) {
  constexpr double splitter = 0x1p27 + 1.0;
  const double a_scaled = splitter * a;
  const double b_scaled = splitter * b;
  const double a_high = a_scaled - (a_scaled - a);
  const double b_high = b_scaled - (b_scaled - b);
  const double a_low = a - a_high;
  const double b_low = b - b_high;
  const double product = a * b;
  return {product, ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low};
}

//! A product of sums, to about 100 bits.
Double2 multiply(Double2 a, Double2 b) {
  const Double2 product = exact_product(a.high, b.high);
  return {product.high, product.low + (a.high * b.low + a.low * b.high)};
}

//! x = 2^k (1 + f) for any positive finite x.
detail::ReducedLogarithm reduce_any_logarithm(double x) {
  if (x >= Limits::min()) return detail::reduce_logarithm(x);
  detail::ReducedLogarithm scaled = detail::reduce_logarithm(x * 0x1p54);
  scaled.exponent -= 54.0;
  return scaled;
}

//! log(x) to about 65 bits, so that a power keeps its last bit: k ln(2) + 2 s + 2/3 s^3 + s^5 (2/5 + ...),
//! the first three terms as sums of two numbers.
Double2 precise_log(double x) {
  const auto [k, f] = reduce_any_logarithm(x);
  // s = f / (2 + f), with the rounding error of the divisor and the remainder of the division carried along.
  const double divisor = 2.0 + f;
  const double divisor_low = f - (divisor - 2.0);
  const double quotient = f / divisor;
  const Double2 back = exact_product(quotient, divisor);
  const Double2 s{quotient, (((f - back.high) - back.low) - quotient * divisor_low) / divisor};

  constexpr Double2 two_thirds{2.0 / 3.0, 0x1.5555555555555p-55};
  const Double2 square = multiply(s, s);
  const Double2 cubic = multiply(two_thirds, multiply(square, s));
  const double fifth = square.high * square.high * s.high * detail::atanh_series(square.high);

  // From large to small, so that each sum loses nothing of the larger term.
  const Double2 first = exact_sum(k * detail::ln2_high, 2.0 * s.high);
  const Double2 second = exact_sum(first.high, cubic.high);
  const double low = first.low + second.low + 2.0 * s.low + cubic.low + fifth + k * detail::ln2_low;
  return exact_sum(second.high, low);
}

//! angle = quadrant pi/2 + high + low with |high| <= pi/4, the quadrant modulo 4.
struct ReducedAngle {
  std::uint64_t quadrant;
  double high;
  double low;
};

ReducedAngle reduce_angle(double angle) {
  expect(angle >= -1e6 && angle <= 1e6, "an angle of at most 1e6 rad");
  // pi/2 in parts of 33, 33 and 53 bits (fdlibm): products of the first two with a quadrant number are exact.
  constexpr double first = 0x1.921fb544p0, second = 0x1.0b4611a6p-34, third = 0x1.3198a2e037073p-69;
  const double shifted = angle * 0x1.45f306dc9c883p-1 /* 2/pi */ + detail::rounding_shift;
  const double k = shifted - detail::rounding_shift;
  const Double2 rest = exact_sum(angle - k * first, -k * second);
  const double low = rest.low - k * third;
  const double high = rest.high + low;
  return {std::bit_cast<std::uint64_t>(shifted) & 3U, high, (rest.high - high) + low};
}

//! sin(high + low) for |high| <= pi/4: Taylor series up to r^17.
double sine_of_reduced(const ReducedAngle& r) {
  constexpr std::array series{
      -1.0 / 6.0,        1.0 / 120.0,        -1.0 / 5040.0,          1.0 / 362880.0,
      -1.0 / 39916800.0, 1.0 / 6227020800.0, -1.0 / 1307674368000.0, 1.0 / 355687428096000.0};
  const double z = r.high * r.high;
  return r.high + (z * r.high * detail::polynomial(series, z) + r.low * (1.0 - 0.5 * z));
}

//! cos(high + low) for |high| <= pi/4: Taylor series up to r^18, with 1 - r^2/2 split exactly.
double cosine_of_reduced(const ReducedAngle& r) {
  constexpr std::array series{
      1.0 / 24.0,        -1.0 / 720.0,         1.0 / 40320.0,          -1.0 / 3628800.0,
      1.0 / 479001600.0, -1.0 / 87178291200.0, 1.0 / 20922789888000.0, -1.0 / 6402373705728000.0};
  const double z = r.high * r.high;
  const double half = 0.5 * z;
  const double sum = 1.0 - half;
  return sum + (((1.0 - sum) - half) + (z * z * detail::polynomial(series, z) - r.high * r.low));
}

//! sin(reduced + quadrant pi/2): cosines are sines of the next quadrant.
double sine_in_quadrant(const ReducedAngle& r, std::uint64_t quadrant) {
  const double value = quadrant % 2 == 0 ? sine_of_reduced(r) : cosine_of_reduced(r);
  return quadrant % 4 < 2 ? value : -value;
}

}  // namespace

double detail::exp_at_the_edge(double x, double x_low) {
  if (std::isnan(x)) return Limits::quiet_NaN();
  if (x > 709.8) return Limits::infinity();
  if (x < -745.2) return 0.0;
  const ReducedExponent reduced = reduce_exponent(x, x_low);
  const std::int64_t half = reduced.exponent / 2;  // two steps: 2^exponent may not be a normal number
  return exp_fraction(reduced) * power_of_two(half) * power_of_two(reduced.exponent - half);
}

double detail::log_at_the_edge(double x) {
  if (x == 0.0) return -Limits::infinity();
  if (!(x > 0.0)) return Limits::quiet_NaN();
  if (x > Limits::max()) return x;
  return log_of_reduced(reduce_any_logarithm(x));
}

double portable_expm1(double x) {
  if (std::isnan(x)) return Limits::quiet_NaN();
  if (x >= 700.0) return portable_exp(x);  // 1 is far below the last bit
  if (x < -40.0) return -1.0;
  if (std::fabs(x) < 0x1p-54) return x;  // also keeps the sign of zero
  const detail::ReducedExponent reduced = detail::reduce_exponent(x, 0.0);
  const double power = detail::power_of_two(reduced.exponent);
  // 2^k - 1 and 2^k r exactly, the small rest last.
  const Double2 whole = exact_sum(power, -1.0);
  const Double2 sum = exact_sum(whole.high, power * reduced.high);
  return sum.high + (sum.low + (whole.low + power * (detail::exp_tail(reduced.high) + reduced.low)));
}

double portable_log1p(double x) {
  if (!(x > -1.0 && x <= Limits::max())) return x == -1.0 ? -Limits::infinity() : portable_log(x);
  // Kahan's correction: log(1 + x) of the rounded sum, plus what rounding took from it.
  const Double2 sum = exact_sum(1.0, x);
  if (sum.high == 1.0) return x;
  return portable_log(sum.high) + sum.low / sum.high;
}

double portable_pow(double base, double exponent) {
  if (exponent == 0.0 || base == 1.0) return 1.0;
  if (std::isnan(exponent) || !(base >= 0.0)) return Limits::quiet_NaN();
  // What the power tends to as its logarithm grows beyond all bounds.
  const double limit = (base > 1.0) == (exponent > 0.0) ? Limits::infinity() : 0.0;
  if (base == 0.0 || std::isinf(base) || std::isinf(exponent)) return limit;
  const Double2 logarithm = precise_log(base);
  if (std::fabs(exponent * logarithm.high) > 800.0) return limit;
  if (std::fabs(exponent) < 0x1p-70)
    return 1.0;  // |log| < 745: keeps exact_product away from subnormal numbers
  const Double2 product = multiply(logarithm, {exponent, 0.0});
  return detail::exp_of_sum(product.high, product.low);
}

double portable_sin(double angle) {
  if (!std::isfinite(angle)) return Limits::quiet_NaN();
  if (std::fabs(angle) < 0x1p-27) return angle;
  const ReducedAngle reduced = reduce_angle(angle);
  return sine_in_quadrant(reduced, reduced.quadrant);
}

double portable_cos(double angle) {
  if (!std::isfinite(angle)) return Limits::quiet_NaN();
  const ReducedAngle reduced = reduce_angle(angle);
  return sine_in_quadrant(reduced, reduced.quadrant + 1);
}

}  // namespace ketsim
