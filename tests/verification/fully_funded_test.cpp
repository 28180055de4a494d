// A programme that pays everything, of which there is enough for all, and whose projects never fail: every
// eligible firm that looks into the KET and stands to gain from it adopts, and nobody else. Without it nobody
// does.
//
// No instrument pays in advance, or pays the investment that follows a project. So here claims are paid in
// the month in which the costs arise, and the bank lends the whole investment; what stands in the way without
// the programme is the cost of a pilot, which no firm can pay from a month's margin (large ones, which are
// not eligible, get a dearer KET).
#include <gtest/gtest.h>

#include "ketsim/engine/valuation.hpp"
#include "support/mirrored_world.hpp"

namespace ketsim {
namespace {

Overrides world_of_one_ket() {
  return together(
      {closed_world(),
       months_of("2016-01", "2035-12"),
       no_border(),
       no_rivalry(),
       {"technologies={only: {complexity: 0.5, uncertainty: 0, frontier_growth: 0, cost_decline: 0,"
        " cost: {large: 1000000000}, relevance: {health: 1, production: 1, energy: 1}}}",
        "firms.initial_adopters={micro: 0, small: 0, medium: 0, large: 0}", "firms.initial_aware=1",
        "firms.initial_interested=1", "firms.initial_piloting=0",
        // No cash but the margin of the month, out of which no firm can pay a pilot.
        "firms.cash_per_employee=0", "firms.margin_spread=0", "firms.shock_spread=0", "firms.payout_rate=12",
        "decisions.pilot_share=1", "decisions.own_funds_share=0", "decisions.hurdle=0",
        "decisions.success_floor=1", "decisions.success_ceiling=1", "decisions.prior_losses=0",
        "processes[adoption].disappointment=0", "processes[review].patience=1200"}});
}

Overrides programme_that_pays_everything() {
  return {
      "state_aid={research: 1, most: 1}",
      "processes[applying].withdrawal=0",
      "programmes[rocket].budget=1e9",
      "programmes[rocket].start=2016-01",
      "programmes[rocket].end=2035-12",
      "programmes[rocket].management_share=0",
      "programmes[rocket].policies={all: {instrument: project_grant, share: 1,"
      " target: {size_classes: [micro, small, medium]}, allocation: {rule: entitlement, decision_months: 0},"
      " params: {co_funding_rate: 1, max_grant_per_sme: 1e9, claim_interval: 1, payment_delay: 0,"
      " work_package: {micro: 2400, small: 2400, medium: 2400, large: 2400}, effort_lead: 0, effort_partner: "
      "0,"
      " least_smes: 2, smes_base: 2, smes_per_complexity: 0, research_partners: 0, most_large: 0, months: 24,"
      " cooperation_failure: 0, technical_success: 1, lead_propensity: 0.5, benefit_gain: 0.25}}}"};
}

TEST(FullyFunded, EveryEligibleInterestedFirmThatGainsAdopts) {
  const auto setup =
      mirrored_setup("rocket.yaml", together({world_of_one_ket(), programme_that_pays_everything()}));
  const Valuation valuation(setup->scenario);
  Simulation simulation(setup, 1, 0);
  World& world = simulation.world();
  std::vector<bool> gains;
  for (std::size_t i = 0; i < world.firms.count(); ++i) {
    const FirmId firm(i);
    ASSERT_EQ(world.firms.stage(firm, KetId(0)), Stage::interested);
    world.tell_of_programme(firm, ProgrammeId(0));
    // Firms of one KET know it alike, so that partners open nothing new: what a project promises does not
    // come.
    gains.push_back(valuation.adoption(world, firm, KetId(0), 1.0, 0.0, 0.0) > 0.0);
  }
  simulation.run();
  std::size_t adopters = 0;
  std::size_t others = 0;
  for (std::size_t i = 0; i < world.firms.count(); ++i) {
    const FirmId firm(i);
    const bool eligible = world.is_sme(actor(firm));
    const bool adopts = uses(world.firms.stage(firm, KetId(0)));
    EXPECT_EQ(adopts, eligible && gains[i])
        << "firm " << i << " in stage "
        << stage_names()[static_cast<std::size_t>(world.firms.stage(firm, KetId(0)))];
    adopters += adopts;
    others += eligible && !adopts;
  }
  EXPECT_GT(adopters, 300U);
  EXPECT_GT(others, 30U);
  EXPECT_GT(world.ledger.unallocated(ProgrammeId(0)), to_money(1e8));  // the budget does not bind
}

TEST(FullyFunded, WithoutTheProgrammeNobodyAdopts) {
  const auto world = run_of(mirrored_setup("no_programme.yaml", world_of_one_ket()));
  EXPECT_EQ(last(*world, "adopters"), 0.0);
}

}  // namespace
}  // namespace ketsim
