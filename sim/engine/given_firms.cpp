// The user's own firms and ties, from two tables (columns: scenarios/data/README.md). Only who a firm is must
// be given; whatever else a row leaves open is drawn under the firm's key, which is a hash of its id. So a
// firm keeps its luck when others are added, in whatever order the rows come.
#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include <fmt/format.h>

#include "ketsim/engine/population.hpp"
#include "ketsim/rng/mix.hpp"

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

//! What both tables have in common: cells by name of column, and complaints at their places.
class TableChecker {
 public:
  TableChecker(const TextTable& table, Diagnostics& problems) : table_(table), problems_(problems) {}

 protected:
  void check_columns(const std::vector<std::string>& known) {
    for (const std::string& column : table_.columns) {
      if (std::ranges::find(known, column) == known.end())
        problems_.add({table_.where.file, 1, 0},
                      fmt::format("column '{}' is not known{}", column, name_hint(column, known)));
    }
  }

  [[nodiscard]] std::string text(std::size_t row, const std::string& column) const {
    const int c = table_.find_column(column);
    return c < 0 ? std::string() : table_.rows[row][static_cast<std::size_t>(c)];
  }

  void complain(std::size_t row, const std::string& column, const std::string& what) {
    problems_.add(table_.cell_where(row, table_.find_column(column)), what);
  }

  //! A number, or nothing where the cell is empty or, after a complaint, wrong.
  [[nodiscard]] std::optional<double> number(std::size_t row, const std::string& column, Range range) {
    if (text(row, column).empty()) return std::nullopt;
    const std::size_t before = problems_.problems().size();
    const double value = read_cell(table_, row, table_.find_column(column), range, problems_);
    return problems_.problems().size() == before ? std::optional(value) : std::nullopt;
  }

  //! Place of a cell's text among names, or nothing where the cell is empty or, after a complaint, wrong.
  [[nodiscard]] std::optional<std::size_t> choice(std::size_t row, const std::string& column,
                                                  const std::vector<std::string>& names, const char* kind) {
    const std::string name = text(row, column);
    if (name.empty()) return std::nullopt;
    const auto found = std::ranges::find(names, name);
    if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
    complain(row, column, fmt::format("{} = '{}' is no {}{}", column, name, kind, name_hint(name, names)));
    return std::nullopt;
  }

  //! The same of a cell that must not be empty.
  [[nodiscard]] std::optional<std::size_t> required_choice(std::size_t row, const std::string& column,
                                                           const std::vector<std::string>& names,
                                                           const char* kind) {
    if (table_.find_column(column) >= 0 && text(row, column).empty())
      complain(row, column, fmt::format("{} is empty; name a {}", column, kind));
    return choice(row, column, names, kind);
  }

  const TextTable& table_;
  Diagnostics& problems_;
};

class FirmReader : TableChecker {
 public:
  FirmReader(const Scenario& scenario, const Geography& geography, Diagnostics& problems)
      : TableChecker(scenario.firm_table, problems), geography_(geography), stages_(stages_to_start_in()) {
    for (const Region& region : geography.regions) regions_.push_back(region.code);
    const TextTable& organisations = scenario.organisations;
    const int id = organisations.find_column("id");
    const int type = organisations.find_column("type");
    for (const auto& row : organisations.rows) {
      if (id >= 0 && type >= 0 && row[static_cast<std::size_t>(type)] == "intermediary")
        intermediaries_.push_back(row[static_cast<std::size_t>(id)]);
    }
  }

  std::vector<GivenFirm> read() {
    check_columns(known_columns());
    const int id = table_.require_column("id", problems_);
    static_cast<void>(table_.require_column("region", problems_));
    static_cast<void>(table_.require_column("sector", problems_));
    if (table_.find_column("size_class") < 0 && table_.find_column("employees") < 0)
      problems_.add({table_.where.file, 1, 0},
                    "column 'size_class' or 'employees' is missing; one is needed");
    std::vector<GivenFirm> firms;
    if (table_.rows.empty()) problems_.add(table_.where, "the table has no firm");
    if (id < 0) return firms;
    for (std::size_t row = 0; row < table_.rows.size(); ++row) firms.push_back(read_row(row));
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
    firm.id = text(row, "id");
    if (firm.id.empty()) complain(row, "id", "id is empty; each firm needs one of its own");
    if (!firm.id.empty() && !seen_.insert(firm.id).second)
      complain(row, "id", fmt::format("firm '{}' stands in the table twice", firm.id));
    firm.who.key = hash_text(firm.id);
    firm.who.region = RegionId(required_choice(row, "region", regions_, "region").value_or(0));
    firm.who.sector = SectorId(required_choice(row, "sector", geography_.sectors, "sector").value_or(0));
    read_size(row, firm);
    read_place(row, firm);
    firm.cash = number(row, "cash", {0, largest});
    firm.margin = number(row, "margin", {0, largest});
    firm.risk_aversion = number(row, "risk_aversion", {0, 100});
    firm.language_ability = number(row, "language_ability", {0, 1});
    if (choice(row, "client_of", intermediaries_, "intermediary of the table of organisations"))
      firm.client_of = text(row, "client_of");
    for (const Ket& ket : geography_.kets) {
      firm.affinity.push_back(number(row, "affinity_" + ket.name, {0, 1000}));
      firm.knowledge.push_back(number(row, "knowledge_" + ket.name, {0, 1}));
      const auto stage = choice(row, "stage_" + ket.name, stages_, "stage");
      firm.stage.push_back(stage ? std::optional(static_cast<Stage>(*stage)) : std::nullopt);
    }
    return firm;
  }

