// The normal distribution and its quantiles in portable arithmetic. See portable_math.hpp for why.
//
// Both are piecewise rational approximations from the literature, each with its coefficients in ascending
// order. The lower tail is computed as such, never as 1 - (almost 1), so that small probabilities keep all
// their digits.
#include <array>
#include <cmath>  // only fabs, floor, sqrt and isnan, which IEEE 754 defines to the last bit
#include <limits>

#include "ketsim/base/polynomial.hpp"
#include "ketsim/base/portable_math.hpp"

namespace ketsim {
namespace {

using detail::polynomial;
using Limits = std::numeric_limits<double>;

//! exp(-x^2 / 2) for |x| < 40: x rounded to sixteenths, whose square is exact, and the rest (Cody 1969).
double gaussian(double x) {
  const double rounded = std::floor(x * 16.0) / 16.0;
  const double rest = (x - rounded) * (x + rounded);
  return portable_exp(-0.5 * rounded * rounded) * portable_exp(-0.5 * rest);
}

// P(X > x) for x > 0, after W. J. Cody (1969), "Rational Chebyshev approximations for the error function",
// Math. Comp. 23:631-637, in the form for the normal distribution of Cody (1993), ACM TOMS algorithm 715.
// Coefficients ascend.
constexpr double one_over_root_two_pi = 0.398942280401432677939946059934;

//! P(0 < X < x) for 0 <= x <= 0.67448975.
double central_probability(double x) {
  constexpr std::array numerator{18154.981253343561249, 1067.6894854603709582, 161.02823106855587881,
                                 2.2352520354606839287, 0.065682337918207449113};
  constexpr std::array denominator{45507.789335026729956, 10260.932208618978205, 976.09855173777669322,
                                   47.20258190468824187, 1.0};
  return x * polynomial(numerator, x * x) / polynomial(denominator, x * x);
}

//! P(X > x) / exp(-x^2 / 2) for 0.67448975 < x <= sqrt(32).
double middle_ratio(double x) {
  constexpr std::array numerator{9842.7148383839780218, 11602.651437647350124,  6848.1904505362823326,
                                 2494.5375852903726711, 597.27027639480026226,  93.506656132177855979,
                                 8.8831497943883759412, 0.39894151208813466764, 1.0765576773720192317e-8};
  constexpr std::array denominator{19685.429676859990727, 38912.003286093271411, 34900.952721145977266,
                                   18615.571640885098091, 6485.558298266760755,  1519.377599407554805,
                                   235.38790178262499861, 22.266688044328115691, 1.0};
  return polynomial(numerator, x) / polynomial(denominator, x);
}

//! P(X > x) / exp(-x^2 / 2) for x > sqrt(32).
double tail_ratio(double x) {
  constexpr std::array numerator{2.9112874951168792e-5, 0.001421619193227893466, 0.022235277870649807,
                                 0.1274011611602473639, 0.21589853405795699,     0.02307344176494017303};
  constexpr std::array denominator{7.29751555083966205e-5, 0.00378239633202758244, 0.0659881378689285515,
                                   0.468238212480865118,   1.28426009614491121,    1.0};
  const double z = 1.0 / (x * x);
  return (one_over_root_two_pi - z * polynomial(numerator, z) / polynomial(denominator, z)) / x;
}

// Quantiles after M. J. Wichura (1988), "Algorithm AS 241: The percentage points of the normal distribution",
// Appl. Stat. 37:477-484 (PPND16). Coefficients ascend.

//! The quantile of p = 1/2 + q for |q| <= 0.425.
double central_quantile(double q) {
  constexpr std::array numerator{3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3,
                                 1.3731693765509461125e4, 4.5921953931549871457e4, 6.7265770927008700853e4,
                                 3.3430575583588128105e4, 2.5090809287301226727e3};
  constexpr std::array denominator{1.0,
                                   4.2313330701600911252e1,
                                   6.8718700749205790830e2,
                                   5.3941960214247511077e3,
                                   2.1213794301586595867e4,
                                   3.9307895800092710610e4,
                                   2.8729085735721942674e4,
                                   5.2264952788528545610e3};
  const double r = 0.180625 - q * q;
  return q * polynomial(numerator, r) / polynomial(denominator, r);
}

//! The quantile above which lies exp(-r^2), for r <= 5.
double middle_quantile(double r) {
  constexpr std::array numerator{1.42343711074968357734e0,  4.63033784615654529590e0,
                                 5.76949722146069140550e0,  3.64784832476320460504e0,
                                 1.27045825245236838258e0,  2.41780725177450611770e-1,
                                 2.27238449892691845833e-2, 7.74545014278341407640e-4};
  constexpr std::array denominator{1.0,
                                   2.05319162663775882187e0,
                                   1.67638483018380384940e0,
                                   6.89767334985100004550e-1,
                                   1.48103976427480074590e-1,
                                   1.51986665636164571966e-2,
                                   5.47593808499534494600e-4,
                                   1.05075007164441684324e-9};
  return polynomial(numerator, r - 1.6) / polynomial(denominator, r - 1.6);
}

//! The same for r > 5, that is beyond 1.4e-11.
double tail_quantile(double r) {
  constexpr std::array numerator{6.65790464350110377720e0,  5.46378491116411436990e0,
                                 1.78482653991729133580e0,  2.96560571828504891230e-1,
                                 2.65321895265761230930e-2, 1.24266094738807843860e-3,
                                 2.71155556874348757815e-5, 2.01033439929228813265e-7};
  constexpr std::array denominator{1.0,
                                   5.99832206555887937690e-1,
                                   1.36929880922735805310e-1,
                                   1.48753612908506148525e-2,
                                   7.86869131145613259100e-4,
                                   1.84631831751005468180e-5,
                                   1.42151175831644588870e-7,
                                   2.04426310338993978564e-15};
  return polynomial(numerator, r - 5.0) / polynomial(denominator, r - 5.0);
}

}  // namespace

double portable_normal_cdf(double x) {
  if (std::isnan(x)) return Limits::quiet_NaN();
  const double distance = std::fabs(x);
  if (distance <= 0.67448975)
    return 0.5 + (x < 0.0 ? -central_probability(distance) : central_probability(distance));
  if (distance > 39.0) return x > 0.0 ? 1.0 : 0.0;
  // Beyond sqrt(32) a series in 1 / x^2 takes over.
  const double ratio = distance <= 5.656854249492380195 ? middle_ratio(distance) : tail_ratio(distance);
  const double outside = gaussian(distance) * ratio;
  return x > 0.0 ? 1.0 - outside : outside;
}

double portable_inverse_normal_cdf(double p) {
  if (!(p >= 0.0 && p <= 1.0)) return Limits::quiet_NaN();
  const double q = p - 0.5;
  if (std::fabs(q) <= 0.425) return central_quantile(q);
  // 1 - p is exact here, for p above 1/2.
  const double outside = q < 0.0 ? p : 1.0 - p;
  if (outside == 0.0) return q < 0.0 ? -Limits::infinity() : Limits::infinity();
  const double r = std::sqrt(-portable_log(outside));
  const double distance = r <= 5.0 ? middle_quantile(r) : tail_quantile(r);
  return q < 0.0 ? -distance : distance;
}

}  // namespace ketsim
