// Twins without the border: what each variant changes, and that the ties of the one with the border are among
// those of the one where it was never there.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ketsim/engine/border_variant.hpp"
#include "support/limits.hpp"

namespace ketsim {
namespace {

using testing::IsEmpty;
using testing::Not;

constexpr std::uint64_t seed = 11;
const Overrides three_years{"time.end=2016-12", "horizons=[2016-12]"};

//! Slots in which one world has a tie that another one, made without a border, has not; `all` counts ties.
struct Nesting {
  std::size_t ties = 0;
  std::size_t missing = 0;
  std::size_t more = 0;           //!< ties that only the world without a border has
  std::size_t other_at_home = 0;  //!< ties inside a country of another strength
  std::size_t weaker = 0;         //!< ties across that are weaker without the border
};

Nesting nesting_of(const World& with, const World& without) {
  Nesting nesting;
  for (std::size_t i = 0; i < with.sought->firms(); ++i) {
    for (std::uint32_t at = with.sought->offset[i]; at < with.sought->offset[i + 1]; ++at) {
      const std::uint32_t here = with.sought->partner[at];
      const std::uint32_t there = without.sought->partner[at];
      if (here == SoughtTies::nobody) {
        nesting.more += there != SoughtTies::nobody;
        continue;
      }
      ++nesting.ties;
      nesting.missing += here != there;
      const bool across = with.crosses_border(actor(FirmId(i)), actor(FirmId(here)));
      nesting.other_at_home += !across && with.sought->strength[at] != without.sought->strength[at];
      nesting.weaker += with.sought->strength[at] > without.sought->strength[at];
    }
  }
  return nesting;
}

TEST(BorderVariant, TiesOfTheStartNestWhereTheBorderWasNeverThere) {
  const auto rocket = setup_of("rocket.yaml");
  const auto open = without_border(*rocket, BorderVariant::never_there);
  for (std::uint32_t r = 0; r < 5; ++r) {
    const Simulation with(rocket, seed, r);
    const Simulation without(open, seed, r);
    const Nesting nesting = nesting_of(with.world(), without.world());
    EXPECT_GT(nesting.ties, 4000U);
    EXPECT_EQ(nesting.missing, 0U);
    EXPECT_GT(nesting.more, 100U);
    EXPECT_EQ(nesting.other_at_home, 0U);
    EXPECT_EQ(nesting.weaker, 0U);
    for (std::size_t i = 0; i < with.world().firms.count(); ++i) {
      const auto peers = without.world().peers.neighbours(FirmId(i));
      for (const std::uint32_t peer : with.world().peers.neighbours(FirmId(i)))
        ASSERT_NE(std::ranges::find(peers, peer), peers.end());
    }
  }
}

// What is sought anew is drawn under (firm, slot, year), with the border's own draw beside it: ties go on to
// nest, as long as the same firms are there.
TEST(BorderVariant, TiesGoOnToNestWhileTheyTurnOver) {
  const auto setup = setup_of(
      "rocket.yaml", together({three_years, {"network.turnover=0.3", "processes[exit].overdraft=10"}}));
  const auto with = run_of(setup, seed);
  const auto without = run_of(without_border(*setup, BorderVariant::never_there), seed);
  const std::size_t founders = Simulation(setup, seed, 0).world().firms.count();
  std::size_t ties = 0;
  std::size_t missing = 0;
  for (std::uint32_t at = 0; at < with->world().sought->offset[founders]; ++at) {
    const std::uint32_t here = with->world().sought->partner[at];
    ties += here != SoughtTies::nobody && here < founders;
    missing += here != SoughtTies::nobody && here < founders && here != without->world().sought->partner[at];
  }
  EXPECT_GT(ties, 3000U);
  EXPECT_EQ(missing, 0U);
}

// The choice of an adviser, or of an institute, weighs all of them: fewer pulls abroad make others likelier.
TEST(BorderVariant, TheSameFirmsHaveAnAdviserOrAContactToResearch) {
  const auto setup = setup_of("rocket.yaml");
  const Simulation with(setup, seed, 0);
  const Simulation without(without_border(*setup, BorderVariant::never_there), seed, 0);
  std::size_t moved = 0;
  for (std::size_t i = 0; i < with.world().firms.count(); ++i) {
    const std::uint8_t here = with.world().firms.client_of[FirmId(i)];
    const std::uint8_t there = without.world().firms.client_of[FirmId(i)];
    EXPECT_EQ(here == 255, there == 255) << i;
    moved += here != there;
    EXPECT_EQ(with.world().contacts.of(actor(FirmId(i))).empty(),
              without.world().contacts.of(actor(FirmId(i))).empty())
        << i;
  }
  EXPECT_GT(moved, 0U);  // so the sets do not nest
}

TEST(BorderVariant, NeverThereIsTheScenarioWithoutFrictions) {
  for (const auto& [with, without] : {std::pair("rocket.yaml", "rocket_no_border.yaml"),
                                      std::pair("no_programme.yaml", "no_border.yaml")}) {
    const auto twin = run_of(without_border(*setup_of(with, three_years), BorderVariant::never_there), seed);
    const auto by_hand = run_of(without, three_years, seed);
    EXPECT_THAT(differing_columns(twin->world(), by_hand->world()), IsEmpty()) << with;
    EXPECT_EQ(twin->recorder().values(), by_hand->recorder().values()) << with;
  }
}

TEST(BorderVariant, LiftedIsFoundedAsTheWorldWithTheBorder) {
  const auto setup = setup_of("rocket.yaml", three_years);
  Simulation with(setup, seed, 0);
  Simulation lifted(without_border(*setup, BorderVariant::lifted), seed, 0);
  EXPECT_THAT(differing_columns(with.world(), lifted.world()), IsEmpty());
  EXPECT_EQ(with.world().sought->partner, lifted.world().sought->partner);
  EXPECT_EQ(with.world().sought->strength, lifted.world().sought->strength);
  EXPECT_EQ(with.world().contacts.all().size(), lifted.world().contacts.all().size());
  for (const auto& row : lifted.world().geography->borders) {
    for (const Border& border : row) EXPECT_EQ(border.language + border.culture + border.legislation, 0.0);
  }
  with.run();
  lifted.run();
  EXPECT_THAT(differing_columns(with.world(), lifted.world()), Not(IsEmpty()));
}

// Ties that are sought in the run no longer meet the border.
TEST(BorderVariant, LiftedTiesAreSoughtAsIfItWereNotThere) {
  const auto setup =
      setup_of("no_programme.yaml", together({months_of("2014-01", "2015-01"), {"network.turnover=1"}}));
  const auto lifted = run_of(without_border(*setup, BorderVariant::lifted), seed);
  const auto never = run_of(without_border(*setup, BorderVariant::never_there), seed);
  const std::size_t founders = Simulation(setup, seed, 0).world().firms.count();
  const World& here = lifted->world();
  const World& there = never->world();
  std::size_t compared = 0;
  for (std::size_t i = 0; i < founders; ++i) {
    if (here.firms.alive[FirmId(i)] == 0 || there.firms.alive[FirmId(i)] == 0) continue;
    for (std::uint32_t at = here.sought->offset[i]; at < here.sought->offset[i + 1]; ++at, ++compared) {
      ASSERT_EQ(here.sought->partner[at], there.sought->partner[at]);
      ASSERT_EQ(here.sought->strength[at], there.sought->strength[at]);
    }
  }
  EXPECT_GT(compared, 4000U);
}

TEST(BorderVariant, SharedGraphsAreThoseOfTheFounding) {
  const auto setup = setup_of("no_programme.yaml", {"network.per_replicate=false"});
  const auto graph = [&](BorderVariant variant) {
    return found_network(*without_border(*setup, variant), seed);
  };
  EXPECT_EQ(graph(BorderVariant::lifted).sought->partner, found_network(*setup, seed).sought->partner);
  EXPECT_NE(graph(BorderVariant::never_there).sought->partner, found_network(*setup, seed).sought->partner);
}

// Where there is nothing to take away, nothing changes.
TEST(BorderVariant, OfAWorldWithoutFrictionsIsThatWorld) {
  const auto setup = setup_of("rocket_no_border.yaml", three_years);
  const auto with = run_of(setup, seed);
  for (const BorderVariant variant : {BorderVariant::lifted, BorderVariant::never_there})
    EXPECT_EQ(run_of(without_border(*setup, variant), seed)->recorder().values(), with->recorder().values());
}

}  // namespace
}  // namespace ketsim
