// Loans and guarantees for the investment in a KET: what they cost the firm and the public, to the cent.
#include "ketsim/model/loans.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <utility>

#include "support/one_firm.hpp"

namespace ketsim {
namespace {

using LoansTest = SupportTest;

// The schedule of an annuity in a spreadsheet: interest on what is owed, the rest of the payment on the
// principal.
TEST_F(LoansTest, ASoftLoanReplacesOwnFundsAndComesBackWithInterest) {
  begin("{loan: {instrument: soft_loan, share: 0.5, " + at_once +
        ", params: {share: 0.25, interest: 0.012, months: 24, effort: 0}}}");
  set_stage(Stage::piloting);
  const double cost = adoption_cost(world(), firm, ket);
  const Money loan = to_money(0.25 * cost);
  const Money before = cash();
  EXPECT_NEAR(own_funds(context_->scenario().decisions, cost, offers(Occasion::investment, cost)),
              (0.4 - 0.25) * cost, 1e-6);
  apply(Occasion::investment, cost);
  step("selection");
  EXPECT_EQ(world().firms.stage(firm, ket), Stage::adopted);
  EXPECT_EQ(world().firms.trigger(firm, ket), Trigger::investment_support);
  EXPECT_NEAR((before - cash()).euros(), 0.15 * cost, 0.01);
  EXPECT_EQ(ledger().paid(scheme), loan);
  EXPECT_EQ(ledger().lending(scheme).owed(), loan);
  EXPECT_EQ(world().loans.size(), 2U);  // the programme's and the bank's
  // What it costs the public is the interest saved: principal less the present value of the payments at the
  // bank's rate.
  const double payment = loan.euros() * 0.001 / (1.0 - std::pow(1.001, -24));
  double present_value = 0.0;
  for (int m = 1; m <= 24; ++m) present_value += payment / std::pow(1.0 + 0.04 / 12.0, m);
  EXPECT_NEAR(ledger().public_cost(scheme).euros(), loan.euros() - present_value, 0.02);
  double owed = loan.euros();
  double interest = 0.0;
  for (int m = 0; m < 24; ++m) {
    interest += 0.001 * owed;
    owed -= payment - 0.001 * owed;
    pass_months(1, {"lending"});
    EXPECT_NEAR(ledger().lending(scheme).owed().euros(), std::max(owed, 0.0), 0.2);
  }
  EXPECT_EQ(ledger().lending(scheme).owed(), Money{});
  EXPECT_EQ(world().loans.size(), 1U);
  EXPECT_NEAR((ledger().in(scheme)-to_money(2e6)).euros(), loan.euros() + interest, 0.5);
  EXPECT_EQ(policy("loan").committed, Money{});  // it can be lent again
  pass_months(60, {"lending"});
  EXPECT_TRUE(world().loans.empty());  // seven years
  EXPECT_EQ(world().firms.instalments[firm], Money{});
}

// Half of the money is released with each call, whenever the firm applied for it.
TEST_F(LoansTest, ALoanWithCallsIsDecidedOnAfterTheNextOne) {
  begin(
      "{loan: {instrument: soft_loan, share: 0.5, window: {calls: [2016-03, 2016-09]}, "
      "allocation: {rule: first_come, decision_months: 2}}}");
  set_stage(Stage::piloting);
  apply(Occasion::investment, adoption_cost(world(), firm, ket));
  pass_months(3, {"selection"});
  EXPECT_EQ(world().firms.stage(firm, ket), Stage::piloting);
  pass_months(1, {"selection"});  // May
  EXPECT_EQ(world().proposals.front().status, ProposalStatus::awarded);
  EXPECT_EQ(world().firms.stage(firm, ket), Stage::adopted);
}

// It counts as no aid, but takes the place of own funds.
TEST_F(LoansTest, ALoanAtTheMarketsRateIsOffered) {
  begin("{loan: {instrument: soft_loan, share: 0.5, " + at_once +
            ", params: {share: 0.25, interest: 0.04, months: 84, effort: 0}}}",
        {"state_aid.investment=0"});
  set_stage(Stage::piloting);
  const double cost = adoption_cost(world(), firm, ket);
  const auto offered = offers(Occasion::investment, cost);
  ASSERT_EQ(offered.size(), 1U);
  EXPECT_DOUBLE_EQ(offered[0].support.loan, 0.25 * cost);
  EXPECT_NEAR(own_funds(context_->scenario().decisions, cost, offered), (0.4 - 0.25) * cost, 1e-6);
  const Money before = cash();
  apply(Occasion::investment, cost);
  step("selection");
  EXPECT_NEAR((before - cash()).euros(), 0.15 * cost, 0.01);
  EXPECT_NEAR(ledger().public_cost(scheme).euros(), 0.0, 0.01);
}

TEST_F(LoansTest, ALoanToAFirmThatClosesIsLost) {
  begin("{loan: {instrument: soft_loan, share: 0.5, " + at_once + "}}");
  set_stage(Stage::piloting);
  apply(Occasion::investment, adoption_cost(world(), firm, ket));
  step("selection");
  pass_months(12, {"lending"});
  const Money owed = ledger().lending(scheme).owed();
  const Money cost = ledger().public_cost(scheme);
  world().firms.alive[firm] = 0;
  pass_months(1, {"lending"});
  EXPECT_EQ(ledger().lending(scheme).written_off, owed);
  EXPECT_EQ(ledger().public_cost(scheme), cost + owed);
  EXPECT_TRUE(world().loans.empty());
}

TEST_F(LoansTest, AGuaranteeReservesItsExpectedLossAndGivesItBack) {
  begin("{guarantee: {instrument: loan_guarantee, share: 0.5, " + at_once + "}}");
  set_stage(Stage::piloting);
  const double cost = adoption_cost(world(), firm, ket);
  const Money before = cash();
  apply(Occasion::investment, cost);
  step("selection");
  EXPECT_EQ(world().firms.stage(firm, ket), Stage::adopted);
  EXPECT_NEAR((before - cash()).euros(), 1000.0 + 0.5 * 0.4 * cost, 0.02);  // half of the usual own funds
  const Money reserve = to_money(0.1 * 0.5 * 0.8 * cost);
  EXPECT_EQ(ledger().outstanding(scheme), reserve);
  pass_months(84, {"lending"});
  EXPECT_TRUE(world().loans.empty());
  EXPECT_EQ(ledger().outstanding(scheme), Money{});
  EXPECT_EQ(ledger().public_cost(scheme), Money{});
}

TEST_F(LoansTest, AGuaranteeThatReservesNothingIsOfferedAndHonoured) {
  begin("{guarantee: {instrument: loan_guarantee, share: 0.5, " + at_once +
        ", params: {expected_default: 0, effort: 0}}}");
  set_stage(Stage::piloting);
  const double cost = adoption_cost(world(), firm, ket);
  const Money before = cash();
  apply(Occasion::investment, cost);
  step("selection");
  EXPECT_NEAR((before - cash()).euros(), 0.5 * 0.4 * cost, 0.01);
  EXPECT_EQ(ledger().outstanding(scheme), Money{});
  world().firms.alive[firm] = 0;
  pass_months(1, {"lending"});
  EXPECT_NEAR(ledger().paid(scheme).euros(), 0.5 * 0.8 * cost, 0.02);
}

TEST_F(LoansTest, ABanksLoanHasOneGuarantor) {
  begin("{first: {instrument: loan_guarantee, share: 0.4, " + at_once +
        "}, second: {instrument: loan_guarantee, share: 0.4, " + at_once + "}}");
  set_stage(Stage::piloting);
  const double cost = adoption_cost(world(), firm, ket);
  const auto offered = offers(Occasion::investment, cost);
  ASSERT_EQ(offered.size(), 1U);
  EXPECT_EQ(offered[0].policy, policy("first").id);
  // Where the first has no money left, the second stands in.
  const Money budget = std::exchange(policy("first").budget, Money{});
  ASSERT_EQ(offers(Occasion::investment, cost).size(), 1U);
  EXPECT_EQ(offers(Occasion::investment, cost)[0].policy, policy("second").id);
  policy("first").budget = budget;
  apply(Occasion::investment, cost);
  step("selection");
  pass_months(84, {"lending"});
  EXPECT_TRUE(world().loans.empty());
  EXPECT_EQ(ledger().outstanding(scheme), Money{});
}

TEST_F(LoansTest, AGuaranteeThatIsCalledIsHonouredWhateverWasReserved) {
  begin("{guarantee: {instrument: loan_guarantee, share: 0.5, " + at_once + "}}");
  set_stage(Stage::piloting);
  const double cost = adoption_cost(world(), firm, ket);
  apply(Occasion::investment, cost);
  step("selection");
  world().firms.alive[firm] = 0;
  pass_months(1, {"lending"});
  const Money due = share_of(to_money(cost) - to_money(0.2 * cost), 0.5);
  EXPECT_NEAR(ledger().paid(scheme).euros(), due.euros(), 0.02);
  EXPECT_EQ(ledger().outstanding(scheme), Money{});
  EXPECT_GT(ledger().in(scheme), to_money(2e6));  // more was appropriated
}

TEST_F(LoansTest, AFirmShortOfOwnFundsInvestsWithALoanAndNotWithout) {
  for (const char* share : {"0", "0.5"}) {
    begin("{loan: {instrument: soft_loan, share: " + std::string(share) + ", " + at_once + "}}",
          {"decisions.hurdle=0", "firms.risk_aversion=0"});
    set_stage(Stage::piloting);
    world().firms.trigger(firm, ket) = Trigger::project;  // last month
    world().month = 1;
    world().firms.affinity(firm, ket) = 5.0F;
    cash() = to_money(0.3 * adoption_cost(world(), firm, ket));  // 40 % are asked for
    step("adoption");
    step("selection");
    EXPECT_EQ(uses(world().firms.stage(firm, ket)), std::string(share) != "0");
  }
}

TEST_F(LoansTest, InterestSavedIsNothingAtTheMarketsRateAndAllOfItWithoutInterestForever) {
  EXPECT_NEAR(interest_saved(0.04, 0.04, 84), 0.0, 1e-12);
  EXPECT_NEAR(interest_saved(0.0, 0.04, 12), 1.0 - (1.0 - std::pow(1.0 + 0.04 / 12, -12)) / (0.04 / 12) / 12,
              1e-12);
  EXPECT_LT(interest_saved(0.08, 0.04, 12), 0.0);
  EXPECT_GT(interest_saved(0.0, 0.04, 120), interest_saved(0.0, 0.04, 60));
}

}  // namespace
}  // namespace ketsim
