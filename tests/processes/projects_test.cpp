// Projects at work: partners that cannot pay leave, partnerships break, and what is not claimed goes back.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <utility>

#include "ketsim/engine/awarding.hpp"
#include "ketsim/engine/cooperation.hpp"
#include "ketsim/engine/valuation.hpp"
#include "support/small_world.hpp"

namespace ketsim {
namespace {

constexpr ProgrammeId rocket{0};

//! One project of a lead, an SME and an institute, awarded by hand in 2016-04.
class ProjectsTest : public testing::Test {
 protected:
  void begin(const std::string& params = "{}") {
    const std::string policies =
        "programmes[rocket].policies={only: {instrument: project_grant, share: 0.9, window: {calls: "
        "[2016-04]}, params: " +
        params + "}}";
    simulation_ = std::make_unique<Simulation>(
        setup_of("rocket.yaml", {"time.start=2016-04", "time.end=2020-12", "horizons=[2020-12]",
                                 "population.agents=300", policies}),
        1, replicate_);
    projects_ = process_of(simulation_->context().setup, "projects");
    context_ = std::make_unique<Context>(simulation_->context());
    world().ledger.appropriate(rocket, to_money(6e6));
    Proposal proposal;
    proposal.policy = PolicyId(0);
    proposal.ket = KetId(3);
    proposal.lead = lead_;
    for (const Actor member : {actor(lead_), actor(partner_), actor(ResearchId(0))}) {
      if (member.kind == ActorKind::firm) {
        world().firms.cash[member.firm()] = to_money(1e6);
        if (world().firms.stage(member.firm(), KetId(3)) != Stage::aware)
          world().change_stage(member.firm(), KetId(3), Stage::aware, Trigger::founding);
      }
      join_proposal(*context_, proposal, member);
    }
    policy().instrument->set_budget(*context_, proposal);
    world().proposals.push_back(proposal);
    award(*context_, policy(), ProposalId(0));
  }

  World& world() { return simulation_->world(); }
  PolicyState& policy() { return context_->policies.front(); }
  Project& project() { return world().projects.front(); }
  void work_until(int month) {
    while (world().month < month) {
      ++world().month;
      world().ledger.begin_month();
      projects_->step(*context_);
      ASSERT_NO_THROW(world().ledger.check());
      ASSERT_EQ(policy().committed, world().ledger.outstanding(rocket) + world().ledger.paid(rocket));
    }
  }

