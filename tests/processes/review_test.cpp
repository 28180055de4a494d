// Review: which route to a KET interested firms take.
#include <gtest/gtest.h>

#include "ketsim/engine/support.hpp"
#include "support/one_grant.hpp"

namespace ketsim {
namespace {

//! By firm, whether it begins a pilot of its own in the first month, or waits for the grant of this call.
std::vector<bool> pilots(const std::string& call) {
  OneGrant grant(call, {"population.agents=400", "processes[review].months_between_reviews=0"});
  grant.step("review");
  std::vector<bool> pilot;
  for (std::size_t i = 0; i < grant.world().firms.count(); ++i)
    pilot.push_back(grant.world().firms.stage(FirmId(i), OneGrant::ket) == Stage::piloting);
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
  OneGrant grant("2016-06", {"population.agents=400", "processes[review].months_between_reviews=0"});
  Firms& firms = grant.world().firms;
  std::vector<Hazard> first;
  for (std::size_t i = 0; i < firms.count(); ++i) {
    firms.cash[FirmId(i)] = {};  // there is no route that it could take
    grant.world().draw_resistance(FirmId(i), OneGrant::ket, Purpose::review);
    first.push_back(firms.resistance(FirmId(i), OneGrant::ket));
  }
  grant.step("review");
  for (std::size_t i = 0; i < firms.count(); ++i) {
    ASSERT_EQ(firms.stage(FirmId(i), OneGrant::ket), Stage::interested);
    EXPECT_NE(firms.resistance(FirmId(i), OneGrant::ket), first[i]);
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
