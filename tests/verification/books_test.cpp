// Money is conserved to the cent, every month of ROCKET.
#include <gtest/gtest.h>

#include "ketsim/base/contracts.hpp"
#include "support/small_world.hpp"

namespace ketsim {
namespace {

constexpr ProgrammeId rocket{0};

Money spent(const Project& project) {
  Money sum;
  for (const Member& member : project.members) sum += member.spent;
  return sum;
}

Money received(const Project& project) {
  Money sum;
  for (const Member& member : project.members) sum += member.received;
  return sum;
}

Money awarded(const Project& project) {
  Money sum;
  for (const Member& member : project.members) sum += member.grant;
  return sum;
}

//! What management should have been paid by the end of a month.
Money management_by(const Context& context) {
  const Programme& programme = context.scenario().programmes[0].value;
  const int months = programme.end - programme.start;
  const int done = std::clamp(context.month() - context.index_of(programme.start) + 1, 0, months);
  return share_of(share_of(to_money(programme.budget), programme.management_share),
                  static_cast<double>(done) / months);
}

//! Every identity of the books at the end of one month; `committed` and `paid` add up what the months
//! reported.
void expect_books_close(Simulation& simulation, Money& committed, Money& paid) {
  const World& world = simulation.world();
  const Ledger& ledger = world.ledger;
  ASSERT_NO_THROW(ledger.check());
  EXPECT_EQ(ledger.sum(), Money{});
  EXPECT_EQ(ledger.in(rocket), ledger.unallocated(rocket) + ledger.outstanding(rocket) + ledger.paid(rocket));
  committed += ledger.month(rocket).committed - ledger.month(rocket).released;
  paid += ledger.month(rocket).paid;
  EXPECT_EQ(committed, ledger.outstanding(rocket) + ledger.paid(rocket));
  EXPECT_EQ(paid, ledger.paid(rocket));

  // Each project's cost is what its members spent, less the grants that took over part of it; partners bear
  // the rest.
  Money borne;
  Money outstanding;
  for (std::size_t p = 0; p < world.projects.size(); ++p) {
    const Project& project = world.projects[p];
    EXPECT_EQ(ledger.balance({AccountKind::project_cost, p}), spent(project) - received(project)) << p;
    borne += spent(project) - received(project);
    outstanding += awarded(project) - received(project);
    for (const Member& member : project.members) {
      EXPECT_LE(member.received, member.claimed);
      EXPECT_LE(member.claimed, member.grant);
      EXPECT_LE(member.grant, member.cost);
      EXPECT_LE(member.spent, member.cost);
    }
  }
  EXPECT_EQ(ledger.borne_by_partners(), borne);
  EXPECT_EQ(ledger.outstanding(rocket), outstanding);

  // Policies and management together committed what the programme committed.
  Money by_policies = management_by(simulation.context());
  for (const PolicyState& policy : simulation.policies()) {
    by_policies += policy.committed;
    EXPECT_LE(policy.committed, policy.budget) << policy.name;
  }
  EXPECT_EQ(by_policies, committed);
}

class BooksOfSeed : public testing::TestWithParam<std::uint64_t> {};

TEST_P(BooksOfSeed, CloseInEveryMonthOfRocket) {
  Simulation simulation(setup_of("rocket.yaml", until_rocket_is_over()), GetParam(), 0);
  Money committed;
  Money paid;
  while (!simulation.is_done() && !testing::Test::HasFailure()) {
    simulation.step();
    expect_books_close(simulation, committed, paid);
  }
  EXPECT_GT(simulation.world().projects.size(), 3U);
  EXPECT_EQ(simulation.world().ledger.outstanding(rocket), Money{});  // all promises kept, or taken back
  EXPECT_GT(simulation.world().ledger.paid(rocket), to_money(1e6));
}

INSTANTIATE_TEST_SUITE_P(Seeds, BooksOfSeed, testing::Range<std::uint64_t>(1, 9));

TEST(Books, EveryEuroOfCostIsPaidByTheProgrammeOrByANamedPartner) {
  const World& world = finished_rocket().world();
  std::map<std::uint64_t, Money> own_money;  // by partner
  Money cost;
  Money grants;
  for (const Project& project : world.projects) {
    cost += spent(project);
    grants += received(project);
    for (const Member& member : project.members)
      own_money[member.actor.code()] += member.spent - member.received;
  }
  Money borne;
  for (const auto& [partner, amount] : own_money) {
    EXPECT_EQ(-world.ledger.balance({AccountKind::partner, partner}), amount);
    borne += amount;
  }
  EXPECT_GT(cost, Money{});
  EXPECT_EQ(cost, grants + borne);
}

TEST(Books, SeriesOfMoneyAddUpToTheLedger) {
  Simulation& rocket_run = finished_rocket();
  const Ledger& ledger = rocket_run.world().ledger;
  EXPECT_NEAR(total(rocket_run, "public_money_paid"), ledger.paid(rocket).euros(), 0.005);
  EXPECT_NEAR(total(rocket_run, "public_money_committed") - total(rocket_run, "public_money_released"),
              (ledger.paid(rocket) + ledger.outstanding(rocket)).euros(), 0.005);
  EXPECT_NEAR(total(rocket_run, "private_contribution"), ledger.borne_by_partners().euros(), 0.005);
}

TEST(Books, AFirmsCashNeverFallsBelowZero) {
  Simulation simulation(setup_of("rocket.yaml", until_rocket_is_over()), 3, 0);
  std::size_t below = 0;
  while (!simulation.is_done()) {
    simulation.step();
    for (std::size_t i = 0; i < simulation.world().firms.count(); ++i)
      below += simulation.world().firms.cash[FirmId(i)] < Money{};
  }
  EXPECT_EQ(below, 0U);
}

// Claims that are paid at once are paid too: a delay of zero months leaves nothing outstanding.
TEST(Books, NothingStaysOutstandingWhateverThePaymentDelay) {
  for (const char* delay : {"0", "1", "3", "6", "9"}) {
    Overrides changes = until_rocket_is_over();
    for (const char* policy : {"pioneers", "projects", "studies"}) {
      changes.push_back(std::string("programmes[rocket].policies[") + policy +
                        "].params.payment_delay=" + delay);
    }
    const auto world = run_of("rocket.yaml", changes);
    EXPECT_EQ(world->world().ledger.outstanding(rocket).cents, 0) << delay;
  }
}

// Cents that shares round up must not add up to more than the budget.
TEST(Books, RoundingOfSharesNeverOverspends) {
  const auto tiny = setup_of(
      "rocket.yaml",
      {"time.start=2016-01", "time.end=2020-06", "horizons=[2020-06]", "population.agents=300",
       "programmes[rocket].budget=2.25", "programmes[rocket].management_share=0.5",
       "programmes[rocket].policies={events: {instrument: event, share: 0.5, params: {cost: 1.13}}}"});
  EXPECT_NO_THROW((void)run_of(tiny));
}

}  // namespace
}  // namespace ketsim
