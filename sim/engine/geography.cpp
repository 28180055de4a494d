// Geography from the table of regions and the scenario's technologies and borders.
#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "ketsim/base/portable_math.hpp"
#include "ketsim/engine/population.hpp"

namespace ketsim {
namespace {

double value_of(const std::map<std::string, double>& values, const std::string& name) {
  const auto found = values.find(name);
  return found == values.end() ? 0.0 : found->second;
}

// Column that marks the regions of the scope; none where the user's firms say which regions matter.
int scope_column(const TextTable& table, const PopulationSettings& population, Diagnostics& problems) {
  if (!population.firms_file.empty()) return -1;
  return table.require_column(population.scope == Scope::core ? "core" : "programme_area", problems);
}

// Middle of the box around all regions of the table, in scope or not: a firm stands at the same place in
// every scope, and in whatever order the rows come.
Position middle_of(const TextTable& table, int longitude, int latitude, Diagnostics& problems) {
  double west = 180.0;
  double east = -180.0;
  double south = 85.0;
  double north = -85.0;
  for (std::size_t r = 0; r < table.rows(); ++r) {
    const double x = read_cell(table, r, longitude, {-180, 180}, problems);
    const double y = read_cell(table, r, latitude, {-85, 85}, problems);
    west = std::min(west, x);
    east = std::max(east, x);
    south = std::min(south, y);
    north = std::max(north, y);
  }
  return {static_cast<float>((west + east) / 2.0), static_cast<float>((south + north) / 2.0)};
}

void read_regions(const Scenario& scenario, Geography& geography, Diagnostics& problems) {
  const TextTable& table = scenario.regions;
  constexpr std::size_t most_regions = 2'000;  // Europe has some 1,500 of NUTS 3; pulls are kept by pair
  if (table.columns.empty()) return;           // why it could not be read was said
  if (!has_at_most(table, most_regions, "regions", problems)) return;
  const int code = table.require_column("region", problems);
  const int name = table.require_column("name", problems);
  const int country = table.require_column("country", problems);
  const int longitude = table.require_column("lon", problems);
  const int latitude = table.require_column("lat", problems);
  const int area = table.require_column("area_km2", problems);
  const int population = table.find_column("population");
  const int marked = scope_column(table, scenario.population, problems);
  const bool all = !scenario.population.firms_file.empty();
  if (code < 0 || name < 0 || country < 0) return;
  std::vector<std::size_t> rows;
  std::set<std::string> seen;
  std::set<std::string> countries;
  for (std::size_t r = 0; r < table.rows() && !problems.is_full(); ++r) {
    const std::string id(table.cell(r, code));
    if (id.empty()) problems.add(table.cell_where(r, code), "a region without a code");
    if (!seen.insert(id).second)
      problems.add(table.cell_where(r, code),
                   fmt::format("region '{}' stands in the table twice", shortened(id)));
    const std::string country_code(table.cell(r, country));
    if (country_code.empty()) problems.add(table.cell_where(r, country), "a region without a country");
    countries.insert(country_code);
    if (all || read_cell(table, r, marked, {0, 1}, problems) > 0.5) rows.push_back(r);
  }
  if (rows.empty()) problems.add(table.where, "no region is in the scope");
  geography.countries.assign(countries.begin(), countries.end());
  // Regions stand in the order of their codes, so that the order of the input does not matter.
  std::ranges::sort(rows, {}, [&](std::size_t r) { return table.cell(r, code); });
  geography.origin_degrees = middle_of(table, longitude, latitude, problems);
  for (const std::size_t r : rows) {
    Region region;
    region.code = table.cell(r, code);
    region.name = table.cell(r, name);
    const auto place = std::ranges::find(geography.countries, table.cell(r, country));
    region.country = CountryId(static_cast<std::size_t>(place - geography.countries.begin()));
    Diagnostics said_above;
    region.centroid = geography.project(read_cell(table, r, longitude, {-180, 180}, said_above),
                                        read_cell(table, r, latitude, {-85, 85}, said_above));
    region.area = read_cell(table, r, area, {0, 1e7}, problems);
    if (population >= 0) region.population = read_cell(table, r, population, {0, 1e9}, problems);
    geography.regions.push_back(std::move(region));
  }
}

// Worked out here, once a scenario: each year of each world anew it was 2 % of a run, and a third with two
// thousand regions.
std::vector<double> closeness_of(const std::vector<Region>& regions, double distance_elasticity) {
  std::vector<double> closeness;
  for (const Region& from : regions) {
    for (const Region& to : regions) {
      const double inside =
          0.5 * std::sqrt(std::max(to.area, 1.0) / 3.14159265358979);  // typical distance inside a region
      const double distance = std::max({distance_km(from.centroid, to.centroid), inside, 1.0});
      closeness.push_back(portable_pow(distance, distance_elasticity));
    }
  }
  return closeness;
}

Ket make_ket(const Named<Technology>& named, const std::vector<std::string>& sectors) {
  const Technology& technology = named.value;
  Ket ket;
  ket.name = named.name;
  ket.complexity = technology.complexity;
  for (std::size_t s = 0; s < size_class_count; ++s)
    ket.cost[s] = value_of(technology.cost, size_class_names()[s]);
  ket.benefit_share = technology.benefit_share;
  ket.uncertainty = technology.uncertainty;
  ket.frontier_growth = technology.frontier_growth;
  ket.cost_decline = technology.cost_decline;
  for (const std::string& sector : sectors) ket.relevance.push_back(value_of(technology.relevance, sector));
  return ket;
}

}  // namespace

std::shared_ptr<const Geography> make_geography(const Scenario& scenario, Diagnostics& problems) {
  auto geography = std::make_shared<Geography>();
  for (const Named<Sector>& sector : scenario.sectors) {
    geography->sectors.push_back(sector.name);
    geography->market_weight.push_back(sector.value.market_weight);
  }
  if (scenario.population.scope == Scope::enterprises &&
      std::ranges::find(geography->sectors, "other") == geography->sectors.end()) {
    geography->sectors.emplace_back("other");  // every enterprise: also those of no sector under study
    geography->market_weight.push_back(0.0);
  }
  read_regions(scenario, *geography, problems);
  if (problems.empty())
    geography->closeness = closeness_of(geography->regions, scenario.network.distance_elasticity);
  for (const Named<Technology>& ket : scenario.technologies)
    geography->kets.push_back(make_ket(ket, geography->sectors));
  geography->knowledge = scenario.knowledge;
  const std::size_t n = geography->countries.size();
  geography->borders.assign(n, std::vector<Border>(n));
  for (std::size_t a = 0; a < n; ++a) {
    for (std::size_t b = 0; b < n; ++b) {
      geography->borders[a][b] = scenario.border(geography->countries[a], geography->countries[b]);
    }
  }
  return geography;
}

}  // namespace ketsim
