// Outreach in person: what one event, visit, match or session does to firms, and what it costs.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ketsim/engine/awarding.hpp"
#include "support/one_policy.hpp"

namespace ketsim {
namespace {

class OutreachTest : public OnePolicy {};

TEST_F(OutreachTest, AnEventReachesItsParticipantsAndTheyMeet) {
  begin("{instrument: event, share: 0.1}");
  const std::size_t contacts = world().contacts.all().size();
  ASSERT_TRUE(act());
  std::size_t guests = 0;
  for (std::size_t i = 0; i < firms().count(); ++i) guests += world().knows_programme(FirmId(i), rocket);
  EXPECT_EQ(guests, 23U);  // 45 % of 50 people
  EXPECT_GT(world().contacts.all().size(), contacts + 10);
  for (std::size_t c = contacts; c < world().contacts.all().size(); ++c) {
    const Contact& contact = world().contacts.all()[c];
    EXPECT_FLOAT_EQ(contact.strength, 0.2F);
    EXPECT_TRUE(world().knows_programme(contact.a.firm(), rocket) &&
                world().knows_programme(contact.b.firm(), rocket));
  }
}

TEST_F(OutreachTest, AnEventTellsOfItsThemeAndOfNothingElse) {
  begin("{instrument: event, share: 0.1, params: {dose: 60}}");
  set_all(Stage::unaware);
  ASSERT_TRUE(act());
  for (std::size_t i = 0; i < firms().count(); ++i) {
    const bool guest = world().knows_programme(FirmId(i), rocket);
    EXPECT_EQ(firms().stage(FirmId(i), KetId(0)), guest ? Stage::aware : Stage::unaware);
    EXPECT_EQ(firms().trigger(FirmId(i), KetId(0)) == Trigger::event, guest);
    for (std::size_t k = 1; k < 4; ++k) EXPECT_EQ(firms().stage(FirmId(i), KetId(k)), Stage::unaware);
  }
}

TEST_F(OutreachTest, AwareGuestsOfAnEventBecomeInterested) {
  begin("{instrument: event, share: 0.1, params: {dose: 60}}",
        {"technologies[nanotechnology].relevance={health: 1, production: 1, energy: 1}"});
  set_all(Stage::aware);
  ASSERT_TRUE(act());
  for (std::size_t i = 0; i < firms().count(); ++i) {
    EXPECT_EQ(firms().stage(FirmId(i), KetId(0)),
              world().knows_programme(FirmId(i), rocket) ? Stage::interested : Stage::aware);
  }
}

TEST_F(OutreachTest, EventsOfAPolicyForOneKetAreAboutThatKet) {
  begin("{instrument: event, share: 0.1, target: {kets: [photonics]}, params: {dose: 60}}");
  set_all(Stage::unaware);
  for (std::uint32_t number = 0; number < 20; ++number) ASSERT_TRUE(act(number));
  const std::vector<FirmId> guests = reached();
  const auto ignorant =
      std::ranges::count_if(guests, [&](FirmId firm) { return !knows(firms().stage(firm, KetId(1))); });
  EXPECT_EQ(ignorant, 0) << "of " << guests.size();
}

TEST_F(OutreachTest, VisitsOfAPolicyForOneKetAreAboutThatKet) {
  begin("{instrument: company_visit, share: 0.1, target: {kets: [photonics]}, params: {dose: 60}}");
  set_all(Stage::unaware);
  for (std::uint32_t number = 0; number < 20; ++number) ASSERT_TRUE(act(number));
  const std::vector<FirmId> visited = reached();
  for (std::size_t k = 0; k < 4; ++k) {
    const auto informed =
        std::ranges::count_if(visited, [&](FirmId firm) { return knows(firms().stage(firm, KetId(k))); });
    EXPECT_EQ(informed, k == 1 ? std::ssize(visited) : 0) << k;
  }
}

TEST_F(OutreachTest, AVisitReachesOneFirmAndBecomesItsAdviser) {
  begin("{instrument: company_visit, share: 0.1, params: {dose: 60}}");
  set_all(Stage::unaware);
  std::vector<std::uint8_t> advisers(firms().client_of.data(), firms().client_of.data() + firms().count());
  ASSERT_TRUE(act());
  ASSERT_EQ(world().audience[0].size(), 1U);
  const FirmId firm = world().audience[0].front();
  int aware = 0;
  for (std::size_t k = 0; k < 4; ++k) aware += firms().stage(firm, KetId(k)) == Stage::aware;
  EXPECT_EQ(aware, 1);
  EXPECT_NE(firms().client_of[firm], 255);
  for (std::size_t i = 0; i < advisers.size(); ++i) {
    if (FirmId(i) == firm && advisers[i] == 255) continue;
    EXPECT_EQ(firms().client_of[FirmId(i)], advisers[i]);
  }
}

TEST_F(OutreachTest, MatchmakingBringsAnInterestedFirmTogetherWithOneOfTheOtherSide) {
  begin("{instrument: matchmaking, share: 0.1}");
  set_all(Stage::aware);
  const FirmId seeker(5);
  world().change_stage(seeker, KetId(2), Stage::interested, Trigger::own_review);
  world().tell_of_programme(seeker, rocket);
  ASSERT_TRUE(act());
  ASSERT_EQ(world().audience[0].size(), 2U);
  const FirmId partner = world().audience[0].back();
  EXPECT_TRUE(world().crosses_border(actor(seeker), actor(partner)));
  const Contact* contact = world().contacts.find(actor(seeker), actor(partner));
  ASSERT_NE(contact, nullptr);
  EXPECT_FLOAT_EQ(contact->strength, 0.5F);
}

TEST_F(OutreachTest, MatchmakingWithoutASeekerServesNobody) {
  begin("{instrument: matchmaking, share: 0.1}");
  set_all(Stage::aware);
  world().change_stage(FirmId(5), KetId(2), Stage::interested,
                       Trigger::own_review);  // but it does not know the programme
  EXPECT_FALSE(act());
  EXPECT_TRUE(reached().empty());
}

TEST_F(OutreachTest, CoachingGoesToTheProposalWithTheFewestHoursUpToTheMost) {
  begin("{instrument: proposal_coaching, share: 0.01}");
  Context context = simulation_->context();
  EXPECT_FALSE(act());  // nobody to coach
  for (std::size_t p = 0; p < 2; ++p) {
    Proposal proposal;
    proposal.policy = PolicyId(0);
    proposal.ket = KetId(0);
    proposal.lead = FirmId(p);
    join_proposal(context, proposal, actor(FirmId(p)));
    world().proposals.push_back(proposal);
  }
  world().proposals[0].coaching = 4.0;
  ASSERT_TRUE(act());
  EXPECT_EQ(world().proposals[1].coaching, 8.0);
  ASSERT_TRUE(act());
  EXPECT_EQ(world().proposals[0].coaching, 12.0);
  int sessions = 2;
  while (sessions < 50 && act()) ++sessions;
  EXPECT_EQ(sessions, 10);  // 36 + 40 hours and what 8 at a time add
  EXPECT_GE(world().proposals[0].coaching, 40.0);
  EXPECT_LT(world().proposals[0].coaching, 48.0);
  world().proposals[0].coaching = world().proposals[1].coaching = 0.0;
  world().proposals[0].status = world().proposals[1].status = ProposalStatus::submitted;
  EXPECT_FALSE(act());  // too late
}

TEST_F(OutreachTest, CoachingRaisesQualityWithFallingReturns) {
  begin("{instrument: project_grant, share: 0.5, window: {calls: [2016-10]}}");
  Context context = simulation_->context();
  const auto quality_after = [&](double hours) {
    Proposal proposal;
    proposal.ket = KetId(0);
    proposal.lead = FirmId(0);
    proposal.coaching = hours;
    proposal.members.push_back(member_of(actor(FirmId(0))));
    assess_quality(context, policy_of(context, "only"), proposal);
    return proposal.quality;
  };
  EXPECT_GT(quality_after(8.0), quality_after(0.0));
  EXPECT_GT(quality_after(8.0) - quality_after(0.0), quality_after(16.0) - quality_after(8.0));
}

TEST_F(OutreachTest, AClosedTargetAdmitsOnlyClientsOfThePartners) {
  begin("{instrument: event, share: 0.1, target: {closed: true}}");
  for (std::uint32_t number = 0; number < 10; ++number) ASSERT_TRUE(act(number));
  const std::vector<PolicyState>& policies = simulation_->policies();
  ASSERT_GT(world().audience[0].size(), 20U);
  for (const FirmId firm : world().audience[0]) {
    EXPECT_TRUE(std::ranges::any_of(policies[0].partners, [&](IntermediaryId partner) {
      return partner.row == firms().client_of[firm];
    }));
  }
}

TEST_F(OutreachTest, ATargetAdmitsOnlyItsCountriesSectorsAndSizes) {
  begin(
      "{instrument: event, share: 0.1, target: {countries: [NL], sectors: [health], size_classes: [small]}}");
  for (std::uint32_t number = 0; number < 10; ++number) ASSERT_TRUE(act(number));
  ASSERT_GT(world().audience[0].size(), 5U);
  for (const FirmId firm : world().audience[0]) {
    EXPECT_EQ(world().geography->countries[world().country_of(firm).index()], "NL");
    EXPECT_EQ(world().geography->sectors[firms().sector[firm]], "health");
    EXPECT_EQ(firms().size[firm], SizeClass::small);
  }
}

TEST_F(OutreachTest, OneMoreActOfAnotherNumberDrawsOtherFirms) {
  begin("{instrument: event, share: 0.1}");
  ASSERT_TRUE(act(0));
  const std::size_t first = world().audience[0].size();
  ASSERT_TRUE(
      act(static_cast<std::uint32_t>(20)));  // the same host and theme: five partners and four KETs later
  EXPECT_GT(world().audience[0].size(), first + 10);
}

TEST_F(OutreachTest, EachActIsPaidOnceAndSpreadOverTheWindow) {
  for (const std::string instrument : {"event", "company_visit"}) {
    begin("{instrument: " + instrument + ", share: 0.1}");
    simulation_->run();
    const PolicyState& policy = simulation_->policies()[0];
    const Money cost = to_money(policy.instrument->cost_of_act());
    const Money by_now = share_of(policy.budget, 9.0 / 48.0);
    EXPECT_EQ(policy.committed.cents, cost.cents * policy.acts);
    EXPECT_EQ(policy.acts, by_now.cents / cost.cents) << instrument;
    EXPECT_EQ(paid(), policy.committed + management(*simulation_));
    EXPECT_EQ(world().ledger.outstanding(rocket), Money{});
  }
}

TEST_F(OutreachTest, NobodyToServeCostsNothing) {
  begin("{instrument: event, share: 0.1}", {"programmes[rocket].partners=[]"});
  simulation_->run();
  EXPECT_EQ(paid(), management(*simulation_));
  begin("{instrument: proposal_coaching, share: 0.1}");
  simulation_->run();
  EXPECT_EQ(paid(), management(*simulation_));
}

}  // namespace
}  // namespace ketsim
