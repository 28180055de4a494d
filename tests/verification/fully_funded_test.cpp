// A programme that pays everything in advance, of which there is enough for all, and whose projects never
// fail: every eligible firm that looks into the KET and stands to gain from it adopts, and nobody else.
// Without it nobody does.
//
// Grants pay 99.9 % of a project, advances all of the grant at once, and loans without interest the whole
// investment after it; applying costs nothing. (At 100 % a grant is at the ceiling of state aid, which is
// never above the whole cost, and leaves no room for an advance.) Firms have next to no money: a margin of 50
// EUR a head and year pays the thousandth that is left to them, and no pilot within the twenty years. Where
// there is one KET partners have nothing to combine, so that nobody gains more than alone; that firms hope to
// is what makes users of the KET join as partners of the last ones.
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
        "firms.initial_interested=1", "firms.initial_piloting=0", "firms.cash_per_employee=0",
        "firms.margin_per_employee=50", "firms.margin_spread=0", "firms.shock_spread=0",
        "firms.payout_rate=0",
        // What is lent without interest is worth next to nothing, so that the aid in it is below any ceiling.
        "decisions.bank_rate=0.0001", "state_aid.research=1", "state_aid.investment=1", "state_aid.most=1",
        "decisions.pilot_share=1", "decisions.hurdle=0", "decisions.success_floor=1",
        "decisions.success_ceiling=1", "decisions.prior_losses=0", "processes[adoption].disappointment=0",
        "processes[review].patience=1200"}});
}

Overrides programme_that_pays_everything() {
  return {"programmes[rocket].budget=1e9", "programmes[rocket].start=2016-01",
          "programmes[rocket].end=2035-12", "programmes[rocket].management_share=0",
          "programmes[rocket].policies={"
          " grants: {instrument: project_grant, share: 0.4, target: {size_classes: [micro, small, medium]},"
          "   allocation: {rule: entitlement, decision_months: 0},"
          "   params: {co_funding_rate: 0.999, max_grant_per_sme: 1e9, effort_lead: 0, effort_partner: 0,"
          "     least_smes: 2, smes_base: 2, smes_per_complexity: 0, research_partners: 0, most_large: 0,"
          "     cooperation_failure: 0, technical_success: 1, lead_propensity: 0.5, benefit_gain: 0.25}},"
          " advances: {instrument: pre_financing, share: 0.3, allocation: {decision_months: 0},"
          "   params: {share: 1}},"
          " loans: {instrument: soft_loan, share: 0.3, target: {size_classes: [micro, small, medium]},"
          "   allocation: {decision_months: 0},"
          "   params: {share: 1, max_loan: 1e9, interest: 0, effort: 0}}}"};
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
    gains.push_back(valuation.adoption(world, firm, KetId(0), 0.0, 0.0) > 0.0);
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