  void read_size(std::size_t row, GivenFirm& firm) {
    const auto named = choice(row, "size_class", size_class_names(), "size class");
    firm.employees = number(row, "employees", {1, 1e7});
    if (firm.employees) firm.who.size = size_of(*firm.employees);
    if (!named && text(row, "size_class").empty() && text(row, "employees").empty())
      problems_.add(table_.cell_where(row),
                    fmt::format("firm '{}' has neither size_class nor employees; one is needed", firm.id));
    if (!named) return;
    const auto size = static_cast<SizeClass>(*named);
    if (firm.employees && size != firm.who.size) {
      complain(
          row, "employees",
          fmt::format("employees = {} makes firm '{}' {}, but its size_class is {}", text(row, "employees"),
                      firm.id, size_class_names()[static_cast<std::size_t>(firm.who.size)],
                      size_class_names()[*named]));
    }
    firm.who.size = size;
  }

  void read_place(std::size_t row, GivenFirm& firm) {
    const auto longitude = number(row, "lon", {-180, 180});
    const auto latitude = number(row, "lat", {-85, 85});
    if (longitude.has_value() != latitude.has_value())
      complain(row, longitude ? "lat" : "lon", "lon and lat must be given together, or neither");
    if (longitude && latitude) firm.position = geography_.project(*longitude, *latitude);
  }

  const Geography& geography_;
  std::vector<std::string> stages_;
  std::vector<std::string> regions_;
  std::vector<std::string> intermediaries_;
  std::set<std::string> seen_;
};

class TieReader : TableChecker {
 public:
  TieReader(const TextTable& table, const std::vector<GivenFirm>& firms, Diagnostics& problems)
      : TableChecker(table, problems) {
    for (const GivenFirm& firm : firms) {
      rows_.emplace(firm.id, static_cast<std::uint32_t>(ids_.size()));
      ids_.push_back(firm.id);
    }
  }

  std::vector<GivenTie> read() {
    check_columns({"a", "b", "strength", "kind", "note"});
    const int a = table_.require_column("a", problems_);
    const int b = table_.require_column("b", problems_);
    std::vector<GivenTie> ties;
    for (std::size_t row = 0; row < table_.rows.size() && a >= 0 && b >= 0; ++row) read_row(row, ties);
    return ties;
  }

 private:
  void read_row(std::size_t row, std::vector<GivenTie>& ties) {
    const auto a = end(row, "a");
    const auto b = end(row, "b");
    const double strength = number(row, "strength", {0, 1}).value_or(1.0);
    const bool supply = choice(row, "kind", {"peer", "supply"}, "kind of tie").value_or(0) == 1;
    if (strength <= 0.0) complain(row, "strength", "strength must be above 0; leave out a tie that is none");
    if (!a || !b) return;
    if (*a == *b) complain(row, "b", fmt::format("firm '{}' is tied to itself", ids_[*a]));
    if (!seen_.insert(std::minmax(*a, *b)).second)
      complain(row, "a",
               fmt::format("the tie of '{}' and '{}' stands in the table twice", ids_[*a], ids_[*b]));
    ties.push_back({*a, *b,
                    static_cast<std::uint8_t>(std::clamp(std::floor(strength * 255.0 + 0.5), 1.0, 255.0)),
                    supply});
  }

  std::optional<std::uint32_t> end(std::size_t row, const std::string& column) {
    const std::string id = text(row, column);
    const auto found = rows_.find(id);
    if (found != rows_.end()) return found->second;
    complain(row, column,
             id.empty() ? fmt::format("{} is empty; name a firm", column)
                        : fmt::format("{} = '{}' is no firm of the table of firms{}", column, id,
                                      name_hint(id, ids_)));
    return std::nullopt;
  }

  std::vector<std::string> ids_;
  std::map<std::string, std::uint32_t> rows_;
  std::set<std::pair<std::uint32_t, std::uint32_t>> seen_;
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
  if (!scenario.tie_table.columns.empty())
    plan.ties = TieReader(scenario.tie_table, plan.given, problems).read();
  return plan;
}

}  // namespace ketsim
