// Replicates that share one graph of peers have the ties of the first replicate, and their own luck.
#include <gtest/gtest.h>

#include "support/small_world.hpp"

namespace ketsim {
namespace {

const Overrides shared{"network.per_replicate=false", "population.agents=300", "time.end=2015-06",
                       "horizons=[2015-06]"};

TEST(SharedNetwork, IsThatOfTheFirstReplicate) {
  const auto setup = setup_of("no_programme.yaml", shared);
  const Simulation first(setup, 1, 0);
  const Simulation later(setup, 1, 5);
  EXPECT_EQ(later.world().sought->partner, first.world().sought->partner);
  EXPECT_EQ(later.world().peers.ends().neighbour, first.world().peers.ends().neighbour);
  EXPECT_NE(later.world().firms.cash[FirmId(0)], first.world().firms.cash[FirmId(0)]);
}

TEST(SharedNetwork, HandedOverOrBuiltAnewIsTheSameWorld) {
  const auto setup = setup_of("no_programme.yaml", shared);
  const TieNetwork network = found_network(*setup, 1);
  Simulation built(setup, 1, 3);
  Simulation handed(setup, 1, 3, &network);
  EXPECT_EQ(&handed.world().peers.ends(), &network.peers.ends());
  built.run();
  handed.run();
  EXPECT_EQ(built.recorder().values(), handed.recorder().values());
  EXPECT_TRUE(differing_columns(built.world(), handed.world()).empty());
}

// Ties turn over in one world; the others go on with theirs.
TEST(SharedNetwork, StaysAsItIsWhereAWorldRenewsItsTies) {
  const auto setup = setup_of("no_programme.yaml", shared);
  const TieNetwork network = found_network(*setup, 1);
  const std::vector<std::uint32_t> before = network.sought->partner;
  Simulation world(setup, 1, 3, &network);
  world.run();
  EXPECT_NE(world.world().sought->partner, before);
  EXPECT_EQ(network.sought->partner, before);
}

TEST(SharedNetwork, WithoutItEachReplicateHasItsOwn) {
  const auto setup = setup_of("no_programme.yaml", {"population.agents=300"});
  EXPECT_NE(Simulation(setup, 1, 1).world().sought->partner, Simulation(setup, 1, 0).world().sought->partner);
}

}  // namespace
}  // namespace ketsim
