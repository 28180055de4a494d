// How many firms of each region, sector and size class a scope has, from the table of regions.
#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "ketsim/engine/population.hpp"

namespace ketsim {

std::uint64_t PopulationPlan::smes() const {
  std::uint64_t sum = 0;
  for (const PopulationCell& cell : cells) sum += cell.size == SizeClass::large ? 0 : cell.count;
  return sum;
}

std::vector<std::uint64_t> largest_remainder(const std::vector<double>& weights, std::uint64_t total) {
  std::vector<std::uint64_t> parts(weights.size(), 0);
  double sum = 0.0;
  for (const double weight : weights) sum += weight;
  if (sum <= 0.0) return parts;
  std::vector<double> remainders(weights.size());
  std::uint64_t given = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const double exact = static_cast<double>(total) * (weights[i] / sum);
    parts[i] = static_cast<std::uint64_t>(exact);
    remainders[i] = exact - static_cast<double>(parts[i]);
    given += parts[i];
  }
  std::vector<std::size_t> order(weights.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order,
                           [&](std::size_t a, std::size_t b) { return remainders[a] > remainders[b]; });
  for (std::size_t i = 0; given < total; i = (i + 1) % order.size()) {
    if (weights[order[i]] <= 0.0) continue;
    ++parts[order[i]];
    ++given;
  }
  return parts;
}

namespace {

constexpr std::size_t sme_classes = 3;
constexpr std::uint64_t most_firms = 4'000'000'000;  // rows are of 32 bits, and firms enter

std::uint64_t whole(double firms) {
  return static_cast<std::uint64_t>(std::llround(std::clamp(firms, 0.0, 1e12)));
}

//! Reads the columns of counts by region and writes cells.
class Planner {
 public:
  Planner(const Scenario& scenario, const Geography& geography, Diagnostics& problems)
      : scenario_(scenario), geography_(geography), problems_(problems), table_(scenario.regions) {
    const int code = table_.find_column("region");
    for (std::size_t r = 0; r < table_.rows() && code >= 0; ++r) rows_[std::string(table_.cell(r, code))] = r;
  }

  PopulationPlan plan() {
    if (table_.columns.empty()) return {};
    for (std::size_t r = 0; r < geography_.regions.size(); ++r) plan_region(r);
    if (scenario_.population.agents > 0) scale(static_cast<std::uint64_t>(scenario_.population.agents));
    std::erase_if(plan_.cells, [](const PopulationCell& cell) { return cell.count == 0; });
    for (const PopulationCell& cell : plan_.cells) plan_.firms += cell.count;
    if (plan_.firms > most_firms)
      problems_.add(table_.where, fmt::format("{} firms are more than can be simulated", plan_.firms));
    if (plan_.firms == 0 && !geography_.regions.empty())
      problems_.add(table_.where, "the scope has no firm at all");
    return std::move(plan_);
  }

 private:
  double cell(const std::string& column) {
    const int place = table_.find_column(column);
    const bool is_first = row_ == rows_.at(geography_.regions.front().code);  // a missing column is told once
    if (place < 0 && is_first) static_cast<void>(table_.require_column(column, column_problems_));
    return read_cell(table_, row_, place, {0, 1e9}, problems_, true);
  }

  // KET candidates among the firms of the sectors under study.
  [[nodiscard]] double candidate_share(std::size_t size) const {
    const auto& shares = scenario_.population.candidate_share;
    const auto found = shares.find(size_class_names()[size]);
    return found == shares.end() ? 0.0 : found->second;
  }

  void plan_region(std::size_t region) {
    row_ = rows_.at(geography_.regions[region].code);
    const std::size_t named_sectors = scenario_.sectors.size();
    std::vector<double> counted;  // by sector and SME class
    for (std::size_t s = 0; s < named_sectors; ++s) {
      for (std::size_t c = 0; c < sme_classes; ++c)
        counted.push_back(cell(geography_.sectors[s] + '_' + size_class_names()[c]));
    }
    const double large = cell("ent_large");
    const bool candidates_only =
        scenario_.population.scope == Scope::core || scenario_.population.scope == Scope::area;
    std::vector<double> weights = counted;
    double expected_candidates = 0.0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
      if (candidates_only) weights[i] *= candidate_share(i % sme_classes);
      expected_candidates += counted[i] * candidate_share(i % sme_classes);
    }
    const double candidates = candidates_only ? cell("ket_candidate_sme") : 0.0;
    const double total = candidates_only ? candidates : std::accumulate(counted.begin(), counted.end(), 0.0);
    const std::vector<std::uint64_t> parts = largest_remainder(weights, whole(total));
    // Large firms: candidates at the rate of medium firms, tilted like the region's SMEs.
    const double tilt = expected_candidates > 0.0 ? candidates / expected_candidates : 0.0;
    for (std::size_t s = 0; s < named_sectors; ++s) {
      for (std::size_t c = 0; c < sme_classes; ++c) add(region, s, c, parts[s * sme_classes + c]);
      const auto share = scenario_.population.large_firm_share.find(geography_.sectors[s]);
      double firms = share == scenario_.population.large_firm_share.end() ? 0.0 : large * share->second;
      if (candidates_only) firms *= candidate_share(sme_classes - 1) * tilt;
      add(region, s, sme_classes, whole(firms));
    }
    if (scenario_.population.scope == Scope::enterprises) plan_other(region, counted, large);
    if (problems_.empty()) problems_.add(column_problems_);
  }

  // Enterprises with employees outside the sectors under study.
  void plan_other(std::size_t region, const std::vector<double>& counted, double large) {
    const char* columns[] = {"ent_micro", "ent_small", "ent_medium"};
    const std::size_t other = geography_.sectors.size() - 1;
    for (std::size_t c = 0; c < sme_classes; ++c) {
      double rest = cell(columns[c]);
      for (std::size_t i = c; i < counted.size(); i += sme_classes) rest -= counted[i];
      if (rest < 0.0)
        problems_.add(table_.cell_where(row_),
                      fmt::format("{} is less than the firms of the sectors", columns[c]));
      add(region, other, c, whole(rest));
    }
    std::uint64_t named = 0;
    for (const PopulationCell& made : plan_.cells) {
      if (made.region == RegionId(region) && made.size == SizeClass::large) named += made.count;
    }
    add(region, other, sme_classes, whole(large - static_cast<double>(named)));
  }

  void add(std::size_t region, std::size_t sector, std::size_t size, std::uint64_t count) {
    if (count > most_firms) problems_.add(table_.cell_where(row_), "has more firms than can be simulated");
    plan_.cells.push_back({RegionId(region), SectorId(sector), static_cast<SizeClass>(size),
                           static_cast<std::uint32_t>(std::min(count, most_firms))});
  }

  void scale(std::uint64_t agents) {
    std::vector<double> weights;
    for (const PopulationCell& made : plan_.cells) weights.push_back(made.count);
    const std::vector<std::uint64_t> parts = largest_remainder(weights, agents);
    for (std::size_t i = 0; i < parts.size(); ++i)
      plan_.cells[i].count = static_cast<std::uint32_t>(parts[i]);
  }

  const Scenario& scenario_;
  const Geography& geography_;
  Diagnostics& problems_;
  Diagnostics column_problems_;
  const TextTable& table_;
  std::map<std::string, std::size_t> rows_;
  std::size_t row_ = 0;
  PopulationPlan plan_;
};

}  // namespace

PopulationPlan plan_population(const Scenario& scenario, const Geography& geography, Diagnostics& problems) {
  return Planner(scenario, geography, problems).plan();
}

}  // namespace ketsim
