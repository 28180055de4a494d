// Population synthesis: totals exact at every level, and the same firms in every scope.
#include "ketsim/engine/population.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <numeric>
#include <unordered_map>

#include "support/small_world.hpp"
#include "support/tables.hpp"

namespace ketsim {
namespace {

using testing::Each;
using testing::ElementsAre;

std::shared_ptr<Setup> scope(const std::string& name, const Overrides& more = {}) {
  Overrides changes{"population.scope=" + name};
  changes.insert(changes.end(), more.begin(), more.end());
  return setup_of("no_programme.yaml", changes);
}

//! SMEs by region, as planned.
std::map<std::string, std::uint64_t> smes_by_region(const Setup& setup) {
  std::map<std::string, std::uint64_t> sums;
  for (const PopulationCell& cell : setup.population.cells) {
    if (cell.size != SizeClass::large) sums[setup.geography->region(cell.region).code] += cell.count;
  }
  return sums;
}

//! Sums of columns of the table of regions, by region of the programme area (or of the core).
std::map<std::string, std::uint64_t> table_sums(const std::string& flag,
                                                const std::vector<std::string>& columns) {
  const TextTable table = table_of("data/regions.csv");
  const auto cell = [&](std::size_t row, const std::string& column) {
    return std::string(table.cell(row, table.find_column(column)));
  };
  std::map<std::string, std::uint64_t> sums;
  for (std::size_t r = 0; r < table.rows(); ++r) {
    if (cell(r, flag) != "1") continue;
    std::uint64_t sum = 0;
    for (const std::string& column : columns) sum += std::stoull(cell(r, column));
    if (sum > 0) sums[cell(r, "region")] = sum;
  }
  return sums;
}

std::vector<std::string> sector_columns() {
  std::vector<std::string> columns;
  for (const char* sector : {"health", "production", "energy"}) {
    for (const char* size : {"micro", "small", "medium"}) columns.push_back(std::string(sector) + '_' + size);
  }
  return columns;
}

TEST(Population, TheCoreHas1597SmesIn23Regions) {
  const auto setup = scope("core");
  EXPECT_EQ(setup->population.smes(), 1597U);
  EXPECT_EQ(setup->geography->regions.size(), 23U);
  EXPECT_EQ(smes_by_region(*setup), table_sums("core", {"ket_candidate_sme"}));
}

TEST(Population, TheAreaHas2510SmesIn51Regions) {
  const auto setup = scope("area");
  EXPECT_EQ(setup->population.smes(), 2510U);
  EXPECT_EQ(setup->geography->regions.size(), 51U);
  EXPECT_EQ(smes_by_region(*setup), table_sums("programme_area", {"ket_candidate_sme"}));
}

TEST(Population, TheSectorsHave25714Smes) {
  const auto setup = scope("sectors");
  EXPECT_EQ(setup->population.smes(), 25714U);
  EXPECT_EQ(smes_by_region(*setup), table_sums("programme_area", sector_columns()));
}

TEST(Population, TheEnterprisesHave260652Smes) {
  const auto setup = scope("enterprises");
  EXPECT_EQ(setup->population.smes(), 260652U);
  EXPECT_EQ(smes_by_region(*setup), table_sums("programme_area", {"ent_micro", "ent_small", "ent_medium"}));
}

TEST(Population, EverySectorAndSizeClassOfARegionIsAsCounted) {
  const auto setup = scope("sectors");
  for (const PopulationCell& cell : setup->population.cells) {
    if (cell.size == SizeClass::large) continue;
    const std::string& code = setup->geography->region(cell.region).code;
    const std::string column = setup->geography->sectors[cell.sector.index()] + '_' +
                               size_class_names()[static_cast<std::size_t>(cell.size)];
    EXPECT_EQ(table_sums("programme_area", {column}).at(code), cell.count) << code << ' ' << column;
  }
}

void drop_column(TextTable& table, const std::string& name) {
  const auto c = table.find_column(name);
  ASSERT_GE(c, 0);
  std::vector<std::string> columns = table.columns;
  Rows rows = rows_of(table);
  columns.erase(columns.begin() + c);
  for (auto& row : rows) row.erase(row.begin() + c);
  table = table_from(table.path, columns, rows);
}

std::string problems_of(const Scenario& scenario) {
  Diagnostics problems;
  (void)make_setup(scenario, problems);
  return problems.text();
}

TEST(Population, NeedsOnlyTheColumnsOfItsScope) {
  for (const auto& [name, needed, spare] :
       {std::tuple{"core", "core", "programme_area"}, std::tuple{"area", "programme_area", "core"},
        std::tuple{"core", "ket_candidate_sme", "ent_micro"},
        std::tuple{"sectors", "energy_small", "ket_candidate_sme"}}) {
    Scenario scenario = scenario_of("no_programme.yaml", {std::string("population.scope=") + name});
    drop_column(scenario.regions, spare);
    EXPECT_EQ(problems_of(scenario), "");
    drop_column(scenario.regions, needed);
    EXPECT_THAT(problems_of(scenario), testing::HasSubstr(std::string("column '") + needed + "' is missing"));
  }
}

TEST(Organisations, AMisspeltColumnOfScoresIsToldAndOneOfAnotherWorldIsNot) {
  Scenario scenario = scenario_of("no_programme.yaml");
  const auto c = static_cast<std::size_t>(scenario.organisations.find_column("ket_photonics"));
  scenario.organisations.columns[c] = "ket_photonic";
  EXPECT_THAT(problems_of(scenario),
              testing::HasSubstr("column 'ket_photonic' is not known; did you mean 'ket_photonics'?"));
  scenario.organisations.columns[c] = "ket_biotechnology_of_the_sea";
  EXPECT_EQ(problems_of(scenario), "");
  scenario.organisations.columns[c] = "ket_photonics";
  Rows rows = rows_of(scenario.organisations);
  rows[3][c] = "4";
  scenario.organisations = table_from("organisations", scenario.organisations.columns, rows);
  EXPECT_THAT(problems_of(scenario), testing::HasSubstr("ket_photonics = 4 is above 3"));
}

TEST(Population, AgentsAreExactlyAsManyAsAskedFor) {
  for (const std::uint64_t agents : {1U, 10U, 999U, 1597U, 40000U}) {
    for (const char* name : {"core", "sectors"}) {
      const auto setup = scope(name, {"population.agents=" + std::to_string(agents)});
      EXPECT_EQ(setup->population.firms, agents) << name;
      if (agents > 2000) continue;
      EXPECT_EQ(Simulation(setup, 1, 0).world().firms.count(), agents);
    }
  }
}

TEST(Population, ScalingKeepsRegionalShares) {
  const auto counted = scope("core");
  const auto scaled = scope("core", {"population.agents=40000"});
  const double factor = 40000.0 / static_cast<double>(counted->population.firms);
  ASSERT_EQ(counted->population.cells.size(), scaled->population.cells.size());
  for (std::size_t c = 0; c < counted->population.cells.size(); ++c) {
    EXPECT_NEAR(scaled->population.cells[c].count, factor * counted->population.cells[c].count, 1.0);
  }
}

TEST(Population, FirmsHaveTheEmployeesOfTheirSizeClass) {
  const Simulation simulation(scope("area"), 1, 0);
  const Firms& firms = simulation.world().firms;
  const std::map<SizeClass, std::pair<float, float>> ranges{{SizeClass::micro, {1, 9}},
                                                            {SizeClass::small, {10, 49}},
                                                            {SizeClass::medium, {50, 249}},
                                                            {SizeClass::large, {250, 5000}}};
  for (std::size_t i = 0; i < firms.count(); ++i) {
    const auto [low, high] = ranges.at(firms.size[FirmId(i)]);
    ASSERT_GE(firms.employees[FirmId(i)], low);
    ASSERT_LE(firms.employees[FirmId(i)], high);
  }
}

TEST(Population, KeysOfFirmsAreUnique) {
  const Simulation simulation(scope("sectors"), 1, 0);
  const Firms& firms = simulation.world().firms;
  std::vector<StableKey> keys;
  for (std::size_t i = 0; i < firms.count(); ++i) keys.push_back(firms.key[FirmId(i)]);
  std::ranges::sort(keys);
  EXPECT_EQ(std::ranges::adjacent_find(keys), keys.end());
}

//! Columns of traits in which a firm of the core differs from its like in a wider scope; `missing` where it
//! has none.
std::vector<std::string> core_firms_within(const std::string& wider_scope,
                                           const std::vector<const char*>& traits) {
  const Simulation core(scope("core"), 1, 0);
  const Simulation wider(scope(wider_scope), 1, 0);
  std::unordered_map<StableKey, FirmId> rows;
  for (std::size_t i = 0; i < wider.world().firms.count(); ++i)
    rows.emplace(wider.world().firms.key[FirmId(i)], FirmId(i));
  std::map<std::string, int> differing;
  for (std::size_t i = 0; i < core.world().firms.count(); ++i) {
    const auto found = rows.find(core.world().firms.key[FirmId(i)]);
    if (found == rows.end()) {
      ++differing["missing"];
      continue;
    }
    const auto here = firm_bits(core.world(), FirmId(i));
    const auto there = firm_bits(wider.world(), found->second);
    for (const char* trait : traits) {
      if (here.at(trait) != there.at(trait)) ++differing[trait];
    }
  }
  std::vector<std::string> list;
  for (const auto& [trait, count] : differing) list.push_back(trait + " of " + std::to_string(count));
  return list;
}

const std::vector<const char*> traits_of_firms{
    "sector",   "size", "employees", "risk_aversion", "language_ability", "base_margin", "usual_cash",
    "affinity", "cash", "knowledge", "stage",         "resistance"};

TEST(Population, FirmsOfTheCoreStandAtTheSamePlaceInEveryScope) {
  EXPECT_THAT(core_firms_within("area", {"position"}), testing::IsEmpty());
}
TEST(Population, FirmsOfTheCoreAreTheSameFirmsInTheArea) {
  EXPECT_THAT(core_firms_within("area", traits_of_firms), testing::IsEmpty());
}
TEST(Population, FirmsOfTheCoreAreTheSameFirmsAmongTheSectors) {
  EXPECT_THAT(core_firms_within("sectors", traits_of_firms), testing::IsEmpty());
}
TEST(Population, FirmsOfTheCoreAreTheSameFirmsAmongAllEnterprises) {
  EXPECT_THAT(core_firms_within("enterprises", traits_of_firms), testing::IsEmpty());
}

TEST(LargestRemainder, PartsAddUpAndAreWithinOneOfTheirShare) {
  const std::vector<double> weights{0.0, 1.0, 2.5, 7.0, 1e-3, 3.3, 0.0};
  const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
  for (const std::uint64_t total : {0U, 1U, 2U, 7U, 100U, 12345U}) {
    const std::vector<std::uint64_t> parts = largest_remainder(weights, total);
    EXPECT_EQ(std::accumulate(parts.begin(), parts.end(), std::uint64_t{0}), total);
    for (std::size_t i = 0; i < weights.size(); ++i) {
      EXPECT_LT(std::abs(static_cast<double>(parts[i]) - static_cast<double>(total) * weights[i] / sum), 1.0);
    }
    EXPECT_EQ(parts[0], 0U);
  }
}

TEST(LargestRemainder, RemaindersDecideAndTiesGoToTheEarlierPart) {
  EXPECT_THAT(largest_remainder({1.0, 1.0, 1.0}, 4), ElementsAre(2, 1, 1));
  EXPECT_THAT(largest_remainder({1.4, 1.3, 1.3}, 5), ElementsAre(2, 2, 1));  // 1.75, 1.625, 1.625
  EXPECT_THAT(largest_remainder({3.0, 1.0}, 4), ElementsAre(3, 1));
}

TEST(LargestRemainder, WithoutWeightsNobodyGetsAnything) {
  EXPECT_THAT(largest_remainder({0.0, 0.0}, 5), Each(0U));
  EXPECT_THAT(largest_remainder({}, 5), ElementsAre());
}

}  // namespace
}  // namespace ketsim
