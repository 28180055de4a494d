// What adoption elsewhere does to firms: cheaper KETs, and rivals that use them.
#include <gtest/gtest.h>

#include <cmath>

#include "ketsim/engine/valuation.hpp"
#include "support/small_world.hpp"

namespace ketsim {
namespace {

constexpr KetId ket{0};

// The step of a month works out what the next one finds: after twelve of them a year has passed.
TEST(Market, CostsFallByTheWorldsLearningFromTheStart) {
  Simulation simulation(setup_of("no_programme.yaml", {"technologies[nanotechnology].cost_decline=0.1"}), 1,
                        0);
  const double at_start = adoption_cost(simulation.world(), FirmId(0), ket);
  for (int month = 0; month < 12; ++month) simulation.step();
  EXPECT_NEAR(adoption_cost(simulation.world(), FirmId(0), ket), at_start * std::exp(-0.1), 1e-9 * at_start);
}

TEST(Market, RivalsAreTheLivingFirmsOfTheSectorThatUseTheKet) {
  Simulation simulation(setup_of("no_programme.yaml"), 1, 0);
  for (int month = 0; month < 12; ++month) simulation.step();
  Context context = simulation.context();
  process_of(context.setup, "market")->step(context);
  const World& world = simulation.world();
  for (std::size_t s = 0; s < world.geography->sectors.size(); ++s) {
    double firms = 0.0;
    double users = 0.0;
    for (std::size_t i = 0; i < world.firms.count(); ++i) {
      if (world.firms.sector[FirmId(i)] != s) continue;
      firms += world.firms.alive[FirmId(i)];
      users += uses(world.firms.stage(FirmId(i), ket));
    }
    EXPECT_DOUBLE_EQ(world.rivals[0][s], firms > 0.0 ? users / firms : 0.0);
  }
}

}  // namespace
}  // namespace ketsim
