// Campaigns, demonstrators, training, help desks, more advisers and shared labs: what one act does to firms,
// and to nobody else.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ketsim/engine/awarding.hpp"
#include "ketsim/engine/cooperation.hpp"
#include "ketsim/engine/meeting.hpp"
#include "ketsim/engine/valuation.hpp"
#include "support/one_policy.hpp"

namespace ketsim {
namespace {

class NewOutreachTest : public OnePolicy {
 protected:
  //! All firms have heard of all KETs; one looks into the second.
  void only_interested(FirmId firm) {
    set_all(Stage::aware);
    world().change_stage(firm, KetId(1), Stage::interested, Trigger::own_review);
  }
  Intermediaries& intermediaries() { return world().intermediaries; }
  ResearchInstitutes& research() { return world().research; }
  [[nodiscard]] IntermediaryId partner(std::size_t number) {
    return simulation_->policies()[0].partners[number];
  }
};

TEST_F(NewOutreachTest, ACampaignMakesItsTargetsAwareAndReachesNobodyInPerson) {
  begin(
      "{instrument: broadcast_campaign, share: 0.1, target: {countries: [NL], kets: [photonics]}, "
      "params: {dose: 60, programme_share: 1}}");
  set_all(Stage::unaware);
  ASSERT_TRUE(act());
  for (std::size_t i = 0; i < firms().count(); ++i) {
    const FirmId firm(i);
    const bool target = world().geography->countries[world().country_of(firm).index()] == "NL";
    EXPECT_EQ(firms().stage(firm, KetId(1)), target ? Stage::aware : Stage::unaware);
    EXPECT_EQ(firms().trigger(firm, KetId(1)) == Trigger::campaign, target);
    EXPECT_EQ(firms().stage(firm, KetId(0)), Stage::unaware);
    EXPECT_EQ(world().knows_programme(firm, rocket), target);
  }
  EXPECT_TRUE(reached().empty());
}

TEST_F(NewOutreachTest, ACampaignOfASmallDoseTellsAFewAndTheyAddUp) {
  begin("{instrument: broadcast_campaign, share: 0.1, params: {dose: 0.02, programme_share: 0.03}}");
  set_all(Stage::unaware);
  for (std::size_t i = 0; i < firms().count(); ++i) {
    for (std::size_t k = 0; k < 4; ++k) world().draw_resistance(FirmId(i), KetId(k), Purpose::awareness);
  }
  const double n = static_cast<double>(firms().count());
  double aware = 0.0;
  for (std::uint32_t wave = 0; wave < 10; ++wave) ASSERT_TRUE(act(wave));
  for (std::size_t i = 0; i < firms().count(); ++i)
    aware += firms().stage(FirmId(i), KetId(0)) == Stage::aware;
  const double share = 1.0 - std::exp(-0.2);
  EXPECT_NEAR(aware / n, share, 4.0 * std::sqrt(share * (1.0 - share) / n));
  const double told = 1.0 - std::pow(0.97, 10.0);
  EXPECT_NEAR(static_cast<double>(world().audience[0].size()) / n, told,
              4.0 * std::sqrt(told * (1.0 - told) / n));
}

TEST_F(NewOutreachTest, ADemonstratorShowsFirmsNearbyAndClosesInTime) {
  begin("{instrument: demonstrator, share: 0.5, params: {months: 6, observations: 2, visitors: 0}}");
  ASSERT_TRUE(act());
  EXPECT_TRUE(reached().empty());
  const Position place = intermediaries().position[partner(0)];
  const auto& evidence = world().facilities.evidence[0];
  for (int month = 1; month <= 12; ++month) {
    world().month = static_cast<MonthIndex>(month);
    step("facilities");
  }
  EXPECT_TRUE(world().facilities.demonstrators.empty());
  for (std::size_t r = 0; r < evidence.size(); ++r) {
    const double distance = distance_km(world().geography->regions[r].centroid, place);
    EXPECT_NEAR(evidence[r], std::exp(-distance / 40.0), 1e-6);  // 2 a year, for half a year
    EXPECT_EQ(world().facilities.evidence[1][r], 0.0);
  }
}

TEST_F(NewOutreachTest, WhatADemonstratorHasShownTakesDoubtAway) {
  begin("{instrument: demonstrator, share: 0.5}");
  const Valuation valuation(simulation_->context().scenario());
  const FirmId firm(0);
  const double before = valuation.evidence(world(), firm, KetId(0));
  const double value = valuation.adoption(world(), firm, KetId(0), 0.0, 0.0);
  world().facilities.evidence[0][firms().region[firm]] = 3.0;
  EXPECT_DOUBLE_EQ(valuation.evidence(world(), firm, KetId(0)), before + 3.0);
  EXPECT_GT(valuation.adoption(world(), firm, KetId(0), 0.0, 0.0), value);
}

TEST_F(NewOutreachTest, VisitorsOfADemonstratorAreReachedAndHearOfItsKet) {
  begin("{instrument: demonstrator, share: 0.5, params: {visitors: 7, dose: 60}}");
  set_all(Stage::unaware);
  ASSERT_TRUE(act());
  EXPECT_EQ(world().audience[0].size(), 7U);
  for (const FirmId firm : world().audience[0]) {
    EXPECT_EQ(firms().stage(firm, KetId(0)), Stage::aware);
    EXPECT_EQ(firms().trigger(firm, KetId(0)), Trigger::demonstrator);
  }
}

TEST_F(NewOutreachTest, KetsAndHostsOfDemonstratorsTakeTurns) {
  begin("{instrument: demonstrator, share: 0.5}");
  for (std::uint32_t number = 0; number < 6; ++number) ASSERT_TRUE(act(number));
  const auto& all = world().facilities.demonstrators;
  EXPECT_EQ(all[0].ket, KetId(0));
  EXPECT_EQ(all[5].ket, KetId(1));  // after five partners
  EXPECT_NE(all[0].position.x, all[1].position.x);
  EXPECT_EQ(all[0].position.x, all[5].position.x);
}

TEST_F(NewOutreachTest, TrainingRaisesLanguageAbilityAndALittleExperience) {
  begin("{instrument: language_training, share: 0.1}");
  const FirmId firm(5);
  only_interested(firm);
  world().contacts = Contacts();  // nobody knows anybody across the border
  firms().language_ability[firm] = 0.4F;
  const float other = firms().language_ability[FirmId(6)];
  ASSERT_TRUE(act());
  EXPECT_FLOAT_EQ(firms().language_ability[firm], 0.4F + 0.3F * 0.6F);
  EXPECT_FLOAT_EQ(firms().border_experience[firm], 0.05F);
  EXPECT_EQ(world().audience[0], std::vector<FirmId>{firm});
  EXPECT_EQ(firms().language_ability[FirmId(6)], other);
}

TEST_F(NewOutreachTest, TrainingIsAlsoForThoseWhoKnowSomebodyAcrossTheBorder) {
  begin("{instrument: language_training, share: 0.1}");
  set_all(Stage::aware);
  world().contacts = Contacts();
  EXPECT_FALSE(act());
  FirmId abroad(1);
  while (!world().crosses_border(actor(FirmId(0)), actor(abroad))) abroad = FirmId(abroad.index() + 1);
  meet(world(), actor(FirmId(0)), actor(abroad), 0.5);
  ASSERT_TRUE(act());
  EXPECT_EQ(world().audience[0].size(), 2U);
}

TEST_F(NewOutreachTest, TheHelpDeskTakesThoseWithAProposalFirst) {
  begin("{instrument: legal_help_desk, share: 0.1}");
  set_all(Stage::aware);
  EXPECT_FALSE(act());
  Context context = simulation_->context();
  Proposal proposal;
  proposal.policy = PolicyId(0);
  proposal.ket = KetId(0);
  proposal.lead = FirmId(3);
  join_proposal(context, proposal, actor(FirmId(3)));
  world().proposals.push_back(proposal);
  ASSERT_TRUE(act(0));
  EXPECT_FLOAT_EQ(firms().legal_ability[FirmId(3)], 0.5F);
  ASSERT_TRUE(act(1));
  EXPECT_FLOAT_EQ(firms().legal_ability[FirmId(3)], 0.75F);
  EXPECT_EQ(world().audience[0], std::vector<FirmId>{FirmId(3)});
}

TEST_F(NewOutreachTest, AnAdviserBringsHoursAndExpertiseAndAKetIntoTheAdvice) {
  begin("{instrument: intermediary_capacity, share: 0.1, target: {kets: [photonics]}}");
  const IntermediaryId host = partner(0);
  intermediaries().change_advice(host, KetId(1), AdviceStage::none, OrganisationTrigger::founding, 0);
  intermediaries().expertise(host, KetId(1)) = 0.2F;
  step("staff_hours");
  const double before = intermediaries().hours[host];
  ASSERT_TRUE(act());
  EXPECT_FLOAT_EQ(intermediaries().expertise(host, KetId(1)), 0.2F + 0.02F * 0.8F);
  EXPECT_EQ(intermediaries().advice(host, KetId(1)), AdviceStage::learning);
  EXPECT_EQ(intermediaries().advice_trigger(host, KetId(1)), OrganisationTrigger::programme);
  step("staff_hours");
  EXPECT_DOUBLE_EQ(intermediaries().hours[host], before - 30.0 + 130.0);  // less what it takes to learn
  step("staff_hours");
  EXPECT_DOUBLE_EQ(intermediaries().hours[host], before - 30.0);  // paid for a month only
}

TEST_F(NewOutreachTest, ASharedLabStandsAtTheMostCapableInstituteAndIsPaidMonthByMonth) {
  begin("{instrument: shared_cleanroom, share: 0.5, target: {countries: [DE], kets: [photonics]}}");
  ResearchId best(0);
  for (std::size_t i = 0; i < research().count(); ++i) {
    const bool german = world().geography->countries[research().country[ResearchId(i)].index()] == "DE";
    const bool first = world().geography->countries[research().country[best].index()] != "DE";
    if (german &&
        (first || research().capability(ResearchId(i), KetId(1)) > research().capability(best, KetId(1))))
      best = ResearchId(i);
  }
  research().capability(best, KetId(1)) = 0.95F;
  const float capacity = research().capacity[best];
  ASSERT_TRUE(act());
  EXPECT_FALSE(act(1));  // this month is paid
  ASSERT_EQ(world().facilities.labs.size(), 1U);
  EXPECT_EQ(world().facilities.labs[0].host, best);
  EXPECT_FLOAT_EQ(research().capacity[best], capacity + 1.0F);
  EXPECT_FLOAT_EQ(research().capability(best, KetId(1)), 0.95F + 0.01F * 0.05F);
  world().month = 1;
  step("facilities");
  EXPECT_EQ(world().facilities.labs.size(), 1U);
  ASSERT_TRUE(act(1));
  EXPECT_FLOAT_EQ(research().capacity[best], capacity + 1.0F);
  world().month = 3;  // a month without money
  step("facilities");
  EXPECT_TRUE(world().facilities.labs.empty());
  EXPECT_FLOAT_EQ(research().capacity[best], capacity);
}

TEST_F(NewOutreachTest, FirmsOfBothSidesWorkInASharedLab) {
  begin(
      "{instrument: shared_cleanroom, share: 0.5, target: {kets: [photonics]}, "
      "params: {host: MESA, users_each_side: 2, months: 4}}");
  set_all(Stage::interested);
  ASSERT_TRUE(act());
  const Actor host = actor(world().facilities.labs[0].host);
  EXPECT_EQ(research().id[host.row], "MESA");
  ASSERT_EQ(world().audience[0].size(), 4U);
  int abroad = 0;
  for (const FirmId firm : world().audience[0]) {
    const Contact* contact = world().contacts.find(actor(firm), host);
    ASSERT_NE(contact, nullptr);
    EXPECT_EQ(contact->active_until, 4);
    EXPECT_EQ(contact->kind, ContactKind::collaboration);
    EXPECT_TRUE(overcomes_border(world(), firm, host));
    EXPECT_FLOAT_EQ(firms().evidence(firm, KetId(1)), 1.0F + 0.0F);
    abroad += world().crosses_border(actor(firm), host) ? 1 : 0;
  }
  EXPECT_EQ(abroad, 2);
  EXPECT_FLOAT_EQ(research().demand(host.research(), KetId(1)), 4.0F);
}

TEST(SharedCleanroom, AHostThatIsNoInstituteIsAnError) {
  const auto problems_with = [](const std::string& host) {
    Diagnostics problems;
    const Scenario scenario = read_tree(
        document_of("rocket.yaml", {"programmes[rocket].policies={lab: {instrument: shared_cleanroom, share: "
                                    "0.1, params: {host: " +
                                    host + "}}}"}),
        problems);
    return problems.text();
  };
  EXPECT_THAT(problems_with("MESSA"), testing::HasSubstr("'MESSA' is no university or institute"));
  EXPECT_THAT(problems_with("MESSA"), testing::HasSubstr("'MESA'"));
  EXPECT_THAT(problems_with("OOSTNL"), testing::HasSubstr("is no university or institute"));
  EXPECT_EQ(problems_with("MESA"), "");
}

TEST_F(NewOutreachTest, EachActOfEachInstrumentIsPaidToTheCent) {
  const std::string others =
      ", calls: {instrument: project_grant, share: 0.5, window: {start: 2016-04, end: 2016-12, calls: "
      "[2016-11]}}";
  for (const std::string instrument :
       {"event", "company_visit", "matchmaking", "proposal_coaching", "broadcast_campaign", "demonstrator",
        "language_training", "legal_help_desk", "intermediary_capacity", "shared_cleanroom"}) {
    begin("{instrument: " + instrument + ", share: 0.3}" + others);
    simulation_->run();
    const PolicyState& policy = simulation_->policies()[0];
    const Money cost = to_money(policy.instrument->cost_of_act());
    EXPECT_GT(policy.acts, 0U) << instrument;
    EXPECT_EQ(policy.committed.cents, cost.cents * policy.acts) << instrument;
    EXPECT_LE(policy.committed, share_of(policy.budget, 9.0 / 48.0)) << instrument;
    EXPECT_EQ(paid() + world().ledger.outstanding(rocket),
              management(*simulation_) + policy.committed + simulation_->policies()[1].committed)
        << instrument;
  }
}

}  // namespace
}  // namespace ketsim
