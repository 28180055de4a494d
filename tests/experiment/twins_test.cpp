// What a policy changed, pair by pair, on cases worked out by hand.
#include "ketsim/experiment/twins.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "support/small_world.hpp"

namespace ketsim {
namespace {

// Two KETs and six firms, H = 60. Pairs (KET, firm), adoption months without / with the policy, `-` never:
//   KET 0   firm 0: -1 / -1  initial adopter, counts nowhere
//           firm 1: 20 / 20  paid          deadweight
//           firm 2: 50 / 30  paid          deadweight, accelerated; gains 20 months
//           firm 3:  - / 40  paid          additional; gains 60 - 40 = 20 months
//           firm 4:  - / 55  reached       additional; gains 5
//           firm 5: 10 / -   untouched     displaced; gains 10 - 60 = -50
//   KET 1   firm 0:  - / 60  untouched     additional, spill-over; adopts in the month of H: gains 0
//           firm 1:  - / -                 nothing
//           firm 2: 30 / 45                later but not paid: gains -15
//           firm 3:  - / -   paid in vain  nothing
//           firm 4:  - / 58  reached       additional, no spill-over; gains 2
//           firm 5:  - / -                 nothing
constexpr MonthIndex horizon = 60;

// Instrument 0 reaches firms, instrument 1 pays 1,000 EUR for a pair. Firms stand in region 0, 1, 0, 1 ...
constexpr std::uint8_t reaching = 0;
constexpr std::uint8_t paying = 1;

Snapshot snapshot(std::vector<MonthIndex> adopted, const std::vector<std::uint8_t>& paid,
                  const std::vector<std::uint8_t>& reached) {
  Snapshot s;
  for (const MonthIndex month : adopted) s.stage.push_back(month == never ? Stage::aware : Stage::adopted);
  s.waits.assign(adopted.size(), 0);
  s.adopted_in = std::move(adopted);
  for (const std::uint8_t award : paid) {
    s.paid_by.push_back(award != 0 ? paying : Snapshot::no_instrument);
    s.awarded.push_back({award * 1'000'00});
  }
  for (std::size_t i = 0; i < reached.size(); ++i) {
    s.key.push_back(100 + i);
    s.region.push_back(static_cast<std::uint16_t>(i % 2));
    s.sector.push_back(0);
    s.size.push_back(SizeClass::small);
    s.reached_by.push_back(reached[i] != 0 ? reaching : Snapshot::no_instrument);
  }
  return s;
}

EffectShape shape_of(std::size_t kets) {
  return {{2, 1, kets, size_class_count}, 2, {100.0, 300.0}};
}

TwinEffect compare(const Snapshot& baseline, const Snapshot& alternative, std::size_t kets = 2) {
  return compare_twins(baseline, alternative, shape_of(kets), 60);
}

Snapshot without_policy() {
  Snapshot s = snapshot({-1, 20, 50, never, never, 10, never, never, 30, never, never, never},
                        std::vector<std::uint8_t>(12, 0), std::vector<std::uint8_t>(6, 0));
  s.public_money = {1'000'00};
  s.private_money = {5'000'00};
  s.partners_match = {500'00};
  return s;
}

Snapshot with_policy() {
  Snapshot s = snapshot({-1, 20, 30, 40, 55, never, 60, never, 45, never, 58, never},
                        {0, 1, 1, 1, 0, 0, 0, 0, 0, 1, 0, 0}, {0, 0, 0, 0, 1, 0});
  s.public_money = {4'000'50};
  s.private_money = {4'000'00};
  s.partners_match = {700'00};
  return s;
}

TEST(CompareTwins, ACaseWorkedOutByHand) {
  const TwinEffect effect = compare(without_policy(), with_policy());
  EXPECT_EQ(effect.additional(), 4.0);
  EXPECT_EQ(effect.displaced(), 1.0);
  EXPECT_EQ(effect.net(), 3.0);
  EXPECT_EQ(effect.deadweight(), 2.0);
  EXPECT_EQ(effect.accelerated, 1.0);
  EXPECT_EQ(effect.deadweight_money, 2000.0);
  EXPECT_EQ(effect.spillover(), 1.0);
  EXPECT_EQ(effect.months_gained, 20.0 + 20.0 + 5.0 - 50.0 + 0.0 - 15.0 + 2.0);
  // By exposure: paid pairs gain (3, 0); served ones (4, 0) and (4, 1); untouched (0, 1) less (5, 0).
  EXPECT_EQ(effect.net_on(Exposure::paid), 1.0);
  EXPECT_EQ(effect.net_on(Exposure::served), 2.0);
  EXPECT_EQ(effect.net_on(Exposure::untouched), 0.0);
  // With at least one KET: without 0, 1, 2, 5; with 0, 1, 2, 3, 4.
  EXPECT_EQ(effect.firm_count(Outcome::only_with), 2.0);
  EXPECT_EQ(effect.firm_count(Outcome::only_without), 1.0);
  EXPECT_EQ(effect.firm_count(Outcome::in_both), 3.0);
  EXPECT_EQ(effect.public_money, 3000.50);
  EXPECT_EQ(effect.private_money, -1000.0);
  EXPECT_EQ(effect.partners_match, 200.0);
}

// Eleven pairs are compared: all but the initial adopter.
TEST(CompareTwins, PartsAddUpToTheWhole) {
  const TwinEffect effect = compare(without_policy(), with_policy());
  const auto sum = [](const std::vector<double>& values) {
    return std::accumulate(values.begin(), values.end(), 0.0);
  };
  EXPECT_EQ(sum(effect.pairs), 11.0);
  EXPECT_EQ(sum(effect.firms), 6.0);
  for (std::size_t p = 0; p < part_count; ++p) {
    EXPECT_EQ(sum(effect.pairs_by[p]), 11.0) << part_names()[p];
    EXPECT_EQ(sum(effect.months_by[p]), effect.months_gained) << part_names()[p];
  }
  // Region 0 holds the firms 0, 2, 4, region 1 the firms 1, 3, 5.
  EXPECT_THAT(effect.months_by[0], testing::ElementsAre(20 + 5 + 0 - 15 + 2, 20 - 50));
  EXPECT_THAT(effect.awards_by_region, testing::ElementsAre(1000.0, 3000.0));
  EXPECT_THAT(effect.awards_by_instrument, testing::ElementsAre(0.0, 4000.0));
  EXPECT_EQ(sum(effect.net_by_region_and_sector), effect.net());
  EXPECT_EQ(sum(effect.net_by_region_and_size), effect.net());
  EXPECT_EQ(effect.pairs_of_region(0) + effect.pairs_of_region(1), 11.0);
  // 10 EUR a head in both regions.
  EXPECT_DOUBLE_EQ(effect.award_gini, 0.0);
  // [outcome][instrument]: both worlds 0, 2; only with 2, 1; only without 0, 0; neither 0, 1.
  EXPECT_THAT(effect.pairs_by_instrument, testing::ElementsAre(0, 2, 2, 1, 0, 0, 0, 1));
}

TEST(CompareTwins, SaysWhereTheDisplacedStand) {
  const std::vector<Stage> stages{Stage::gone,       Stage::rejected, Stage::discontinued,
                                  Stage::interested, Stage::piloting, Stage::interested};
  Snapshot with = snapshot(std::vector<MonthIndex>(6, never), std::vector<std::uint8_t>(6, 0),
                           std::vector<std::uint8_t>(6, 0));
  with.stage = stages;
  with.waits = {1, 1, 1, 1, 0, 0};
  const Snapshot without =
      snapshot({9, 9, 9, 9, 9, 9}, std::vector<std::uint8_t>(6, 0), std::vector<std::uint8_t>(6, 0));
  EXPECT_THAT(compare(without, with, 1).displaced_by_cause, testing::Each(1.0));
}

// Four firms a world, one KET, H = 60. Firms by key: A and B stand in both worlds, in other rows; C only
// without the policy, D and E only with it.
//   without: A 10, B never, C 20            with: B 30, D 40, A 10, E never, untouched all
// Of both worlds: A deadweight if it were paid, it is not; B additional and spill-over, gains 30 months.
// C counts among those that exist only without, D among those only with.
TEST(CompareTwins, FirmsAreMatchedByKeyAndThoseOfOneWorldOnlyStandApart) {
  Snapshot without = snapshot({10, never, 20}, {0, 0, 0}, {0, 0, 0});
  without.key = {'A', 'B', 'C'};
  Snapshot with = snapshot({30, 40, 10, never}, {0, 1, 0, 0}, {0, 0, 0, 0});
  with.key = {'B', 'D', 'A', 'E'};
  const TwinEffect effect = compare(without, with, 1);
  EXPECT_EQ(effect.additional(), 1.0);
  EXPECT_EQ(effect.spillover(), 1.0);
  EXPECT_EQ(effect.displaced(), 0.0);
  EXPECT_EQ(effect.deadweight(), 0.0);
  EXPECT_EQ(effect.months_gained, 30.0);
  EXPECT_EQ(effect.firm_count(Outcome::only_with), 1.0);
  EXPECT_EQ(effect.only_with, 1.0);
  EXPECT_EQ(effect.only_without, 1.0);
  const TwinEffect back = compare(with, without, 1);
  EXPECT_EQ(back.displaced(), 1.0);
  EXPECT_EQ(back.months_gained, -30.0);
}

TEST(CompareTwins, AWorldDiffersInNothingFromItself) {
  const TwinEffect effect = compare(with_policy(), with_policy());
  EXPECT_EQ(effect.additional() + effect.displaced() + effect.accelerated + effect.spillover() +
                effect.months_gained + effect.public_money,
            0.0);
}

TEST(CompareTwins, TheOtherWayRoundGainsAreLosses) {
  const TwinEffect there = compare(without_policy(), with_policy());
  const TwinEffect back = compare(with_policy(), without_policy());
  EXPECT_EQ(back.additional(), there.displaced());
  EXPECT_EQ(back.displaced(), there.additional());
  EXPECT_EQ(back.months_gained, -there.months_gained);
  EXPECT_EQ(back.firm_count(Outcome::only_with), there.firm_count(Outcome::only_without));
}

// months_gained is the area between the curves of cumulative adoption up to the horizon.
TEST(CompareTwins, MonthsGainedAreTheAreaBetweenTheCurves) {
  const Snapshot a = without_policy();
  const Snapshot b = with_policy();
  double area = 0.0;
  for (int month = 0; month < horizon; ++month) {
    for (std::size_t pair = 0; pair < a.stage.size(); ++pair) {
      area += (b.adopted_in[pair] <= month ? 1.0 : 0.0) - (a.adopted_in[pair] <= month ? 1.0 : 0.0);
    }
  }
  EXPECT_EQ(compare(a, b).months_gained, area);
}

TEST(Snapshot, HoldsTheWorldAsItIs) {
  Simulation rocket(setup_of("rocket.yaml", {"time.end=2018-06", "horizons=[2018-06]"}), 3, 0);
  rocket.run();
  const World& world = rocket.world();
  const Snapshot s = take_snapshot(rocket);
  ASSERT_GT(world.ledger.outstanding(ProgrammeId(0)), Money{});
  EXPECT_EQ(static_cast<double>(std::ranges::count_if(s.stage, uses)), last(rocket, "adopters"));
  EXPECT_EQ(s.public_money, world.ledger.paid(ProgrammeId(0)) + world.ledger.outstanding(ProgrammeId(0)));
  EXPECT_EQ(s.private_money, world.private_investment + world.ledger.borne_by_partners());
  EXPECT_EQ(static_cast<double>(s.firms()) -
                static_cast<double>(std::ranges::count(s.reached_by, Snapshot::no_instrument)),
            total(rocket, "firms_reached"));
  Money awarded;
  for (std::size_t pair = 0; pair < s.stage.size(); ++pair) {
    ASSERT_EQ(s.adopted_in[pair] != never, uses(s.stage[pair]));
    ASSERT_EQ(s.paid_by[pair] != Snapshot::no_instrument, s.awarded[pair] > Money{});
    awarded += s.awarded[pair];
  }
  // Awards to firms are a part of what the programme committed; the rest went to institutes and acts.
  EXPECT_GT(awarded, Money{});
  EXPECT_LT(awarded, s.public_money);
}

}  // namespace
}  // namespace ketsim
