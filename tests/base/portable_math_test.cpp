// The portable functions: as accurate as promised, defined at the edges, and the same bits everywhere.
#include "ketsim/base/portable_math.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

#include "ketsim/base/contracts.hpp"

namespace ketsim {
namespace {

constexpr double inf = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();
using Precise = long double;  // 64 bits of mantissa on x86; where it is a double the bounds below still hold

constexpr int points = 200000;

//! The largest error of f on [low, high] in units in the last place of the reference.
double largest_error(double (*f)(double), Precise (*reference)(Precise), double low, double high) {
  double largest = 0.0;
  for (int i = 0; i <= points; ++i) {
    const double x = low + (high - low) * (i / static_cast<double>(points));
    const Precise truth = reference(Precise{x});
    const int exponent = std::max(std::ilogb(truth), -1022);
    largest = std::max(largest, static_cast<double>(std::fabs(Precise{f(x)} - truth) /
                                                    std::ldexp(Precise{1}, exponent - 52)));
  }
  return largest;
}

Precise exp_of(Precise x) {
  return std::exp(x);
}
Precise log_of(Precise x) {
  return std::log(x);
}
Precise expm1_of(Precise x) {
  return std::expm1(x);
}
Precise log1p_of(Precise x) {
  return std::log1p(x);
}
Precise sin_of(Precise x) {
  return std::sin(x);
}
Precise cos_of(Precise x) {
  return std::cos(x);
}

TEST(PortableMath, ExpAndLogAreWithinTwoUlp) {
  EXPECT_LT(largest_error(portable_exp, exp_of, -744.0, 709.0), 2.0);
  EXPECT_LT(largest_error(portable_exp, exp_of, -1.0, 1.0), 2.0);
  EXPECT_LT(largest_error(portable_log, log_of, 1e-3, 3.0), 2.0);
  EXPECT_LT(largest_error(portable_log, log_of, 1.0, 1e12), 2.0);
}

TEST(PortableMath, Expm1AndLog1pAreWithinTwoUlp) {
  EXPECT_LT(largest_error(portable_expm1, expm1_of, -45.0, 45.0), 2.0);
  EXPECT_LT(largest_error(portable_expm1, expm1_of, -1e-3, 1e-3), 2.0);
  EXPECT_LT(largest_error(portable_log1p, log1p_of, -0.999, 2.0), 2.0);
  EXPECT_LT(largest_error(portable_log1p, log1p_of, -1e-6, 1e-6), 2.0);
}

TEST(PortableMath, SineAndCosineAreWithinTwoUlp) {
  EXPECT_LT(largest_error(portable_sin, sin_of, -7.0, 7.0), 2.0);
  EXPECT_LT(largest_error(portable_cos, cos_of, -7.0, 7.0), 2.0);
  EXPECT_LT(largest_error(portable_sin, sin_of, -1e6, 1e6), 2.0);
  EXPECT_LT(largest_error(portable_cos, cos_of, -1e6, 1e6), 2.0);
}

TEST(PortableMath, PowersKeepTheirLastBits) {
  for (int i = 1; i <= points; ++i) {
    const double base = i * 1e-3;
    const double exponent = (i % 997) * 0.1 - 50.0;
    const Precise truth = std::pow(Precise{base}, Precise{exponent});
    ASSERT_NEAR(static_cast<double>(Precise{portable_pow(base, exponent)} / truth - 1), 0.0, 3e-16)
        << base << "^" << exponent;
  }
  EXPECT_EQ(portable_pow(2.0, 10.0), 1024.0);
  EXPECT_EQ(portable_pow(4.0, 0.5), 2.0);
  EXPECT_EQ(portable_pow(0x1p-1074, -0.5), 0x1p537);
}

TEST(PortableMath, NormalDistributionIsPreciseInBothTails) {
  for (int i = 0; i <= points; ++i) {
    const double x = -38.0 + i * (46.0 / points);
    const Precise truth = std::erfc(-Precise{x} / std::sqrt(Precise{2})) / 2;
    // The bits of a subnormal result, below -37.5, are fewer.
    ASSERT_NEAR(static_cast<double>(portable_normal_cdf(x) / truth - 1), 0.0, x < -37.5 ? 1e-6 : 2e-15) << x;
  }
}

TEST(PortableMath, NormalQuantileInvertsTheDistribution) {
  // Published: AS 241 gives 0.6744897501960817 for 3/4 and -3.090232306167813 for 0.001.
  EXPECT_DOUBLE_EQ(portable_inverse_normal_cdf(0.75), 0.6744897501960817);
  EXPECT_DOUBLE_EQ(portable_inverse_normal_cdf(0.001), -3.090232306167813);
  EXPECT_EQ(portable_inverse_normal_cdf(0.5), 0.0);
  for (double p = 1e-300; p < 1.0; p *= 1.37) {
    // A relative error e of the quantile x is one of x^2 e of the probability.
    const double x = portable_inverse_normal_cdf(p);
    ASSERT_NEAR(portable_normal_cdf(x) / p, 1.0, 2e-15 * std::max(1.0, x * x)) << p;
  }
}

TEST(PortableMath, EdgesAreDefined) {
  EXPECT_EQ(portable_exp(0.0), 1.0);
  EXPECT_EQ(portable_exp(inf), inf);
  EXPECT_EQ(portable_exp(-inf), 0.0);
  EXPECT_EQ(portable_exp(709.79), inf);
  EXPECT_TRUE(std::isfinite(portable_exp(709.78)));
  EXPECT_EQ(portable_exp(-745.0), 0x1p-1074);
  EXPECT_EQ(portable_exp(-745.2), 0.0);
  EXPECT_TRUE(std::isnan(portable_exp(nan)));

  EXPECT_EQ(portable_log(1.0), 0.0);
  EXPECT_EQ(portable_log(0.0), -inf);
  EXPECT_EQ(portable_log(-0.0), -inf);
  EXPECT_EQ(portable_log(inf), inf);
  EXPECT_DOUBLE_EQ(portable_log(0x1p-1074), -744.4400719213812);
  EXPECT_TRUE(std::isnan(portable_log(-1.0)));
  EXPECT_TRUE(std::isnan(portable_log(nan)));

  EXPECT_EQ(portable_expm1(-inf), -1.0);
  EXPECT_EQ(portable_expm1(inf), inf);
  EXPECT_EQ(portable_expm1(1e-300), 1e-300);
  EXPECT_EQ(portable_log1p(-1.0), -inf);
  EXPECT_EQ(portable_log1p(inf), inf);
  EXPECT_EQ(portable_log1p(1e-300), 1e-300);
  EXPECT_TRUE(std::isnan(portable_expm1(nan)));
  EXPECT_TRUE(std::isnan(portable_log1p(-1.5)));
  EXPECT_TRUE(std::isnan(portable_log1p(nan)));
}

TEST(PortableMath, EdgesOfPowersAnglesAndTheNormalAreDefined) {
  EXPECT_EQ(portable_pow(0.0, 2.0), 0.0);
  EXPECT_EQ(portable_pow(0.0, -2.0), inf);
  EXPECT_EQ(portable_pow(0.0, 0.0), 1.0);
  EXPECT_EQ(portable_pow(inf, -1.0), 0.0);
  EXPECT_EQ(portable_pow(0.5, inf), 0.0);
  EXPECT_EQ(portable_pow(0.5, -inf), inf);
  EXPECT_EQ(portable_pow(10.0, 400.0), inf);
  EXPECT_EQ(portable_pow(10.0, -400.0), 0.0);
  EXPECT_EQ(portable_pow(1.5, 1e300), inf);
  EXPECT_EQ(portable_pow(1.5, 1e-300), 1.0);
  EXPECT_TRUE(std::isnan(portable_pow(-2.0, 2.0)));
  EXPECT_TRUE(std::isnan(portable_pow(2.0, nan)));

  EXPECT_EQ(portable_sin(0.0), 0.0);
  EXPECT_EQ(portable_cos(0.0), 1.0);
  EXPECT_TRUE(std::isnan(portable_sin(inf)));
  EXPECT_THROW(static_cast<void>(portable_cos(1e7)), ContractViolation);

  EXPECT_EQ(portable_normal_cdf(0.0), 0.5);
  EXPECT_EQ(portable_normal_cdf(-inf), 0.0);
  EXPECT_EQ(portable_normal_cdf(inf), 1.0);
  EXPECT_EQ(portable_inverse_normal_cdf(0.0), -inf);
  EXPECT_EQ(portable_inverse_normal_cdf(1.0), inf);
  EXPECT_TRUE(std::isnan(portable_inverse_normal_cdf(1.5)));
  EXPECT_TRUE(std::isnan(portable_normal_cdf(nan)));
}

//! One number for the bits of f at 10001 points.
template <class F>
std::uint64_t fingerprint(F f, double low, double high) {
  std::uint64_t hash = 0;
  for (int i = 0; i <= 10000; ++i) {
    hash =
        (hash ^ std::bit_cast<std::uint64_t>(f(low + (high - low) * (i / 10000.0)))) * 0x9e3779b97f4a7c15ULL;
    hash ^= hash >> 29;
  }
  return hash;
}

// If this fails without a change of the functions, the compiler was allowed to reorder or to contract.
TEST(PortableMath, BitsAreTheSameOnEveryMachine) {
  EXPECT_EQ(fingerprint(portable_exp, -750.0, 720.0), 0xc3a25f8067c1b90fULL);
  EXPECT_EQ(fingerprint(portable_log, 1e-3, 50.0), 0x12a6b7830a08e30eULL);
  EXPECT_EQ(fingerprint(portable_expm1, -45.0, 45.0), 0x77ce3caa5120161aULL);
  EXPECT_EQ(fingerprint(portable_log1p, -0.999, 9.0), 0x7d179b599feb07f2ULL);
  EXPECT_EQ(fingerprint([](double x) { return portable_pow(2.5, x); }, -800.0, 780.0), 0xc29ffba5eea05f8fULL);
  EXPECT_EQ(fingerprint(portable_sin, -100.0, 100.0), 0x561b39bf8841d829ULL);
  EXPECT_EQ(fingerprint(portable_cos, -100.0, 100.0), 0xbd303e27f8543244ULL);
  EXPECT_EQ(fingerprint(portable_normal_cdf, -40.0, 10.0), 0x57f5ca6b654d6460ULL);
  EXPECT_EQ(fingerprint(portable_inverse_normal_cdf, 0.0, 1.0), 0xdd3d3ed0b17b38caULL);
}

}  // namespace
}  // namespace ketsim
