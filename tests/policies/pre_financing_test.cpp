// Advances on the claims of a project: paid at once, settled from the last claims, lost where a firm closes.
#include <gtest/gtest.h>

#include "support/one_firm.hpp"

namespace ketsim {
namespace {

//! A project of a small firm with an institute, won under a grant, with pre-financing beside it.
class PreFinancingTest : public SupportTest {
 protected:
  void begin_project(const std::string& advance) {
    begin(
        "{grant: {instrument: project_grant, share: 0.5, params: {cooperation_failure: 0}}, advance: "
        "{instrument: "
        "pre_financing, share: 0.4, " +
        at_once + ", params: {share: " + advance + "}}}");
    Proposal proposal;
    proposal.policy = PolicyId(0);
    proposal.ket = ket;
    proposal.lead = firm;
    join_proposal(*context_, proposal, actor(firm));
    join_proposal(*context_, proposal, actor(ResearchId(0)));
    policy("grant").instrument->set_budget(*context_, proposal);
    world().proposals.push_back(proposal);
    award(*context_, policy("grant"), ProposalId(0));
    step("selection");
  }
  Member& part() { return world().projects.front().members.front(); }
};

TEST_F(PreFinancingTest, AnAdvanceIsPaidAtOnceAndSettledFromTheLastClaims) {
  begin_project("0.3");
  const Money before = to_money(500e3);
  const Money advance = to_money(0.3 * part().grant.euros());
  EXPECT_EQ(cash(), before + advance);
  EXPECT_EQ(part().advance, advance);
  EXPECT_EQ(ledger().paid(scheme), advance);
  pass_months(60, {"projects"});
  EXPECT_EQ(part().received, part().grant);
  EXPECT_EQ(part().advance, Money{});
  EXPECT_EQ(cash(), before - (part().cost - part().grant));
  EXPECT_EQ(ledger().lending(scheme).owed(), Money{});
  EXPECT_EQ(ledger().outstanding(scheme), Money{});
  // To the public it costs the interest that the firm saved.
  EXPECT_EQ(ledger().public_cost(scheme) - ledger().lending(scheme).equivalent,
            part().grant + world().projects.front().members[1].grant);
}

TEST_F(PreFinancingTest, TheOfferCountsOnTheAdvance) {
  begin_project("0.3");
  const Offer with = offer_of(*context_, policy("grant"), firm, ket);
  const Offer plain = policy("grant").instrument->offer(*context_, firm, ket);
  EXPECT_NEAR(plain.prefinancing - with.prefinancing, std::min(plain.prefinancing, 0.3 * plain.grant), 1e-6);
}

TEST_F(PreFinancingTest, AFirmThatClosesLeavesItsAdvanceUnsettled) {
  begin_project("0.3");
  world().firms.alive[firm] = 0;
  pass_months(60, {"projects"});
  EXPECT_EQ(ledger().lending(scheme).owed(), Money{});
  EXPECT_GT(ledger().lending(scheme).written_off, Money{});
}

}  // namespace
}  // namespace ketsim