  FirmId lead_{1};
  FirmId partner_{2};
  std::uint32_t replicate_ = 0;
  std::unique_ptr<Simulation> simulation_;
  std::unique_ptr<Process> projects_;
  std::unique_ptr<Context> context_;
};

TEST_F(ProjectsTest, ACompletedProjectSpendsItsCostAndGetsItsGrant) {
  begin("{cooperation_failure: 0, technical_success: 1}");
  work_until(55);
  EXPECT_EQ(project().status, ProjectStatus::completed);
  EXPECT_EQ(project().finished, project().end);
  for (const Member& member : project().members) {
    EXPECT_EQ(member.spent, member.cost);
    EXPECT_EQ(member.received, member.grant);
  }
  EXPECT_EQ(project().products, 2U);
  EXPECT_NEAR(project().trl, 4.0 + 2.75, 1e-9);
  for (const FirmId firm : {lead_, partner_}) {
    EXPECT_EQ(world().firms.stage(firm, KetId(3)), Stage::piloting);
    EXPECT_EQ(world().firms.trigger(firm, KetId(3)), Trigger::project);
    EXPECT_EQ(world().firms.engagements[firm], 0);
    EXPECT_FLOAT_EQ(world().firms.evidence(firm, KetId(3)), 4.0F);
  }
  EXPECT_EQ(world().ledger.outstanding(rocket), Money{});
}

TEST_F(ProjectsTest, APartnersCashFallsByItsOwnShareOnly) {
  begin("{cooperation_failure: 0}");
  const Money before = world().firms.cash[lead_];
  work_until(55);
  const Member& member = project().members.front();
  EXPECT_EQ(world().firms.cash[lead_], before - (member.cost - member.grant));
}

TEST_F(ProjectsTest, APartnerThatCannotPayLeavesAndItsGrantGoesBack) {
  begin("{cooperation_failure: 0}");
  work_until(10);
  const Money committed = policy().committed;
  const Money promised = project().members[1].grant;
  world().firms.cash[partner_] = {};
  work_until(11);
  const Member& left = project().members[1];
  EXPECT_TRUE(left.left);
  EXPECT_EQ(left.cost, left.spent);
  EXPECT_EQ(policy().committed, committed - (promised - left.grant));
  EXPECT_EQ(world().firms.engagements[partner_], 0);
  work_until(55);
  EXPECT_EQ(project().status, ProjectStatus::completed);
  EXPECT_EQ(left.received, left.grant);  // what it had spent by then is paid all the same
  EXPECT_EQ(world().ledger.outstanding(rocket), Money{});
}

// Who has left a project shares no more work with the others: no knowledge flows, and nobody becomes used to
// the border by it.
TEST_F(ProjectsTest, WhoLeavesLearnsNoMoreAndTeachesNoMore) {
  lead_ = FirmId(299);  // from the side of the institute; the other firm from across the border
  begin("{cooperation_failure: 0}");
  const auto joint_until = [&](Actor a, Actor b) { return world().contacts.find(a, b)->active_until; };
  ASSERT_TRUE(world().crosses_border(actor(lead_), actor(partner_)));
  ASSERT_FALSE(world().crosses_border(actor(lead_), actor(ResearchId(0))));
  work_until(10);
  EXPECT_EQ(joint_until(actor(lead_), actor(partner_)), project().end);
  world().firms.cash[partner_] = {};
  work_until(12);
  ASSERT_TRUE(project().members[1].left);
  EXPECT_EQ(joint_until(actor(lead_), actor(partner_)), 11);
  EXPECT_EQ(joint_until(actor(partner_), actor(ResearchId(0))), 11);
  EXPECT_EQ(joint_until(actor(lead_), actor(ResearchId(0))), project().end);
  work_until(55);
  EXPECT_EQ(project().status, ProjectStatus::completed);
  EXPECT_EQ(world().firms.border_experience[lead_], 0.0F);
}

// Users of a KET join for a better use of it: a good project raises what the KET brings them in.
TEST_F(ProjectsTest, APartnerThatUsesTheKetEarnsMoreAfterASuccess) {
  begin("{cooperation_failure: 0, technical_success: 1}");
  world().change_stage(partner_, KetId(3), Stage::confirmed, Trigger::founding);
  const Valuation valuation(context_->scenario());
  const double before = valuation.ket_margin(world(), partner_);
  work_until(55);
  EXPECT_GT(valuation.ket_margin(world(), partner_), before);
}

// The gain is what the best partner adds, by the inverted U of cognitive distance, and more from across the
// border.
TEST_F(ProjectsTest, WhatPartnersCombineDependsOnTheirDistanceAndOnTheBorder) {
  begin("{cooperation_failure: 0, technical_success: 1, benefit_gain: 0.5}");
  const float before = world().firms.affinity(lead_, KetId(3));
  double best = 0.0;
  for (const Member& member : project().members) {
    if (member.actor == actor(lead_)) continue;
    const double novelty = world().crosses_border(actor(lead_), member.actor) ? 1.2 : 1.0;
    best = std::max(best, novelty * learning_potential(world(), actor(lead_), member.actor));
  }
  ASSERT_GT(best, 0.0);
  work_until(55);
  EXPECT_NEAR(world().firms.affinity(lead_, KetId(3)), before * (1.0 + 0.5 * best), 1e-4 * before);
}

TEST_F(ProjectsTest, AnotherSmeTakesOverWhenTheLeadCloses) {
  begin("{cooperation_failure: 0}");
  work_until(10);
  world().firms.alive[lead_] = 0;
  work_until(11);
  EXPECT_EQ(project().lead, partner_);
  work_until(55);
  EXPECT_EQ(project().status, ProjectStatus::completed);
}

// Whether and when a partnership breaks was drawn for the lead that began it.
TEST_F(ProjectsTest, ALeadFromTheOtherSideNeitherSavesAProjectNorBreaksIt) {
  lead_ = FirmId(299);
  int later = 0;
  for (replicate_ = 0; replicate_ < 40; ++replicate_) {
    std::array<MonthIndex, 2> finished{};
    std::array<ProjectStatus, 2> status{};
    for (const std::size_t closes : {0, 1}) {
      begin("{cooperation_failure: 0.7}");
      ASSERT_TRUE(world().crosses_border(actor(lead_), actor(partner_)));
      work_until(2);
      if (closes == 1) world().firms.alive[lead_] = 0;
      work_until(55);
      finished[closes] = project().finished;
      status[closes] = project().status;
    }
    EXPECT_EQ(finished[0], finished[1]);
    EXPECT_EQ(status[0], status[1]);
    later += status[0] == ProjectStatus::failed && finished[0] > 3 ? 1 : 0;
  }
  EXPECT_GT(later, 10);
}

// What the two began after one of them had left is no work of the project.
TEST_F(ProjectsTest, AProjectThatFailsDoesNotEndOtherWorkOfThoseWhoHaveLeft) {
  begin("{cooperation_failure: 0}");
  work_until(10);
  world().firms.cash[partner_] = {};
  work_until(11);
  ASSERT_TRUE(project().members[1].left);
  cooperate(world(), actor(partner_), actor(ResearchId(0)), 20);
  world().firms.alive[lead_] = 0;
  work_until(12);
  ASSERT_EQ(project().status, ProjectStatus::failed);
  EXPECT_EQ(world().contacts.find(actor(partner_), actor(ResearchId(0)))->active_until, 20);
}

// Whoever closes or cannot pay leaves; the other SME leads, or goes on leading, and without any the project
// fails.
TEST_F(ProjectsTest, AProjectGoesOnWithTheOtherSmeAndFailsWithoutAny) {
  for (const bool closes : {true, false}) {
    for (const auto& [first, second] : {std::pair(partner_, lead_), std::pair(lead_, partner_)}) {
      begin("{cooperation_failure: 0}");
      const auto goes = [&](FirmId firm) {
        if (closes)
          world().firms.alive[firm] = 0;
        else
          world().firms.cash[firm] = {};
      };
      work_until(10);
      goes(first);
      work_until(11);
      EXPECT_TRUE(std::ranges::find(project().members, actor(first), &Member::actor)->left);
      EXPECT_EQ(project().lead, second);
      EXPECT_EQ(project().status, ProjectStatus::running);
      goes(second);
      work_until(12);
      EXPECT_EQ(project().status, ProjectStatus::failed);
      work_until(55);
      EXPECT_EQ(world().ledger.outstanding(rocket), Money{});
    }
  }
}

TEST_F(ProjectsTest, ABrokenPartnershipReleasesTheRest) {
  begin("{cooperation_failure: 1}");
  work_until(55);
  EXPECT_EQ(project().status, ProjectStatus::failed);
  EXPECT_LE(project().finished, project().end);
  EXPECT_EQ(project().products, 0U);
  EXPECT_EQ(world().ledger.outstanding(rocket), Money{});
  EXPECT_EQ(world().firms.engagements[lead_], 0);
  EXPECT_EQ(world().firms.stage(lead_, KetId(3)), Stage::aware);
}

TEST_F(ProjectsTest, AnInstituteHasItsStaffBackWhenTheWorkIsOver) {
  for (const char* failure : {"0", "1"}) {
    begin(std::string("{cooperation_failure: ") + failure + "}");
    const float left = world().research.free_projects[ResearchId(0)];
    work_until(55);
    EXPECT_EQ(world().research.free_projects[ResearchId(0)], left + 1.0F);
  }
}

TEST_F(ProjectsTest, TechnicalFailureTurnsFirmsAway) {
  begin("{cooperation_failure: 0, technical_success: 0}");
  work_until(55);
  EXPECT_EQ(project().products, 0U);
  EXPECT_EQ(world().firms.stage(lead_, KetId(3)), Stage::rejected);
}

// Claims every six months, paid four months later: at 10, 16, 22 ...
TEST_F(ProjectsTest, ClaimsArePaidAfterTheDelay) {
  begin("{cooperation_failure: 0, payment_delay: 4}");
  work_until(9);
  EXPECT_EQ(project().members[0].received, Money{});
  work_until(10);
  const Money first = project().members[0].received;
  EXPECT_EQ(first,
            share_of(project().members[0].grant,
                     static_cast<double>(
                         share_of(project().members[0].cost, 6.0 / (project().end - project().start)).cents) /
                         static_cast<double>(project().members[0].cost.cents)));
  work_until(15);
  EXPECT_EQ(project().members[0].received, first);
  work_until(16);
  EXPECT_GT(project().members[0].received, first);
}

// A month's work is paid before that month's claims come in: what is earned by then and not received must be
// at hand, beside a quarter of the own part.
TEST_F(ProjectsTest, TheOfferAsksForTheCashThatClaimsWillBind) {
  begin("{cooperation_failure: 0, months_spread: 0}");
  const Offer offer = policy().instrument->offer(*context_, lead_, KetId(3));
  const Member& member = project().members.front();
  const double rate = member.grant.euros() / member.cost.euros();
  double bound = 0.0;
  for (int month = 1; month <= project().end; ++month) {
    const double received = member.received.euros();
    work_until(month);
    bound = std::max(bound, rate * member.spent.euros() - received);
  }
  EXPECT_NEAR(offer.prefinancing, bound + 0.25 * offer.own_cost, 0.05);
}

// A delay longer than the interval between claims is a delay all the same.
TEST_F(ProjectsTest, ADelayBeyondTheIntervalIsKept) {
  begin("{cooperation_failure: 0, claim_interval: 3, payment_delay: 7}");
  work_until(9);
  EXPECT_EQ(project().members[0].received, Money{});
  work_until(10);
  EXPECT_GT(project().members[0].received, Money{});
}

TEST_F(ProjectsTest, ClaimsWithoutDelayArePaidAtOnce) {
  begin("{cooperation_failure: 0, payment_delay: 0}");
  work_until(6);
  EXPECT_GT(project().members[0].received, Money{});
  work_until(55);
  EXPECT_EQ(project().members[0].received, project().members[0].grant);
}

}  // namespace
}  // namespace ketsim
