// Selection: the four rules of allocation, skip and fill, and the jury's noise, on proposals made by hand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "support/call_by_hand.hpp"

namespace ketsim {
namespace {

using testing::ElementsAre;

const std::string perfect = "{rule: ranked, jury_reliability: 1, decision_months: 0}";

TEST(Selection, APerfectJuryFundsTheBest) {
  Call call(perfect, 300);
  for (const double quality : {0.2, 0.9, 0.5, 0.7, 0.1}) call.propose(quality, 100);
  EXPECT_THAT(call.winners(), ElementsAre(1, 2, 3));
  EXPECT_EQ(call.world().ledger.outstanding(ProgrammeId(0)), to_money(300));
  EXPECT_EQ(call.policy().committed, to_money(300));
}

TEST(Selection, WhatIsTooDearIsSkippedAndTheNextOneFillsIn) {
  Call call(perfect, 100);
  call.propose(0.9, 50);
  call.propose(0.8, 60);
  call.propose(0.7, 20);
  call.propose(0.6, 40);
  EXPECT_THAT(call.winners(), ElementsAre(0, 2));
  EXPECT_EQ(call.policy().left(), to_money(30));  // below the smallest unfunded request
}

TEST(Selection, BelowTheThresholdNothingIsFunded) {
  Call call("{rule: ranked, jury_reliability: 1, threshold: 0.6, decision_months: 0}", 1000);
  for (const double quality : {0.59, 0.6, 0.61}) call.propose(quality, 100);
  EXPECT_THAT(call.winners(), ElementsAre(1, 2));
}

TEST(Selection, AnEntitlementAsksForNoScore) {
  Call call("{rule: entitlement, threshold: 0.9, decision_months: 0}", 1000);
  for (const double quality : {0.0, 0.5}) call.propose(quality, 100);
  EXPECT_THAT(call.winners(), ElementsAre(0, 1));
}

// The identities of the books hold when an entitlement takes more than its share of the budget.
TEST(Selection, WhatAnEntitlementTakesBeyondItsShareIsAppropriated) {
  Call call("{rule: entitlement, decision_months: 0}", 150);
  for (const double quality : {0.1, 0.2, 0.3}) call.propose(quality, 100);
  EXPECT_EQ(call.winners().size(), 3U);
  EXPECT_EQ(call.world().ledger.in(ProgrammeId(0)), to_money(300));
  EXPECT_EQ(call.policy().budget, to_money(300));
  EXPECT_NO_THROW(call.world().ledger.check());
}

// Money is appropriated for what is awarded, not for what a lead that cannot carry the cost leaves.
TEST(Selection, AnEntitlementThatIsNotTakenUpIsNotAppropriated) {
  Call call("{rule: entitlement, decision_months: 0}", 150);
  for (const double quality : {0.1, 0.2, 0.3}) call.propose(quality, 100);
  call.world().firms.cash[FirmId(1)] = {};
  EXPECT_EQ(call.winners().size(), 2U);
  EXPECT_EQ(call.world().ledger.in(ProgrammeId(0)), to_money(200));
  EXPECT_EQ(call.policy().budget, to_money(200));
  EXPECT_NO_THROW(call.world().ledger.check());
}

// Half of the budget comes with each of two calls, and what the first one leaves.
TEST(Selection, ACallSpendsItsPartOfTheBudgetAndWhatEarlierOnesLeft) {
  Call call(perfect, 400, 0, "[2016-04, 2016-10]");
  for (const double quality : {0.9, 0.8, 0.7}) call.propose(quality, 120);
  EXPECT_THAT(call.winners(), ElementsAre(0));
  call.world().month = 6;
  for (const double quality : {0.9, 0.8, 0.7}) {
    call.propose(quality, 120);
    call.world().proposals.back().submitted = 6;
  }
  EXPECT_EQ(call.winners().size(), 3U);  // 360 of 400: two more
}

TEST(Selection, ANewcomerQuotaLeavesTheRestToThoseWhoWonBefore) {
  Call call("{rule: ranked, jury_reliability: 1, decision_months: 0, newcomer_quota: 0.5}", 400);
  for (const double quality : {0.9, 0.8, 0.7, 0.6, 0.5}) call.propose(quality, 100);
  for (const std::size_t p : {0, 1, 2}) call.world().firms.first_award.edit(FirmId(p)) = 0;
  EXPECT_THAT(call.winners(), ElementsAre(0, 1, 3, 4));  // without the quota 0 to 3
}

TEST(Selection, AnAwardIsNotTakenUpByALeadThatCannotCarryTheCost) {
  Call call(perfect, 200);
  for (const double quality : {0.9, 0.8, 0.7}) call.propose(quality, 100);
  call.world().firms.cash[FirmId(0)] = {};
  EXPECT_THAT(call.winners(), ElementsAre(1, 2));  // its money goes to the next
  EXPECT_EQ(call.world().proposals[0].status, ProposalStatus::unused);
  EXPECT_EQ(call.world().firms.engagements[FirmId(0)], 0);
}

TEST(Selection, FirstComeIsFirstServed) {
  Call call("{rule: first_come, decision_months: 0}", 200);
  for (const double quality : {0.9, 0.1, 0.5}) call.propose(quality, 100);
  call.world().month = 2;
  for (std::size_t p = 0; p < 3; ++p) call.world().proposals[p].submitted = static_cast<MonthIndex>(2 - p);
  EXPECT_THAT(call.winners(), ElementsAre(1, 2));
}

// Four equal proposals of one month, money for two: half of the worlds favour each.
TEST(Selection, WhatTheRuleLeavesEqualIsDecidedByLot) {
  constexpr int worlds = 400;
  for (const char* rule : {"first_come", "ranked, jury_reliability: 1"}) {
    std::vector<int> won(4, 0);
    for (std::uint32_t replicate = 0; replicate < worlds; ++replicate) {
      Call call("{rule: " + std::string(rule) + ", decision_months: 0}", 200, replicate);
      for (int p = 0; p < 4; ++p) call.propose(0.5, 100);
      for (const std::size_t p : call.winners()) ++won[p];
    }
    EXPECT_THAT(won,
                testing::Each(testing::AllOf(testing::Ge(worlds / 2 - 40), testing::Le(worlds / 2 + 40))))
        << rule;
  }
}

// Leads that two policies turn down try again with one or with the other by draws of their own.
TEST(Selection, TryingAgainIsDrawnForEachPolicyOfItsOwn) {
  const std::string policy =
      "{instrument: project_grant, share: 0.5, window: {calls: [2016-04, 2016-10]}, "
      "allocation: {rule: ranked, threshold: 1, decision_months: 0}}";
  Simulation simulation(
      setup_of("rocket.yaml",
               {"time.start=2016-04", "time.end=2018-12", "horizons=[2018-12]", "population.agents=60",
                "programmes[rocket].management_share=0", "programmes[rocket].policies={one: " + policy + ", other: " + policy + "}"}),
      1, 0);
  Context context = simulation.context();
  World& world = simulation.world();
  constexpr std::size_t leads = 50;
  for (const std::size_t p : {0, 1}) {
    for (std::size_t i = 0; i < leads; ++i) {
      Proposal proposal;
      proposal.policy = PolicyId(p);
      proposal.ket = KetId(0);
      proposal.lead = FirmId(i);
      proposal.status = ProposalStatus::submitted;
      proposal.submitted = proposal.decision_due = 0;
      join_proposal(context, proposal, actor(proposal.lead));
      world.proposals.push_back(proposal);
    }
  }
  process_of(context.setup, "selection")->step(context);
  std::vector<std::vector<std::size_t>> again(2);
  for (const Proposal& proposal : world.proposals) {
    if (proposal.attempt == 1) again[proposal.policy.index()].push_back(proposal.lead.index());
  }
  EXPECT_FALSE(again[0].empty());
  EXPECT_FALSE(again[1].empty());
  EXPECT_NE(again[0], again[1]);
}

TEST(Selection, MoreBudgetNeverFundsFewerOfEqualRequests) {
  std::size_t before = 0;
  for (const double budget : {0.0, 99.0, 100.0, 250.0, 300.0, 1000.0}) {
    Call call("{rule: ranked, decision_months: 0}", budget);
    for (int p = 0; p < 8; ++p) call.propose(0.1 * p, 100);
    const std::size_t funded = call.winners().size();
    EXPECT_EQ(funded, std::min<std::size_t>(8, static_cast<std::size_t>(budget / 100.0)));
    EXPECT_GE(funded, before);
    before = funded;
  }
}

// Ten proposals, three places: of four given ones, hypergeometrically many win. Mean 3 * 4 / 10 = 1.2,
// variance 3 * 0.4 * 0.6 * (10 - 3) / (10 - 1) = 0.56.
TEST(Selection, ALotteryIsHypergeometricWhateverTheQuality) {
  constexpr int draws = 400;
  double sum = 0.0;
  double squares = 0.0;
  for (std::uint32_t replicate = 0; replicate < draws; ++replicate) {
    Call call("{rule: lottery, decision_months: 0}", 300, replicate);
    for (int p = 0; p < 10; ++p) call.propose(p < 4 ? 0.9 : 0.3, 100);
    const auto winners = call.winners();
    ASSERT_EQ(winners.size(), 3U);
    const double strong =
        static_cast<double>(std::ranges::count_if(winners, [](std::size_t p) { return p < 4; }));
    sum += strong;
    squares += (strong - 1.2) * (strong - 1.2);
  }
  EXPECT_NEAR(sum / draws, 1.2, 4.0 * std::sqrt(0.56 / draws));  // four standard errors
  EXPECT_NEAR(squares / draws, 0.56, 4.0 * 0.56 * std::sqrt(2.0 / draws));
}

// Luck is the firm's own: it does not depend on how many have applied before it.
TEST(Selection, ALotteryKeepsOthersLuckWhenOneMoreTakesPart) {
  for (std::uint32_t replicate = 0; replicate < 20; ++replicate) {
    Call few("{rule: lottery, decision_months: 0}", 300, replicate);
    Call more("{rule: lottery, decision_months: 0}", 300, replicate);
    more.propose(0.5, 100, FirmId(10));
    for (std::size_t p = 0; p < 10; ++p) few.propose(0.5, 100, FirmId(p)), more.propose(0.5, 100, FirmId(p));
    const auto before = few.winners();
    std::size_t displaced = 0;
    const auto after = more.winners();
    for (const std::size_t p : before) displaced += std::ranges::find(after, p + 1) == after.end();
    EXPECT_LE(displaced, 1U);
  }
}

// score = quality + noise z: the noise has the variance spread^2 (1 - r) / r.
TEST(Selection, TheJurysNoiseHasTheVarianceOfItsReliability) {
  for (const double reliability : {0.5, 0.8}) {
    double sum = 0.0;
    double squares = 0.0;
    constexpr int juries = 30;
    constexpr int proposals = 40;
    for (std::uint32_t replicate = 0; replicate < juries; ++replicate) {
      Call call("{rule: ranked, decision_months: 0, jury_reliability: " + real_text(reliability) + "}", 100,
                replicate);
      for (int p = 0; p < proposals; ++p) call.propose(0.5, 1);
      call.winners();
      for (int p = 0; p < proposals; ++p) {
        const double noise = call.world().proposals[static_cast<std::size_t>(p)].score - 0.5;
        sum += noise;
        squares += noise * noise;
      }
    }
    const double n = juries * proposals;
    const double variance = 0.06 * 0.06 * (1.0 - reliability) / reliability;
    EXPECT_NEAR(sum / n, 0.0, 4.0 * std::sqrt(variance / n));
    EXPECT_NEAR(squares / n, variance, 4.0 * variance * std::sqrt(2.0 / n));
  }
}

TEST(Selection, WinnersAndLosersLearnAndTheirPeersHearOfIt) {
  Call call(perfect, 100);
  call.propose(0.9, 100);
  call.propose(0.1, 100);
  call.winners();
  const Firms& firms = call.world().firms;
  EXPECT_GE(firms.belief_wins[FirmId(0)], 1.0F);
  EXPECT_GE(firms.belief_losses[FirmId(1)], 1.0F);
  for (const std::uint32_t peer : call.world().peers.neighbours(FirmId(1))) {
    EXPECT_GE(firms.belief_losses[FirmId(peer)], 0.25F);
  }
}

TEST(Selection, LosersWithoutAnotherCallAreFree) {
  Call call(perfect, 100);
  call.propose(0.1, 200);
  EXPECT_EQ(call.world().firms.engagements[FirmId(0)], 1);
  EXPECT_TRUE(call.winners().empty());
  EXPECT_EQ(call.world().proposals[0].status, ProposalStatus::rejected);
  EXPECT_EQ(call.world().firms.engagements[FirmId(0)], 0);
  EXPECT_EQ(call.world().proposals.size(), 1U);
}

}  // namespace
}  // namespace ketsim
