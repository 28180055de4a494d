// Books that cannot be made not to close.
#include "ketsim/model/ledger.hpp"

#include <gtest/gtest.h>

#include "ketsim/base/contracts.hpp"
#include "ketsim/model/projects.hpp"

namespace ketsim {
namespace {

constexpr ProgrammeId first{0};
constexpr ProgrammeId second{1};
constexpr Actor partner{ActorKind::firm, 7};
constexpr ProjectId project{3};

Ledger funded() {
  Ledger ledger(2);
  ledger.appropriate(first, {1000});
  return ledger;
}

TEST(Ledger, MoneyMovesFromUnallocatedOverOutstandingToPaid) {
  Ledger ledger = funded();
  ledger.commit(first, {600});
  ledger.pay(first, {250});
  ledger.release(first, {100});
  EXPECT_EQ(ledger.in(first), Money{1000});
  EXPECT_EQ(ledger.unallocated(first), Money{500});
  EXPECT_EQ(ledger.outstanding(first), Money{250});
  EXPECT_EQ(ledger.paid(first), Money{250});
  EXPECT_EQ(ledger.sum(), Money{});
  EXPECT_NO_THROW(ledger.check());
}

TEST(Ledger, OverspendingBreaksTheContractAndMovesNothing) {
  Ledger ledger = funded();
  EXPECT_THROW(ledger.commit(first, {1001}), ContractViolation);
  EXPECT_THROW(ledger.commit(second, {1}), ContractViolation);  // another programme's money is not there
  EXPECT_THROW(ledger.pay(first, {1}), ContractViolation);      // nothing was promised
  ledger.commit(first, {10});
  EXPECT_THROW(ledger.pay(first, {11}), ContractViolation);
  EXPECT_THROW(ledger.release(first, {11}), ContractViolation);
  EXPECT_EQ(ledger.unallocated(first), Money{990});
  EXPECT_NO_THROW(ledger.check());
}

TEST(Ledger, NegativeAmountsBreakTheContract) {
  Ledger ledger = funded();
  EXPECT_THROW(ledger.appropriate(first, {-1}), ContractViolation);
  EXPECT_THROW(ledger.commit(first, {-1}), ContractViolation);
  EXPECT_THROW(ledger.bear(partner, project, {-1}), ContractViolation);
  EXPECT_THROW(ledger.reimburse(partner, project, {-1}), ContractViolation);
}

TEST(Ledger, CostIsBorneByThePartnerUntilAGrantTakesItOver) {
  Ledger ledger(1);
  ledger.bear(partner, project, {300});
  ledger.reimburse(partner, project, {120});
  EXPECT_EQ(ledger.balance({AccountKind::project_cost, project.row}), Money{180});
  EXPECT_EQ(ledger.borne_by_partners(), Money{180});
  EXPECT_EQ(ledger.private_contribution(), Money{180});
  EXPECT_EQ(ledger.sum(), Money{});
}

TEST(Ledger, AMonthReportsOnlyWhatItMoved) {
  Ledger ledger = funded();
  ledger.commit(first, {500});
  ledger.begin_month();
  ledger.commit(first, {40});
  ledger.pay(first, {30});
  ledger.release(first, {5});
  EXPECT_EQ(ledger.month(first).committed, Money{40});
  EXPECT_EQ(ledger.month(first).paid, Money{30});
  EXPECT_EQ(ledger.month(first).released, Money{5});
  EXPECT_EQ(ledger.month(second).committed, Money{});
}

TEST(Ledger, ProposalsAddUpTheirMembers) {
  Proposal proposal;
  proposal.members.resize(2);
  proposal.members[0].cost = {100};
  proposal.members[0].grant = {60};
  proposal.members[1].cost = {50};
  proposal.members[1].grant = {25};
  EXPECT_EQ(proposal.cost(), Money{150});
  EXPECT_EQ(proposal.request(), Money{85});
}

TEST(Money, RoundsToTheNearestCent) {
  EXPECT_EQ(to_money(0.005), Money{1});
  EXPECT_EQ(to_money(0.0049), Money{0});
  EXPECT_EQ(to_money(-1.0), Money{-100});
  EXPECT_EQ(share_of({101}, 0.5), Money{51});
  EXPECT_THROW((void)to_money(1e14), ContractViolation);
}

}  // namespace
}  // namespace ketsim
