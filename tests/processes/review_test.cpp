// Review: which route to a KET interested firms take.
#include <gtest/gtest.h>

#include "ketsim/engine/support.hpp"
#include "support/small_world.hpp"

namespace ketsim {
namespace {

constexpr KetId ket{3};

//! Interested firms with money that know of a grant for projects and weigh it in the first month, by what
//! they do: begin a pilot of their own, or wait for the grant.
std::vector<bool> pilots(const std::string& call) {
  Simulation simulation(
      setup_of("no_programme.yaml",
               {"time.start=2016-01", "time.end=2022-12", "horizons=[2022-12]", "population.agents=400",
                "processes[review].months_between_reviews=0",
                "programmes={scheme: {owner: state, budget: 2000000, start: 2016-01, end: 2023-01, policies: "
                "{grant: {instrument: project_grant, share: 0.9, window: {announced: 2016-01, calls: [" +
                    call + "]}}}}}"}),
      1, 0);
  Context context = simulation.context();
  World& world = simulation.world();
  for (std::size_t i = 0; i < world.firms.count(); ++i) {
    const FirmId firm(i);
    world.firms.cash[firm] = to_money(1e6);
    world.tell_of_programme(firm, ProgrammeId(0));
    if (world.firms.stage(firm, ket) != Stage::interested)
      world.change_stage(firm, ket, Stage::interested, Trigger::founding);
  }
  process_of(context.setup, "review")->step(context);
  std::vector<bool> pilot;
  for (std::size_t i = 0; i < world.firms.count(); ++i)
    pilot.push_back(world.firms.stage(FirmId(i), ket) == Stage::piloting);
  return pilot;
}

// Nobody waits for long for what is worth little more than going ahead.
TEST(Review, ADistantCallHoldsUpFewerPilots) {
  const std::vector<bool> soon = pilots("2016-02");
  const std::vector<bool> late = pilots("2018-02");
  for (std::size_t i = 0; i < soon.size(); ++i) EXPECT_LE(soon[i], late[i]);
  EXPECT_GT(std::ranges::count(late, true), std::ranges::count(soon, true));
  EXPECT_LT(std::ranges::count(late, true), std::ssize(late));
}

// Who still looks for a route in the month in which it became interested draws anew when to choose again.
TEST(Review, TheNextReviewHasAThresholdOfItsOwn) {
  Simulation simulation(
      setup_of("no_programme.yaml", {"population.agents=400", "processes[review].months_between_reviews=0"}),
      1, 0);
  Context context = simulation.context();
  World& world = simulation.world();
  std::vector<Hazard> first;
  for (std::size_t i = 0; i < world.firms.count(); ++i) {
    const FirmId firm(i);
    world.firms.cash[firm] = {};  // there is no route that it could take
    if (world.firms.stage(firm, ket) != Stage::aware)
      world.change_stage(firm, ket, Stage::aware, Trigger::founding);
    world.change_stage(firm, ket, Stage::interested, Trigger::founding);
    first.push_back(world.firms.resistance(firm, ket));
  }
  process_of(context.setup, "review")->step(context);
  for (std::size_t i = 0; i < world.firms.count(); ++i) {
    ASSERT_EQ(world.firms.stage(FirmId(i), ket), Stage::interested);
    EXPECT_NE(world.firms.resistance(FirmId(i), ket), first[i]);
  }
}

TEST(Review, ADecisionComesAfterTheNextCallOrTheOpening) {
  const std::string allocation = "allocation: {rule: ranked, decision_months: 4}";
  Simulation simulation(
      setup_of("no_programme.yaml",
               {"time.start=2016-01", "time.end=2018-12", "horizons=[2018-12]", "population.agents=60",
                "programmes={scheme: {owner: state, budget: 2000000, start: 2016-01, end: 2018-12, policies: "
                "{calls: {instrument: project_grant, share: 0.3, window: {calls: [2016-03, 2016-09]}, " +
                    allocation +
                    "}, open: {instrument: project_grant, share: 0.3, window: {announced: 2016-01, start: "
                    "2016-07, end: 2017-07}, " +
                    allocation + "}}}}"}),
      1, 0);
  const Context context = simulation.context();
  const auto decided = [&](const std::string& policy, MonthIndex month) {
    simulation.world().month = month;
    return decision_month(context, policy_of(context, policy));
  };
  EXPECT_EQ(decided("calls", 0), 2 + 4);
  EXPECT_EQ(decided("calls", 2), 2 + 4);
  EXPECT_EQ(decided("calls", 3), 8 + 4);
  EXPECT_EQ(decided("calls", 9), never);
  EXPECT_EQ(decided("open", 0), 6 + 4);
  EXPECT_EQ(decided("open", 6), 6 + 4);
  EXPECT_EQ(decided("open", 9), 9 + 4);
}

}  // namespace
}  // namespace ketsim
