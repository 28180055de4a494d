// Networks as empirical work finds them: few firms with many ties, peers of peers that are peers, and a
// border that holds ties back. Means over replicates, four standard errors clear of the opposite.
#include <gtest/gtest.h>

#include "support/limits.hpp"

namespace ketsim {
namespace {

constexpr std::uint64_t seed = 17;

//! What the peer ties of a world look like.
struct Network {
  double mean = 0.0;
  double dispersion = 0.0;    //!< variance of degree over its mean: 1 for ties made independently (Poisson)
  double tail = 0.0;          //!< 99th percentile of degree over its median
  double transitivity = 0.0;  //!< share of pairs of peers of a firm that are peers
  double random = 0.0;        //!< of ties made independently (Erdos and Renyi)
  double configured =
      0.0;              //!< of random ties that keep the degrees (Newman 2003): (<k2> - <k>)^2 / (n <k>^3)
  double across = 0.0;  //!< share of ties that cross the border
};

Network network_of(const World& world) {
  const auto n = static_cast<double>(world.firms.count());
  std::vector<double> degrees;
  double squares = 0.0;
  double sum = 0.0;
  double pairs = 0.0;
  double closed = 0.0;
  double across = 0.0;
  for (std::size_t i = 0; i < world.firms.count(); ++i) {
    const auto peers = world.peers.neighbours(FirmId(i));
    const auto degree = static_cast<double>(peers.size());
    degrees.push_back(degree);
    sum += degree;
    squares += degree * degree;
    pairs += 0.5 * degree * (degree - 1.0);
    for (std::size_t a = 0; a < peers.size(); ++a) {
      across += world.crosses_border(actor(FirmId(i)), actor(FirmId(peers[a])));
      const auto theirs = world.peers.neighbours(FirmId(peers[a]));
      for (std::size_t b = a + 1; b < peers.size(); ++b)
        closed += std::ranges::find(theirs, peers[b]) != theirs.end();
    }
  }
  std::ranges::sort(degrees);
  Network network;
  network.mean = sum / n;
  const double square = squares / n;
  network.dispersion = (square - network.mean * network.mean) / network.mean;
  network.tail = degrees[degrees.size() * 99 / 100] / degrees[degrees.size() / 2];
  network.transitivity = closed / pairs;
  network.random = network.mean / (n - 1.0);
  network.configured = std::pow(square - network.mean, 2) / (n * std::pow(network.mean, 3));
  network.across = across / sum;
  return network;
}

TEST(Networks, HaveHeavyTailsClustersAndFewTiesAcrossTheBorder) {
  const auto setup = setup_of("no_programme.yaml");
  const auto open = setup_of("no_programme.yaml", no_border());
  Sample dispersion;
  Sample tail;
  Sample above_random;
  Sample above_configured;
  Sample across;
  for (std::uint32_t r = 0; r < 30; ++r) {
    const Network network = network_of(Simulation(setup, seed, r).world());
    dispersion.add(network.dispersion);
    tail.add(network.tail);
    above_random.add(network.transitivity / network.random);
    above_configured.add(network.transitivity / network.configured);
    across.add(network.across / network_of(Simulation(open, seed, r).world()).across);
  }
  EXPECT_GT(dispersion.errors_from(1.0), 4.0);
  EXPECT_GT(tail.errors_from(2.2), 4.0);  // 11 over 5: a Poisson law of the same mean, 5.4
  EXPECT_GT(above_random.errors_from(1.0), 4.0);
  EXPECT_GT(above_configured.errors_from(1.0), 4.0);
  EXPECT_LT(across.errors_from(1.0), -4.0);
}

// Of the joint work that gravity alone predicts across the border, sources find 0.24, plausibly 0.08 to 0.44.
TEST(Networks, JointWorkAcrossTheBorderIsRarerThanGravityPredicts) {
  const Overrides changes = together({closed_world(), months_of("2014-01", "2025-03")});
  const auto setup = setup_of("no_programme.yaml", changes);
  const auto open = setup_of("no_programme.yaml", together({changes, no_border()}));
  Sample ratio;
  for (std::uint32_t r = 0; r < 12; ++r)
    ratio.add(last(*run_of(setup, seed, r), "cross_border_share") /
              last(*run_of(open, seed, r), "cross_border_share"));
  EXPECT_LT(ratio.errors_from(1.0), -4.0);
  EXPECT_GT(ratio.mean(), 0.08 - 2.0 * ratio.standard_error());
  EXPECT_LT(ratio.mean(), 0.44 + 2.0 * ratio.standard_error());
}

}  // namespace
}  // namespace ketsim
