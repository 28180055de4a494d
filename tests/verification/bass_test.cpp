// The limit that Bass (1969) describes: complete mixing, one KET, every stage in one step. Then the share of
// users follows
//   x' = x + (1 - x) (1 - exp(-(p + q x) / 12)).
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "support/small_world.hpp"

namespace ketsim {
namespace {

constexpr double firms = 20000.0;
constexpr std::uint32_t replicates = 24;

//! Parameters that leave of the model nothing but Bass' equation. The KET costs one euro, not nothing: its
//! benefit is declared as a share of its cost.
Overrides bass_limit(double p, double q, double seeded) {
  const std::string share = std::to_string(seeded);
  return {
      "time.start=2014-01",
      "time.end=2021-12",
      "horizons=[2021-12]",
      "population.agents=20000",
      "technologies={only: {complexity: 0, uncertainty: 0, benefit_share: 10, frontier_growth: 0, "
      "cost_decline: 0,"
      " cost: {micro: 1, small: 1, medium: 1, large: 1}, relevance: {health: 1, production: 1, energy: 1}}}",
      "network.mixing=1",
      "network.mean_degree=0",
      "network.research_tie_share=0",
      "network.advice_tie_share=0",
      "firms.affinity_spread=0",
      "firms.initial_aware=0",
      "firms.initial_adopters={micro: " + share + ", small: " + share + ", medium: " + share +
          ", large: " + share + "}",
      "decisions.success_floor=1",
      "decisions.success_ceiling=1",
      "decisions.rivalry=0",
      "decisions.business_stealing=0",
      "decisions.pilot_months=0",
      "decisions.pilot_share=0",
      "decisions.own_funds_share=0",
      "decisions.hurdle=0",
      "processes[awareness].media_rate=" + std::to_string(p),
      "processes[awareness].peer_rate=" + std::to_string(q),
      "processes[awareness].talk_rate=0",
      "processes[interest].months_to_interest=0",
      "processes[review].months_between_reviews=0",
      "processes[adoption].disappointment=0",
      "processes[joint_pilots].enabled=false",
      "processes[entry].enabled=false",
      "processes[exit].enabled=false",
      "processes[spin_offs].enabled=false"};
}

//! The recursion, with the variance of the share of users among N firms. Given the past, the month's adopters
//! are binomial (residual thresholds are memoryless), and a deviation of x lives on with the slope of the
//! recursion:
//!   V' = F'(x)^2 V + (1 - x) h (1 - h) / N,
//!   F'(x) = (1 - h) (1 + (1 - x) q / 12),  h = 1 - exp(-(p + q x) / 12).
struct Path {
  std::vector<double> share;
  std::vector<double> variance;
};

Path bass_path(double p, double q, double start, int months) {
  Path path;
  double x = start;
  double variance = 0.0;
  for (int m = 0; m < months; ++m) {
    const double h = 1.0 - std::exp(-(p + q * x) / 12.0);
    const double slope = (1.0 - h) * (1.0 + (1.0 - x) * q / 12.0);
    variance = slope * slope * variance + (1.0 - x) * h * (1.0 - h) / firms;
    x += (1.0 - x) * h;
    path.share.push_back(x);
    path.variance.push_back(variance);
  }
  return path;
}

//! Mean deviation from the recursion over the replicates at 4, 6 and 8 years, in standard errors. Each
//! replicate is compared with the recursion that starts from its own share of initial users.
std::vector<double> deviations(double p, double q, double seeded) {
  const auto setup = setup_of("no_programme.yaml", bass_limit(p, q, seeded));
  std::vector<double> sums(3, 0.0);
  std::vector<double> variances(3, 0.0);
  for (std::uint32_t r = 0; r < replicates; ++r) {
    Simulation world(setup, 11, r);
    EXPECT_EQ(world.world().firms.count(), static_cast<std::size_t>(firms));
    const Path path = bass_path(p, q, static_cast<double>(world.world().users[0]) / firms, 96);
    world.run();
    const std::vector<double> users = monthly(world, "adopters");
    for (std::size_t y = 0; y < 3; ++y) {
      const std::size_t month = 12 * (4 + 2 * y) - 1;
      sums[y] += users[month] / firms - path.share[month];
      variances[y] += path.variance[month];
    }
  }
  for (std::size_t y = 0; y < 3; ++y) sums[y] /= std::sqrt(variances[y]);
  return sums;
}

TEST(BassLimit, MediaAndPeersFollowTheRecursion) {
  for (const double deviation : deviations(0.03, 0.38, 0.0)) EXPECT_LT(std::fabs(deviation), 4.0);
}

TEST(BassLimit, WithoutMediaASeedOfFivePercentFollowsTheRecursion) {
  for (const double deviation : deviations(0.0, 0.5, 0.05)) EXPECT_LT(std::fabs(deviation), 4.0);
}

TEST(BassLimit, WithoutMediaAndWithoutSeedNobodyAdopts) {
  const auto world = run_of("no_programme.yaml", bass_limit(0.0, 0.5, 0.0));
  EXPECT_EQ(last(*world, "adopters"), 0.0);
  EXPECT_EQ(last(*world, "firms_aware"), 0.0);
}

// The tolerance above is worth something only if it would show one month's delay in one of the stages.
TEST(BassLimit, ADelayOfOneMonthWouldShow) {
  const Path path = bass_path(0.03, 0.38, 0.0, 96);
  const double standard_error = std::sqrt(path.variance[47] / replicates);
  EXPECT_GT(path.share[47] - path.share[46], 4.0 * standard_error);
}

// As the step shrinks, the recursion tends to x(t) = (1 - e^-(p+q)t) / (1 + q/p e^-(p+q)t).
TEST(BassLimit, TheRecursionTendsToTheClosedForm) {
  const double p = 0.03;
  const double q = 0.38;
  const auto recursion = [&](int steps_a_year) {
    double x = 0.0;
    for (int s = 0; s < 8 * steps_a_year; ++s) x += (1.0 - x) * (1.0 - std::exp(-(p + q * x) / steps_a_year));
    return x;
  };
  const double decay = std::exp(-(p + q) * 8.0);
  const double closed = (1.0 - decay) / (1.0 + q / p * decay);
  EXPECT_LT(std::fabs(recursion(120) - closed), 0.15 * std::fabs(recursion(12) - closed));
  EXPECT_NEAR(recursion(1200), closed, 2e-4);
}

}  // namespace
}  // namespace ketsim
