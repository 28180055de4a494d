// Without a policy nothing is spent and nothing differs: not by the title, not by the order of the input.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "support/compare_worlds.hpp"
#include "support/tables.hpp"

namespace ketsim {
namespace {

using testing::Each;
using testing::IsEmpty;

const Overrides six_years{"time.start=2014-06", "time.end=2020-06", "horizons=[2020-03]"};

Overrides with(Overrides changes, const Overrides& more) {
  changes.insert(changes.end(), more.begin(), more.end());
  return changes;
}

TEST(NoPolicy, NotACentIsSpent) {
  const auto world = run_of("no_programme.yaml", six_years);
  for (const char* series :
       {"public_money_committed", "public_money_released", "public_money_paid", "private_contribution",
        "firms_reached", "proposals_submitted", "study_proposals_submitted", "projects_funded"}) {
    EXPECT_THAT(monthly(*world, series), Each(0.0)) << series;
  }
  EXPECT_EQ(world->world().ledger.borne_by_partners(), Money{});
  EXPECT_TRUE(world->world().projects.empty());
  EXPECT_GT(total(*world, "private_investment"), 0.0);  // firms do invest: the test sees a living world
}

TEST(NoPolicy, AnotherTitleIsTheSameWorldBitForBit) {
  const auto one = run_of("no_programme.yaml", six_years);
  const auto other =
      run_of("no_programme.yaml", with(six_years, {"title=Another title", "description=Other words"}));
  EXPECT_THAT(differing_columns(one->world(), other->world()), IsEmpty());
  EXPECT_EQ(one->recorder().values(), other->recorder().values());
}

TEST(NoPolicy, AnotherSeedOrReplicateIsAnotherWorld) {
  const auto setup = setup_of("no_programme.yaml", {"time.end=2014-12", "horizons=[2014-12]"});
  const auto one = run_of(setup, 1, 0);
  EXPECT_NE(one->recorder().values(), run_of(setup, 2, 0)->recorder().values());
  EXPECT_NE(one->recorder().values(), run_of(setup, 1, 1)->recorder().values());
}

//! Columns in which ROCKET, changed so that it has no money, differs from no programme.
std::vector<std::string> effect_of_penniless_rocket(const Overrides& changes) {
  const auto none = run_of("no_programme.yaml", six_years);
  const auto penniless = run_of("rocket.yaml", with(six_years, changes));
  EXPECT_EQ(
      penniless->world().ledger.paid(ProgrammeId(0)) + penniless->world().ledger.outstanding(ProgrammeId(0)),
      Money{});
  std::vector<std::string> columns = differing_columns(none->world(), penniless->world());
  std::erase(columns, "programmes_known");  // that it exists may be known
  return columns;
}

TEST(NoPolicy, AProgrammeWithoutABudgetChangesNothing) {
  EXPECT_THAT(effect_of_penniless_rocket({"programmes[rocket].budget=0"}), IsEmpty());
}

TEST(NoPolicy, PoliciesWithoutAShareChangeNothing) {
  Overrides changes{"programmes[rocket].management_share=0"};
  for (const char* policy :
       {"pioneers", "projects", "studies", "coaching", "events", "visits", "matchmaking"}) {
    changes.push_back(std::string("programmes[rocket].policies[") + policy + "].share=0");
  }
  EXPECT_THAT(effect_of_penniless_rocket(changes), IsEmpty());
}

TEST(NoPolicy, AProgrammeWithoutPoliciesChangesNothing) {
  const auto none = run_of("no_programme.yaml", six_years);
  const auto idle =
      run_of("rocket.yaml",
             with(six_years, {"programmes[rocket].policies={}", "programmes[rocket].management_share=0"}));
  EXPECT_THAT(differing_columns(none->world(), idle->world()), IsEmpty());
}

//! Values of all series that do not go by programme.
std::map<std::string, std::vector<double>> series_of_the_world(Simulation& simulation) {
  std::map<std::string, std::vector<double>> values;
  const Recorder& recorder = simulation.recorder();
  for (std::size_t s = 0; s < recorder.series().size(); ++s) {
    const auto& dimensions = recorder.series()[s].dimensions;
    if (std::ranges::find(dimensions, "programme") == dimensions.end())
      values[recorder.series()[s].name] = simulation.recorder().values()[s];
  }
  return values;
}

// Entrants, closures, spin-offs and new ties are drawn under keys of their own too.
TEST(NoPolicy, TwinsAreTheSameWhileFirmsComeAndGoAndTiesTurnOver) {
  const Overrides lively = with(six_years, {"processes[spin_offs].institute_rate=0.1",
                                            "processes[spin_offs].firm_rate=0.05", "network.turnover=0.3"});
  const auto none = run_of("no_programme.yaml", lively);
  const auto penniless = run_of("rocket.yaml", with(lively, {"programmes[rocket].budget=0"}));
  for (const char* series : {"entries", "exits", "spin_offs"})
    EXPECT_GT(total(*none, series), 20.0) << series;
  const World& here = none->world();
  const World& there = penniless->world();
  std::vector<std::string> columns = differing_columns(here, there);
  std::erase(columns, "programmes_known");
  EXPECT_THAT(columns, IsEmpty());
  EXPECT_THAT(differences_beside(here, there, {}), testing::IsSubsetOf({"programmes_known"}));
  EXPECT_EQ(here.sought->partner, there.sought->partner);
  EXPECT_EQ(here.sought->strength, there.sought->strength);
  EXPECT_NE(here.sought->partner,
            Simulation(setup_of("no_programme.yaml", lively), 1, 0).world().sought->partner);
  EXPECT_EQ(here.loans.size(), there.loans.size());
  EXPECT_EQ(series_of_the_world(*none), series_of_the_world(*penniless));
}

//! The rows of a table in another order.
void permute(TextTable& table) {
  Rows rows = rows_of(table);
  std::ranges::reverse(rows);
  std::ranges::rotate(rows, rows.begin() + 7);
  table = table_from(table.path, table.columns, rows);
}

TEST(InputOrder, OfRegionsDoesNotMatter) {
  const Overrides changes{"time.end=2018-06", "horizons=[2018-03]"};
  Scenario permuted = scenario_of("rocket.yaml", changes);
  permute(permuted.regions);
  const auto one = run_of("rocket.yaml", changes);
  const auto other = run_of(setup_of(std::move(permuted)));
  EXPECT_THAT(differing_columns(one->world(), other->world()), IsEmpty());
  EXPECT_EQ(one->recorder().values(), other->recorder().values());
}

TEST(InputOrder, OfOrganisationsDoesNotMatter) {
  const Overrides changes{"time.end=2018-06", "horizons=[2018-03]"};
  Scenario permuted = scenario_of("rocket.yaml", changes);
  permute(permuted.organisations);
  const auto one = run_of("rocket.yaml", changes);
  const auto other = run_of(setup_of(std::move(permuted)));
  EXPECT_THAT(differing_columns(one->world(), other->world()), IsEmpty());
  EXPECT_EQ(one->recorder().values(), other->recorder().values());
}

}  // namespace
}  // namespace ketsim
