// Who hears that a programme exists.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "support/small_world.hpp"

namespace ketsim {
namespace {

constexpr ProgrammeId rocket{0};

// Of n peers that know the programme each passes it on with the chance w, on its own: a firm hears of it with
// the chance 1 - (1 - w)^n.
TEST(Publicity, EachPeerThatKnowsAProgrammeTellsByALuckOfItsOwn) {
  Simulation simulation(setup_of("rocket.yaml", {"processes[publicity].word_of_mouth=0.3"}), 1, 0);
  World& world = simulation.world();
  for (std::size_t i = 0; i < world.firms.count(); i += 2) world.tell_of_programme(FirmId(i), rocket);
  const std::size_t before = world.audience[rocket.index()].size();
  double expected = 0.0;
  double variance = 0.0;
  for (std::size_t i = 1; i < world.firms.count(); i += 2) {
    const auto telling = std::ranges::count_if(world.peers.neighbours(FirmId(i)), [&](std::uint32_t peer) {
      return world.knows_programme(FirmId(peer), rocket);
    });
    const double chance = 1.0 - std::pow(0.7, telling);
    expected += chance;
    variance += chance * (1.0 - chance);
  }
  Context context = simulation.context();
  process_of(context.setup, "publicity")
      ->step(context);  // a year before the announcement: peers are all there is
  const auto heard = static_cast<double>(world.audience[rocket.index()].size() - before);
  EXPECT_NEAR(heard, expected, 4.0 * std::sqrt(variance));  // four standard errors
}

}  // namespace
}  // namespace ketsim
