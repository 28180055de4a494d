// Feasibility studies: two SMEs or more from both sides, at most 25,000 EUR a study, evidence and no product.
#include <gtest/gtest.h>

#include <set>

#include "support/small_world.hpp"

namespace ketsim {
namespace {

TEST(FeasibilityStudy, GrantsStayBelowTheCapAndTheRate) {
  const World& world = finished_rocket().world();
  std::size_t studies = 0;
  for (const Project& project : world.projects) {
    if (project.kind != ProjectKind::feasibility_study) continue;
    ++studies;
    Money grant;
    std::set<CountryId> sides;
    for (const Member& member : project.members) {
      grant += member.grant;
      sides.insert(world.country_of(member.actor));
      EXPECT_TRUE(world.is_sme(member.actor));
      EXPECT_LE(member.received.euros(), 0.6 * member.spent.euros() + 0.01);
    }
    EXPECT_LE(grant, to_money(25e3));
    EXPECT_GE(project.members.size(), 2U);
    EXPECT_EQ(sides.size(), 2U);
    EXPECT_EQ(project.products, 0U);
  }
  EXPECT_GT(studies, 0U);
}

// Parts that are rounded up to cents must not add up to more than the cap.
TEST(FeasibilityStudy, TheCapHoldsToTheCentForAnyNumberOfPartners) {
  Simulation simulation(setup_of("rocket.yaml", {"population.agents=300"}), 1, 0);
  const Context context = simulation.context();
  for (std::size_t members = 2; members <= 12; ++members) {
    Proposal proposal;
    proposal.ket = KetId(0);
    for (std::size_t m = 0; m < members; ++m) proposal.members.push_back(member_of(actor(FirmId(m))));
    policy_of(context, "studies").instrument->set_budget(context, proposal);
    EXPECT_LE(proposal.request(), to_money(25e3)) << members;
    EXPECT_GT(proposal.request(), to_money(20e3)) << members;
  }
}

TEST(FeasibilityStudy, TheOfferIsWhatTheBudgetWillSay) {
  Simulation simulation(
      setup_of("rocket.yaml",
               {"population.agents=300", "programmes[rocket].policies[studies].params.max_grant=15000"}),
      1, 0);
  const Context context = simulation.context();
  const Instrument& study = *policy_of(context, "studies").instrument;
  const Offer offer = study.offer(context, FirmId(0), KetId(0));
  Proposal proposal;
  proposal.ket = KetId(0);
  for (int m = 0; m < study.rules(context, KetId(0)).wanted_smes; ++m)
    proposal.members.push_back(member_of(actor(FirmId(static_cast<std::size_t>(m)))));
  study.set_budget(context, proposal);
  for (const Member& member : proposal.members) {
    EXPECT_NEAR(offer.grant, member.grant.euros(), 0.01);
    EXPECT_NEAR(offer.own_cost, (member.cost - member.grant).euros(), 0.01);
    EXPECT_NEAR(offer.prefinancing, member.cost.euros(), 0.01);
  }
}

TEST(FeasibilityStudy, AGoodOneMakesInterestedAndABadOneRejectsNobody) {
  const World& world = finished_rocket().world();
  for (std::size_t k = 0; k < world.ket_count(); ++k) {
    for (std::size_t i = 0; i < world.firms.count(); ++i) {
      if (world.firms.trigger(FirmId(i), KetId(k)) != Trigger::study) continue;
      EXPECT_EQ(world.firms.stage(FirmId(i), KetId(k)), Stage::interested);
    }
  }
}

}  // namespace
}  // namespace ketsim
