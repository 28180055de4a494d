// Samplers have the laws they claim. Seeds are fixed; tolerances are standard errors or Kolmogorov-Smirnov
// quantiles.
#include "ketsim/rng/samplers.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

namespace ketsim {
namespace {

constexpr std::size_t draws = 200000;

//! One draw of each of many entities, as the model draws.
template <class Sampler>
std::vector<double> sample(Sampler sampler) {
  const RandomKey key(20240229, 0, Purpose::review);
  std::vector<double> values(draws);
  for (std::size_t i = 0; i < draws; ++i) {
    Stream stream(key, i);
    values[i] = sampler(stream);
  }
  return values;
}

//! sqrt(n) times the largest distance to the distribution function; below 1.95 with probability 99.9 %.
template <class Distribution>
double kolmogorov_smirnov(std::vector<double> values, Distribution distribution) {
  std::sort(values.begin(), values.end());
  const double n = static_cast<double>(values.size());
  double distance = 0.0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double p = distribution(values[i]);
    distance = std::max({distance, p - static_cast<double>(i) / n, static_cast<double>(i + 1) / n - p});
  }
  return distance * std::sqrt(n);
}
constexpr double critical_distance = 1.95;

//! How many standard errors the mean of f(x) is from what it should be, given the variance of f(x).
template <class F>
double deviation(const std::vector<double>& values, F f, double mean, double variance) {
  double sum = 0.0;
  for (const double x : values) sum += f(x) - mean;
  return sum / std::sqrt(static_cast<double>(values.size()) * variance);
}
double identity(double x) {
  return x;
}
double square(double x) {
  return x * x;
}

TEST(Samplers, UniformIsUniform) {
  const auto closed = sample(uniform);
  EXPECT_LT(kolmogorov_smirnov(closed, identity), critical_distance);
  EXPECT_NEAR(deviation(closed, identity, 0.5, 1.0 / 12.0), 0.0, 4.0);
  EXPECT_LT(kolmogorov_smirnov(sample(uniform_open), identity), critical_distance);
}

TEST(Samplers, UniformUsesAll53Bits) {
  bool odd = false;
  for (const double u : sample(uniform)) {
    ASSERT_TRUE(u >= 0.0 && u < 1.0);
    const double units = u * 0x1p53;
    ASSERT_EQ(units, std::floor(units));
    odd = odd || std::fmod(units, 2.0) == 1.0;
  }
  EXPECT_TRUE(odd);
}

TEST(Samplers, ExponentialHasMeanOneAndItsLaw) {
  const auto values = sample(exponential);
  EXPECT_LT(kolmogorov_smirnov(values, [](double x) { return -std::expm1(-x); }), critical_distance);
  EXPECT_NEAR(deviation(values, identity, 1.0, 1.0), 0.0, 4.0);
  EXPECT_NEAR(deviation(values, square, 2.0, 20.0), 0.0, 4.0);
  EXPECT_GT(*std::min_element(values.begin(), values.end()), 0.0);
}

TEST(Samplers, NormalIsStandardNormal) {
  const auto values = sample(normal);
  EXPECT_LT(kolmogorov_smirnov(values, [](double x) { return 0.5 * std::erfc(-x / std::sqrt(2.0)); }),
            critical_distance);
  EXPECT_NEAR(deviation(values, identity, 0.0, 1.0), 0.0, 4.0);
  EXPECT_NEAR(deviation(values, square, 1.0, 2.0), 0.0, 4.0);
  EXPECT_NEAR(deviation(
                  values, [](double x) { return x * x * x * x; }, 3.0, 96.0),
              0.0, 4.0);
}

TEST(Samplers, LognormalHasItsMedianAndSpread) {
  const auto values = sample([](Stream& stream) { return lognormal(stream, 20.0, 1.2); });
  const auto distribution = [](double x) {
    return 0.5 * std::erfc(-std::log(x / 20.0) / (1.2 * std::sqrt(2.0)));
  };
  EXPECT_LT(kolmogorov_smirnov(values, distribution), critical_distance);
  const auto constant = sample([](Stream& stream) { return lognormal(stream, 20.0, 0.0); });
  EXPECT_EQ(std::count(constant.begin(), constant.end(), 20.0), static_cast<std::ptrdiff_t>(draws));
}

TEST(Samplers, BoundedParetoKeepsItsBoundsAndLaw) {
  const auto values = sample([](Stream& stream) { return BoundedPareto(1.06, 10.0, 250.0)(stream); });
  const auto distribution = [](double x) {
    return (1.0 - std::pow(10.0 / x, 1.06)) / (1.0 - std::pow(10.0 / 250.0, 1.06));
  };
  EXPECT_LT(kolmogorov_smirnov(values, distribution), critical_distance);
  EXPECT_GE(*std::min_element(values.begin(), values.end()), 10.0);
  EXPECT_LE(*std::max_element(values.begin(), values.end()), 250.0);
  const auto point = sample([](Stream& stream) { return BoundedPareto(2.0, 3.0, 3.0)(stream); });
  EXPECT_EQ(std::count(point.begin(), point.end(), 3.0), static_cast<std::ptrdiff_t>(draws));
}

TEST(Samplers, BernoulliHasItsProbability) {
  for (const double p : {0.001, 0.3, 0.999}) {
    const auto values = sample([p](Stream& stream) { return bernoulli(stream, p) ? 1.0 : 0.0; });
    EXPECT_NEAR(deviation(values, identity, p, p * (1.0 - p)), 0.0, 4.0) << p;
  }
}

TEST(Samplers, BernoulliIsCertainAtZeroAndOneAndMonotoneBetween) {
  const RandomKey key(3, 0, Purpose::jury);
  for (std::uint64_t entity = 0; entity < 10000; ++entity) {
    const auto toss = [&](double p) {
      Stream stream(key, entity);
      return bernoulli(stream, p);
    };
    ASSERT_FALSE(toss(0.0));
    ASSERT_TRUE(toss(1.0));
    ASSERT_LE(toss(0.4), toss(0.5));
  }
}

TEST(Samplers, PoissonHasItsMeanAndVariance) {
  for (const double mean : {0.02, 1.5, 40.0}) {
    const auto values = sample([mean](Stream& stream) { return static_cast<double>(poisson(stream, mean)); });
    EXPECT_NEAR(deviation(values, identity, mean, mean), 0.0, 4.0) << mean;
    // The fourth central moment is mean + 3 mean^2, so that the square of a deviation varies by mean + 2
    // mean^2.
    const auto squared = [mean](double x) { return square(x - mean); };
    EXPECT_NEAR(deviation(values, squared, mean, mean + 2.0 * mean * mean), 0.0, 4.0) << mean;
  }
}

TEST(Samplers, ALargerMeanOnlyAddsToAPoissonCount) {
  const RandomKey key(3, 0, Purpose::entry);
  for (std::uint64_t entity = 0; entity < 10000; ++entity) {
    const auto count = [&](double mean) {
      Stream stream(key, entity);
      return poisson(stream, mean);
    };
    ASSERT_EQ(count(0.0), 0U);
    ASSERT_LE(count(0.4), count(0.5));
  }
}

TEST(Samplers, IntegersAreUniformWithBothEnds) {
  std::array<double, 7> counts{};
  for (const double value :
       sample([](Stream& stream) { return static_cast<double>(uniform_int(stream, -3, 3)); })) {
    counts.at(static_cast<std::size_t>(value + 3.0)) += 1.0;
  }
  double chi_square = 0.0;
  for (const double count : counts) chi_square += square(count - draws / 7.0) / (draws / 7.0);
  EXPECT_LT(chi_square, 22.5);  // 99.9 % quantile for 6 degrees of freedom
}

TEST(Samplers, IntegersCoverRangesBeyond32Bits) {
  constexpr double range = 0x1p40;
  const auto values = sample(
      [](Stream& stream) { return static_cast<double>(uniform_int(stream, 0, std::int64_t{1} << 40)); });
  EXPECT_LT(kolmogorov_smirnov(values, [](double x) { return x / range; }), critical_distance);
}

TEST(Samplers, WrongParametersBreakTheContract) {
  Stream stream = Randomness(1, 0).stream(Purpose::jury, 1);
  EXPECT_THROW(bernoulli(stream, 1.5), ContractViolation);
  EXPECT_THROW(bernoulli(stream, std::numeric_limits<double>::quiet_NaN()), ContractViolation);
  EXPECT_THROW(uniform_int(stream, 2, 1), ContractViolation);
  EXPECT_THROW(lognormal(stream, -1.0, 1.0), ContractViolation);
  EXPECT_THROW(BoundedPareto(1.0, 5.0, 4.0)(stream), ContractViolation);
}

// Every published result depends on these bits: a change of them is a change of all numbers.
TEST(Samplers, GoldenDrawsStay) {
  Stream stream = Randomness(2024, 3).stream(Purpose::firm_size, 0x0123456789abcdefULL, 9);
  EXPECT_EQ(uniform(stream), 0x1.acd504ccbf654p-2);
  EXPECT_EQ(uniform_open(stream), 0x1.0ff1531592818p-4);
  EXPECT_EQ(exponential(stream), 0x1.eb1d82f081b85p+1);
  EXPECT_EQ(normal(stream), 0x1.6b6c977b9244cp-2);
  EXPECT_EQ(lognormal(stream, 20.0, 1.2), 0x1.ce2dba82e838cp+4);
  EXPECT_EQ(BoundedPareto(1.06, 10.0, 250.0)(stream), 0x1.ab53127d29979p+3);
  EXPECT_EQ(uniform_int(stream, -5, 1000), 326);
  EXPECT_EQ(uniform_int(stream, 0, std::int64_t{1} << 40), 1047463263734);
}

}  // namespace
}  // namespace ketsim
