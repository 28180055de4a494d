// The user's own firms, from a table (columns: scenarios/data/README.md). Only who a firm is must be given;
// whatever else a row leaves open is drawn under the firm's key, which is a hash of its id. So a firm keeps
// its luck when others are added, in whatever order the rows come.
#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "ketsim/engine/population.hpp"
#include "ketsim/rng/mix.hpp"
#include "table_checker.hpp"

namespace ketsim {
namespace {

constexpr double largest = 1e12;  // of an amount of money [EUR]

std::vector<std::string> stages_to_start_in() {
  std::vector<std::string> names = stage_names();
  names.pop_back();  // nobody starts as gone
  return names;
}

SizeClass size_of(double employees) {
  if (employees < 10.0) return SizeClass::micro;
  if (employees < 50.0) return SizeClass::small;
  return employees < 250.0 ? SizeClass::medium : SizeClass::large;
}

class FirmReader : TableChecker {
 public:
  FirmReader(const Scenario& scenario, const Geography& geography, Diagnostics& problems)
      : TableChecker(scenario.firm_table, problems), geography_(geography), stages_(stages_to_start_in()) {
    for (const Region& region : geography.regions) regions_.push_back(region.code);
    const TextTable& organisations = scenario.organisations;
    const int id = organisations.find_column("id");
    const int type = organisations.find_column("type");
    for (std::size_t row = 0; row < organisations.rows() && id >= 0 && type >= 0; ++row) {
      if (organisations.cell(row, type) == "intermediary")
        intermediaries_.emplace_back(organisations.cell(row, id));
    }
  }

  std::vector<GivenFirm> read() {
    check_columns(known_columns());
    const int id = table_.require_column("id", problems_);
    static_cast<void>(table_.require_column("region", problems_));
    static_cast<void>(table_.require_column("sector", problems_));
    if (table_.find_column("size_class") < 0 && table_.find_column("employees") < 0)
      problems_.add(table_.heading_where(), "column 'size_class' or 'employees' is missing; one is needed");
    constexpr std::size_t most_firms = 500'000;  // all that they take: some 350 MB
    std::vector<GivenFirm> firms;
    if (!has_at_most(table_, most_firms, "firms", problems_)) return firms;
    if (table_.rows() == 0) problems_.add(table_.where, "the table has no firm");
    if (id < 0) return firms;
    for (std::size_t row = 0; row < table_.rows() && !problems_.is_full(); ++row)
      firms.push_back(read_row(row));
    // In the order of their ids, so that the order of the rows does not matter.
    std::ranges::sort(firms, {}, &GivenFirm::id);
    return firms;
  }

 private:
  [[nodiscard]] std::vector<std::string> known_columns() const {
    std::vector<std::string> known{
        "id",  "name", "note", "region", "sector",    "size_class",    "employees",
        "lon", "lat",  "cash", "margin", "client_of", "risk_aversion", "language_ability"};
    for (const Ket& ket : geography_.kets) {
      for (const char* prefix : {"affinity_", "knowledge_", "stage_"}) known.push_back(prefix + ket.name);
    }
    return known;
  }

  GivenFirm read_row(std::size_t row) {
    GivenFirm firm;
    firm.id = text(row, at("id"));
    if (firm.id.empty()) complain(row, at("id"), "id is empty; each firm needs one of its own");
    if (!firm.id.empty() && !seen_.insert(firm.id).second)
      complain(row, at("id"), fmt::format("firm '{}' stands in the table twice", shortened(firm.id)));
    firm.who.key = hash_text(firm.id);
    firm.who.region = RegionId(required_choice(row, "region", regions_, "region").value_or(0));
    firm.who.sector = SectorId(required_choice(row, "sector", geography_.sectors, "sector").value_or(0));
    read_size(row, firm);
    read_place(row, firm);
    firm.cash = number(row, at("cash"), {0, largest});
    firm.margin = number(row, at("margin"), {0, largest});
    firm.risk_aversion = number(row, at("risk_aversion"), {0, 100});
    firm.language_ability = number(row, at("language_ability"), {0, 1});
    if (choice(row, at("client_of"), intermediaries_, "intermediary of the table of organisations"))
      firm.client_of = text(row, at("client_of"));
    for (const Ket& ket : geography_.kets) {
      firm.affinity.push_back(number(row, at("affinity_" + ket.name), {0, 1000}));
      firm.knowledge.push_back(number(row, at("knowledge_" + ket.name), {0, 1}));
      const auto stage = choice(row, at("stage_" + ket.name), stages_, "stage");
      firm.stage.push_back(stage ? std::optional(static_cast<Stage>(*stage)) : std::nullopt);
    }
    return firm;
  }

  void read_size(std::size_t row, GivenFirm& firm) {
    const auto named = choice(row, at("size_class"), size_class_names(), "size class");
    firm.employees = number(row, at("employees"), {1, 1e7});
    if (firm.employees) firm.who.size = size_of(*firm.employees);
    if (!named && text(row, at("size_class")).empty() && text(row, at("employees")).empty())
      problems_.add(table_.cell_where(row),
                    fmt::format("firm '{}' has neither size_class nor employees; one is needed", firm.id));
    if (!named) return;
    const auto size = static_cast<SizeClass>(*named);
    if (firm.employees && size != firm.who.size) {
      complain(row, at("employees"),
               fmt::format("employees = {} makes firm '{}' {}, but its size_class is {}",
                           text(row, at("employees")), firm.id,
                           size_class_names()[static_cast<std::size_t>(firm.who.size)],
                           size_class_names()[*named]));
    }
    firm.who.size = size;
  }

  void read_place(std::size_t row, GivenFirm& firm) {
    const auto longitude = number(row, at("lon"), {-180, 180});
    const auto latitude = number(row, at("lat"), {-85, 85});
    if (longitude.has_value() != latitude.has_value())
      complain(row, at(longitude ? "lat" : "lon"), "lon and lat must be given together, or neither");
    if (longitude && latitude) firm.position = geography_.project(*longitude, *latitude);
  }

  const Geography& geography_;
  std::vector<std::string> stages_;
  std::vector<std::string> regions_;
  std::vector<std::string> intermediaries_;
  std::set<std::string> seen_;
};

// How many firms of each region, sector and size class there are: entrants follow these numbers.
std::vector<PopulationCell> count_cells(const std::vector<GivenFirm>& firms) {
  std::map<std::tuple<RegionId, SectorId, SizeClass>, std::uint32_t> counts;
  for (const GivenFirm& firm : firms) ++counts[{firm.who.region, firm.who.sector, firm.who.size}];
  std::vector<PopulationCell> cells;
  for (const auto& [cell, count] : counts)
    cells.push_back({std::get<0>(cell), std::get<1>(cell), std::get<2>(cell), count});
  return cells;
}

}  // namespace

PopulationPlan read_given_firms(const Scenario& scenario, const Geography& geography, Diagnostics& problems) {
  PopulationPlan plan;
  if (scenario.firm_table.columns.empty()) return plan;  // why it could not be read was said
  plan.given = FirmReader(scenario, geography, problems).read();
  plan.firms = plan.given.size();
  plan.cells = count_cells(plan.given);
  return plan;
}

}  // namespace ketsim
