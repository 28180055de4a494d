// Universities and intermediaries adopt too: in stages, with their own costs and gains; and their staff has
// so many hours only.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ketsim/engine/meeting.hpp"
#include "support/one_policy.hpp"

namespace ketsim {
namespace {

constexpr KetId ket{0};

//! One process, month by month.
class OrganisationsTest : public testing::Test {
 protected:
  void begin(const Overrides& changes = {}) {
    simulation_ = std::make_unique<Simulation>(setup_of("no_programme.yaml", changes), 1, 0);
  }
  World& world() { return simulation_->world(); }
  ResearchInstitutes& research() { return world().research; }
  Intermediaries& intermediaries() { return world().intermediaries; }
  void pass(const std::string& process, int months) {
    Context context = simulation_->context();
    const auto one = process_of(context.setup, process);
    for (int month = 0; month < months; ++month, ++world().month) {
      world().changes.clear();
      one->step(context);
    }
  }
  ResearchId without_line() {
    for (std::size_t i = 0; i < research().count(); ++i) {
      if (research().line(ResearchId(i), ket) == LineStage::none) return ResearchId(i);
    }
    return {};
  }

  std::unique_ptr<Simulation> simulation_;
};

TEST_F(OrganisationsTest, ALineOfResearchIsConsideredBuiltRunAndClosed) {
  begin();
  const ResearchId id = without_line();
  research().capability(id, ket) = 0.5F;
  const float free = research().free_projects[id];
  const float capacity = research().capacity[id];
  research().demand(id, ket) = 10.0F;
  pass("research_lines", 1);
  EXPECT_EQ(research().line(id, ket), LineStage::considered);
  EXPECT_EQ(research().line_trigger(id, ket), OrganisationTrigger::demand);
  EXPECT_EQ(research().line_since(id, ket), 0);
  pass("research_lines", 6);
  EXPECT_EQ(research().line(id, ket), LineStage::building);
  EXPECT_EQ(research().line_since(id, ket), 6);
  EXPECT_FLOAT_EQ(research().free_projects[id], free - 1.0F);
  pass("research_lines", 18);
  EXPECT_EQ(research().line(id, ket), LineStage::running);
  EXPECT_FLOAT_EQ(research().free_projects[id], free + 0.5F);
  EXPECT_FLOAT_EQ(research().capacity[id], capacity + 0.5F);
  pass("research_lines", 59);
  EXPECT_EQ(research().line(id, ket), LineStage::running);
  pass("research_lines", 2);
  EXPECT_EQ(research().line(id, ket), LineStage::none);
  EXPECT_EQ(research().line_trigger(id, ket), OrganisationTrigger::lack_of_demand);
  EXPECT_FLOAT_EQ(research().free_projects[id], free);
  EXPECT_FLOAT_EQ(research().capacity[id], capacity);
}

TEST_F(OrganisationsTest, ALineIsNotBuiltWhereDemandDoesNotLast) {
  begin();
  const ResearchId id = without_line();
  research().capability(id, ket) = 0.5F;
  research().demand(id, ket) = 1.1F;
  pass("research_lines", 7);
  EXPECT_EQ(research().line(id, ket), LineStage::none);
  EXPECT_EQ(research().line_trigger(id, ket), OrganisationTrigger::lack_of_demand);
}

TEST_F(OrganisationsTest, ALineWaitsForStaffAndNeedsCapability) {
  begin();
  const ResearchId id = without_line();
  research().demand(id, ket) = 1000.0F;
  research().capability(id, ket) = 0.1F;
  pass("research_lines", 1);
  EXPECT_EQ(research().line(id, ket), LineStage::none);
  research().capability(id, ket) = 0.9F;
  research().free_projects[id] = 0.0F;
  pass("research_lines", 12);
  EXPECT_EQ(research().line(id, ket), LineStage::considered);
  research().free_projects[id] = 1.0F;
  pass("research_lines", 1);
  EXPECT_EQ(research().line(id, ket), LineStage::building);
}

TEST_F(OrganisationsTest, RunningLinesKeepUpWithTheFrontierAndOthersFallBehind) {
  begin();
  const ResearchId without = without_line();
  ResearchId with(0);
  while (research().line(with, ket) != LineStage::running) with = ResearchId(with.index() + 1);
  research().capability(without, ket) = 0.1F;
  research().capability(with, ket) = 0.7F;
  pass("research_lines", 120);
  EXPECT_NEAR(research().capability(without, ket), 0.1 * std::pow(1.0 - 0.06 / 12.0, 120.0), 1e-5);
  EXPECT_NEAR(research().capability(with, ket), 1.0 - 0.3 * std::pow(1.0 - 0.08 / 12.0, 120.0), 1e-5);
  EXPECT_EQ(research().line(with, ket), LineStage::running);  // it stood at the start: never closed
}

TEST_F(OrganisationsTest, FirmsThatComeToLookIntoAKetAskTheInstitutesThatTheyKnow) {
  begin();
  const ResearchId id(0);
  meet(world(), actor(FirmId(0)), actor(id), 0.5);
  world().changes.push_back({FirmId(0), ket, Stage::aware, Stage::interested, Trigger::own_review, 0, 0});
  Context context = simulation_->context();
  process_of(context.setup, "research_lines")->step(context);
  EXPECT_FLOAT_EQ(research().demand(id, ket), 11.0F / 12.0F);
  EXPECT_EQ(research().demand(id, KetId(1)), 0.0F);
}

//! An intermediary whose clients all stand at one stage of the KET.
class AdviceTest : public OrganisationsTest {
 protected:
  void clients_at(Stage stage) {
    for (std::size_t i = 0; i < world().firms.count(); ++i) {
      if (world().firms.client_of[FirmId(i)] == adviser.row && world().firms.stage(FirmId(i), ket) != stage)
        world().change_stage(FirmId(i), ket, stage, Trigger::founding);
    }
  }
  const IntermediaryId adviser{0};
};

TEST_F(AdviceTest, AKetIsLearntAdvisedOnAndDroppedAsClientsWant) {
  begin();
  intermediaries().change_advice(adviser, ket, AdviceStage::none, OrganisationTrigger::none, 0);
  intermediaries().expertise(adviser, ket) = 0.1F;
  clients_at(Stage::aware);
  pass("advice_portfolios", 12);
  EXPECT_EQ(intermediaries().advice(adviser, ket), AdviceStage::none);
  EXPECT_FLOAT_EQ(intermediaries().expertise(adviser, ket), 0.1F);
  clients_at(Stage::interested);
  pass("advice_portfolios", 1);
  EXPECT_EQ(intermediaries().advice(adviser, ket), AdviceStage::learning);
  EXPECT_FALSE(intermediaries().advises(adviser, ket));
  EXPECT_EQ(intermediaries().advice_since(adviser, ket), 12);
  pass("advice_portfolios", 6);
  EXPECT_TRUE(intermediaries().advises(adviser, ket));
  EXPECT_EQ(intermediaries().advice_trigger(adviser, ket), OrganisationTrigger::demand);
  EXPECT_NEAR(intermediaries().expertise(adviser, ket), 1.0 - 0.9 * std::pow(1.0 - 0.1 / 12.0, 7.0), 1e-5);
  clients_at(Stage::unaware);
  pass("advice_portfolios", 36);
  EXPECT_TRUE(intermediaries().advises(adviser, ket));  // for `patience`
  pass("advice_portfolios", 12);
  EXPECT_EQ(intermediaries().advice(adviser, ket), AdviceStage::none);
  EXPECT_EQ(intermediaries().advice_trigger(adviser, ket), OrganisationTrigger::lack_of_demand);
}

TEST_F(AdviceTest, StaffHasItsHoursLessThoseOfLearning) {
  begin();
  pass("staff_hours", 1);
  EXPECT_DOUBLE_EQ(intermediaries().hours[adviser], 20.0 * intermediaries().staff[adviser]);
  EXPECT_DOUBLE_EQ(intermediaries().hours_left[adviser], intermediaries().hours[adviser]);
  intermediaries().change_advice(adviser, ket, AdviceStage::learning, OrganisationTrigger::demand, 0);
  const double before = intermediaries().hours[adviser];
  pass("staff_hours", 1);
  EXPECT_DOUBLE_EQ(intermediaries().hours[adviser], std::max(0.0, before - 30.0));
}

TEST_F(AdviceTest, ClientsThatLookForAdviceUseItsHours) {
  begin();
  clients_at(Stage::aware);
  pass("staff_hours", 1);
  std::size_t asking = 0;
  for (std::size_t i = 0; i < world().firms.count(); ++i) {
    for (std::size_t k = 0; k < 4; ++k) {
      asking += world().firms.client_of[FirmId(i)] == adviser.row &&
                world().firms.stage(FirmId(i), KetId(k)) == Stage::aware &&
                intermediaries().advises(adviser, KetId(k));
    }
  }
  pass("interest", 1);
  ASSERT_GT(asking, 0U);
  EXPECT_DOUBLE_EQ(intermediaries().hours[adviser] - intermediaries().hours_left[adviser],
                   static_cast<double>(asking));
}

//! Firms that have become interested after two years.
double interested(const Overrides& more) {
  Overrides changes{"time.end=2015-12", "horizons=[2015-12]"};
  changes.insert(changes.end(), more.begin(), more.end());
  const auto world = run_of("no_programme.yaml", changes);
  double sum = 0.0;
  for (std::size_t i = 0; i < world->world().firms.count(); ++i) {
    for (std::size_t k = 0; k < 4; ++k) {
      const Stage stage = world->world().firms.stage(FirmId(i), KetId(k));
      sum += stage != Stage::unaware && stage != Stage::aware;
    }
  }
  return sum;
}

TEST(Advice, WithoutHoursHelpsNobodyAndWithFewHelpsLess) {
  const double none = interested({"processes[staff_hours].hours_per_person=0"});
  const double few = interested({"processes[staff_hours].hours_per_person=0.1"});
  const double enough = interested({});
  EXPECT_EQ(none, interested({"processes[interest].advice_gain=0"}));
  EXPECT_LT(none, few);
  EXPECT_LT(few, enough);
  EXPECT_EQ(enough, interested({"processes[staff_hours].enabled=false"}));  // no limit: enough by default
  EXPECT_EQ(enough, interested({"processes[staff_hours].hours_per_person=0",
                                "processes[interest].hours_per_client=0"}));
}

class HostsTest : public OnePolicy {};

TEST_F(HostsTest, APartnerWithoutHoursIsPassedOverAndWithoutAnyTheActWaits) {
  begin("{instrument: event, share: 0.1}");
  step("staff_hours");
  const Context context = simulation_->context();
  const PolicyState& policy = simulation_->policies()[0];
  EXPECT_EQ(partner_of_act(context, policy, 0), policy.partners[0]);
  world().intermediaries.hours_left[policy.partners[0]] = 39.0;  // an event takes 40
  EXPECT_EQ(partner_of_act(context, policy, 0), policy.partners[1]);
  EXPECT_EQ(partner_of_act(context, policy, 5), policy.partners[1]);
  for (const IntermediaryId partner : policy.partners) world().intermediaries.hours_left[partner] = 0.0;
  EXPECT_FALSE(partner_of_act(context, policy, 0).is_valid());
}

TEST_F(HostsTest, ActsUseTheHoursOfTheirHost) {
  begin("{instrument: company_visit, share: 0.1}");
  simulation_->step();
  const PolicyState& policy = simulation_->policies()[0];
  ASSERT_GT(policy.acts, 2U);
  double used = 0.0;
  for (const IntermediaryId partner : policy.partners)
    used += world().intermediaries.hours[partner] - world().intermediaries.hours_left[partner];
  EXPECT_GE(used, 16.0 * policy.acts);
}

TEST_F(HostsTest, WithoutHoursNoActInPersonTakesPlaceAndNoneIsPaid) {
  for (const std::string instrument : {"event", "company_visit", "matchmaking", "proposal_coaching",
                                       "demonstrator", "language_training", "legal_help_desk"}) {
    begin("{instrument: " + instrument +
              ", share: 0.3}, calls: {instrument: project_grant, share: 0.5, window: {start: 2016-04, end: "
              "2016-12, calls: [2016-11]}}",
          {"processes[staff_hours].hours_per_person=0"});
    simulation_->run();
    EXPECT_EQ(simulation_->policies()[0].acts, 0U) << instrument;
    EXPECT_EQ(simulation_->policies()[0].committed, Money{}) << instrument;
  }
}

TEST_F(HostsTest, RocketIsNotStarvedOfHours) {
  const Simulation& world = finished_rocket();
  for (const PolicyState& policy : world.policies()) {
    const double cost = policy.instrument->cost_of_act();
    if (cost <= 0.0 || policy.name == "coaching") continue;  // which also needs proposals
    EXPECT_GT(policy.committed.euros(), policy.budget.euros() - 2.0 * cost) << policy.name;
  }
}

}  // namespace
}  // namespace ketsim
