// Diffusion on a random network, the work by which engines are compared
// (scenarios/verification/bass_network.yaml): each month a firm without the KET adopts it with the chance
// 0.003 + 0.1 x share of its peers that use it.
//
// What is left of a threshold is memoryless, so that given the month before the adopters of a month are
// independent draws with these chances. Summed over months, adopters less chances is a martingale with the
// variance of the sum of p (1 - p).
#include <gtest/gtest.h>

#include <cmath>

#include "support/thread_invariance.hpp"

namespace ketsim {
namespace {

std::shared_ptr<const Setup> network_of(std::size_t agents, Overrides more = {}) {
  more.insert(more.end(), {"population.agents=" + std::to_string(agents),
                           // Tests read tables from the folder of scenarios.
                           "population.regions_file=verification/one_region.csv",
                           "population.organisations_file=verification/no_organisations.csv"});
  return setup_of("verification/bass_network.yaml", more);
}

//! Adopters less what the chances let expect, and its variance; by the law with chances, and with hazards of
//! the same size.
struct Deviation {
  double by_chance = 0.0;
  double by_hazard = 0.0;
  double variance = 0.0;
};

void add_month(const World& world, Deviation& deviation) {
  const KetId ket(0);
  for (std::size_t i = 0; i < world.firms.count(); ++i) {
    if (uses(world.firms.stage(FirmId(i), ket))) continue;
    const auto peers = world.peers.neighbours(FirmId(i));
    double users = 0.0;
    for (const std::uint32_t peer : peers) users += uses(world.firms.stage(FirmId(peer), ket)) ? 1.0 : 0.0;
    const double chance = 0.003 + (peers.empty() ? 0.0 : 0.1 * users / static_cast<double>(peers.size()));
    deviation.by_chance -= chance;
    deviation.by_hazard -= 1.0 - std::exp(-chance);
    deviation.variance += chance * (1.0 - chance);
  }
}

Deviation deviation_of(const Overrides& changes) {
  Deviation deviation;
  for (std::uint32_t replicate = 0; replicate < 3; ++replicate) {
    Simulation simulation(network_of(20000, changes), 5, replicate);
    while (!simulation.is_done()) {
      add_month(simulation.world(), deviation);
      simulation.step();
    }
    const auto users = static_cast<double>(simulation.world().users[0]);
    deviation.by_chance += users;
    deviation.by_hazard += users;
  }
  return deviation;
}

TEST(NetworkDiffusion, AdoptersFollowTheChancesOfTheirPeers) {
  const Deviation deviation = deviation_of({});
  EXPECT_LT(std::fabs(deviation.by_chance), 4.0 * std::sqrt(deviation.variance));
  // The tolerance would show hazards in place of chances: an error of 2 % where chances are 5 %.
  EXPECT_GT(std::fabs(deviation.by_hazard), 5.0 * std::sqrt(deviation.variance));
}

TEST(NetworkDiffusion, WithContinuousTimingChancesAreHazards) {
  const Deviation deviation = deviation_of({"processes[awareness].timing=continuous"});
  EXPECT_LT(std::fabs(deviation.by_hazard), 4.0 * std::sqrt(deviation.variance));
  EXPECT_GT(std::fabs(deviation.by_chance), 5.0 * std::sqrt(deviation.variance));
}

TEST(NetworkDiffusion, TheNetworkIsRandomWithMeanDegreeTen) {
  const Simulation simulation(network_of(20000), 1, 0);
  double ends = 0.0;
  double squares = 0.0;
  for (std::size_t i = 0; i < 20000; ++i) {
    const auto degree = static_cast<double>(simulation.world().peers.neighbours(FirmId(i)).size());
    ends += degree;
    squares += degree * degree;
  }
  const double mean = ends / 20000.0;
  EXPECT_NEAR(mean, 10.0, 0.1);
  // Five are sought, the others are Poisson: variance 5 (standard error 0.05).
  EXPECT_NEAR(squares / 20000.0 - mean * mean, 5.0, 0.25);
}

// More firms than two ranges of rows, and months in which thousands adopt at once.
TEST(NetworkDiffusion, HasTheSameBitsForAnyNumberOfThreads) {
  const auto world =
      expect_same_bits_for_any_threads(network_of(150'000, {"time.end=2022-06", "horizons=[2022-06]"}));
  EXPECT_GT(world->world().users[0], 40'000);
}

}  // namespace
}  // namespace ketsim
