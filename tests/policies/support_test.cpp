// Support for what one firm does by itself: what it means to the firm, and to the books, to the cent.
#include "ketsim/engine/support.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/one_firm.hpp"

namespace ketsim {
namespace {

TEST_F(SupportTest, ATaxCreditComesBackAYearAfterThePilotWasPaid) {
  begin("{credit: {instrument: rd_tax_credit, share: 0.5, " + at_once +
        ", params: {rate: 0.2, effort: 300}}}");
  const double cost = pilot_cost(*context_, firm, ket);
  const Money credit = to_money(0.2 * cost);
  const Money before = cash();
  apply(Occasion::pilot, cost);
  EXPECT_EQ(cash(), before - to_money(300));
  step("selection");
  EXPECT_EQ(world().firms.stage(firm, ket), Stage::piloting);
  EXPECT_EQ(world().firms.trigger(firm, ket), Trigger::pilot_support);
  EXPECT_EQ(cash(), before - to_money(300) - to_money(cost));  // the whole cost first
  EXPECT_EQ(ledger().outstanding(scheme), credit);
  pass_months(11, {"projects"});
  EXPECT_EQ(ledger().paid(scheme), Money{});
  pass_months(1, {"projects"});
  EXPECT_EQ(ledger().paid(scheme), credit);
  EXPECT_EQ(ledger().outstanding(scheme), Money{});
  EXPECT_EQ(cash(), before - to_money(300) - to_money(cost) + credit);
  EXPECT_EQ(world().private_investment, to_money(cost) - credit);
  EXPECT_EQ(world().firms.paid_in(firm, ket), 0);
}

// A firm for which a pilot pays with a grant that comes soon, and not with one that comes late.
TEST_F(SupportTest, ACreditThatComesLateIsWorthLessToTheFirm) {
  for (const int delay : {1, 60}) {
    begin("{credit: {instrument: rd_tax_credit, share: 0.5, " + at_once +
              ", params: {rate: 0.25, effort: 0, payment_delay: " + std::to_string(delay) + "}}}",
          {"firms.risk_aversion=0", "processes[review].months_between_reviews=0"});
    const DecisionSettings& decisions = context_->scenario().decisions;
    const Valuation valuation(context_->scenario());
    const double cost = pilot_cost(*context_, firm, ket);
    const double success = valuation.success_chance(world(), firm, ket, world().firms.knowledge(firm, ket));
    const double half_way = 0.25 * cost * 0.5 * (valuation.discount(1) + valuation.discount(60));
    float most = 100.0F;
    float least = 0.01F;
    // Until the pilot is worth its cost less what is half way between the two grants.
    for (int halving = 0; halving < 30; ++halving) {
      float& affinity = world().firms.affinity(firm, ket);
      affinity = 0.5F * (least + most);
      const double worth = valuation.trial(world(), firm, ket, success, decisions.pilot_evidence, 0.0,
                                           cost - half_way, decisions.pilot_months);
      (worth > 0.0 ? most : least) = affinity;
    }
    step("review");
    EXPECT_EQ(world().firms.is_committed(firm, ket), delay == 1);
    EXPECT_EQ(world().firms.stage(firm, ket), Stage::interested);
  }
}

TEST_F(SupportTest, StackedCreditsAreCutAtTheCeilingTheLaterFirst) {
  begin("{national: {instrument: rd_tax_credit, share: 0.4, " + at_once +
        ", params: {rate: 0.3}}, regional: "
        "{instrument: rd_tax_credit, share: 0.4, " +
        at_once +
        ", params: {rate: 0.3}}, third: {instrument: "
        "rd_tax_credit, share: 0.1, " +
        at_once + "}}");
  const auto both = offers(Occasion::pilot, 100e3);
  ASSERT_EQ(both.size(), 2U);  // nothing is left for the third
  EXPECT_DOUBLE_EQ(both[0].support.grant, 30e3);
  EXPECT_NEAR(both[1].support.grant, 15e3, 1e-6);  // 25 % and 20 % for a small firm: 45 % in all
  world().firms.size[firm] = SizeClass::medium;
  EXPECT_NEAR(offers(Occasion::pilot, 100e3)[1].support.grant, 5e3, 1e-6);
}

TEST_F(SupportTest, ThePilotWaitsForTheLastDecision) {
  begin("{quick: {instrument: rd_tax_credit, share: 0.4, " + at_once +
        "}, slow: {instrument: rd_tax_credit, share: "
        "0.4, allocation: {rule: first_come, decision_months: 3}, params: {rate: 0.1}}}");
  apply(Occasion::pilot, pilot_cost(*context_, firm, ket));
  step("selection");
  EXPECT_EQ(world().firms.stage(firm, ket), Stage::interested);
  pass_months(2, {"selection"});
  EXPECT_EQ(world().firms.stage(firm, ket), Stage::interested);
  pass_months(1, {"selection"});
  EXPECT_EQ(world().firms.stage(firm, ket), Stage::piloting);
  EXPECT_EQ(world().projects.size(), 2U);  // two credits on their way through the books
}

TEST_F(SupportTest, AnAwardThatCannotBeTakenUpGoesBack) {
  begin("{credit: {instrument: rd_tax_credit, share: 0.5, " + at_once + "}}");
  apply(Occasion::pilot, pilot_cost(*context_, firm, ket));
  cash() = Money{100};
  step("selection");
  EXPECT_EQ(world().firms.stage(firm, ket), Stage::interested);
  EXPECT_EQ(world().proposals.front().status, ProposalStatus::unused);
  EXPECT_EQ(ledger().unallocated(scheme), to_money(2e6));
  EXPECT_EQ(policy("credit").committed, Money{});
  EXPECT_EQ(world().firms.commitments(firm, ket), 0);
}

TEST_F(SupportTest, AnApplicantThatHasClosedGetsNothing) {
  begin("{credit: {instrument: rd_tax_credit, share: 0.5, " + at_once + "}}");
  apply(Occasion::pilot, pilot_cost(*context_, firm, ket));
  world().firms.alive[firm] = 0;
  step("selection");
  EXPECT_EQ(world().proposals.front().status, ProposalStatus::withdrawn);
  EXPECT_EQ(ledger().unallocated(scheme), to_money(2e6));
  EXPECT_EQ(world().firms.commitments(firm, ket), 0);
}

TEST_F(SupportTest, AVoucherPaysItsShareOfTheInstitutesBill) {
  begin("{voucher: {instrument: innovation_voucher, share: 0.5, " + at_once +
        ", params: {failure: 0, success_chance: 1}}}");
  Proposal proposal;
  proposal.policy = PolicyId(0);
  proposal.kind = ProjectKind::innovation_voucher;
  proposal.ket = ket;
  proposal.lead = firm;
  proposal.status = ProposalStatus::submitted;
  proposal.submitted = proposal.decision_due = 0;
  join_proposal(*context_, proposal, actor(firm));
  join_proposal(*context_, proposal, actor(ResearchId(0)));
  policy("voucher").instrument->set_budget(*context_, proposal);
  world().proposals.push_back(proposal);
  const float evidence = world().firms.evidence(firm, ket);
  step("selection");
  EXPECT_EQ(ledger().outstanding(scheme), to_money(0.7 * 25e3));
  pass_months(10, {"projects"});
  EXPECT_EQ(ledger().paid(scheme), to_money(0.7 * 25e3));
  EXPECT_EQ(cash(), to_money(500e3 - 0.3 * 25e3));
  EXPECT_FLOAT_EQ(world().firms.evidence(firm, ket), evidence + 2.0F);
  EXPECT_EQ(world().projects.front().products, 0U);
  EXPECT_NE(world().contacts.find(actor(firm), actor(ResearchId(0))), nullptr);
}

TEST_F(SupportTest, GrantsToConsortiaKeepToTheCeiling) {
  begin("{grant: {instrument: project_grant, share: 0.5, params: {co_funding_rate: 0.95}}}");
  for (const SizeClass size : {SizeClass::small, SizeClass::medium}) {
    world().firms.size[firm] = size;
    const Offer offer = offer_of(*context_, policy("grant"), firm, ket);
    EXPECT_NEAR(offer.grant / (offer.grant + offer.own_cost), size == SizeClass::small ? 0.80 : 0.75, 1e-9);
  }
}

}  // namespace
}  // namespace ketsim
