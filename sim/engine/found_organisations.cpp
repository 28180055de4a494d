// Universities, institutes and intermediaries from the table of organisations.
#include <algorithm>
#include <charconv>
#include <limits>
#include <set>

#include <fmt/format.h>

#include "ketsim/engine/population.hpp"
#include "ketsim/rng/mix.hpp"

namespace ketsim {
namespace {

//! A row of the table, by column name; columns that are missing read as nothing.
class Row {
 public:
  Row(const TextTable& table, std::size_t row) : table_(table), row_(row) {}

  [[nodiscard]] std::string text(const std::string& column) const {
    const int c = table_.find_column(column);
    return c < 0 ? std::string() : std::string(table_.cell(row_, c));
  }
  [[nodiscard]] double number(const std::string& column) const {
    const std::string cell = text(column);
    double value = 0.0;
    std::from_chars(cell.data(), cell.data() + cell.size(), value);
    return value;
  }

 private:
  const TextTable& table_;
  std::size_t row_;
};

// Scores are 0 none to 3 among the best; a table without the column knows nobody who is any good at it.
double score(const Row& row, const std::string& column) {
  return std::clamp(row.number(column) / 3.0, 0.0, 1.0);
}

// Scores of the technologies and sectors that the scenario has. Columns of others are no mistake, but one
// that is nearly the name of a technology or sector without a column of its own is.
void check_scores(const TextTable& table, const std::string& prefix, const std::vector<std::string>& names,
                  Diagnostics& problems) {
  for (const std::string& column : table.columns) {
    if (!column.starts_with(prefix)) continue;
    const std::string name = column.substr(prefix.size());
    if (std::ranges::find(names, name) != names.end()) {
      for (std::size_t r = 0; r < table.rows(); ++r)
        static_cast<void>(read_cell(table, r, table.find_column(column), {0, 3}, problems, true));
      continue;
    }
    const std::string near = nearest_name(name, names);
    if (!near.empty() && table.find_column(prefix + near) < 0)
      problems.add(table.heading_where(),
                   fmt::format("column '{}' is not known; did you mean '{}'?", column, prefix + near));
  }
}

constexpr float projects_per_staff =
    0.003F;  // assumption: one joint project with firms per 300 staff at a time ...
constexpr float least_projects = 2.0F;  // ... and no institute is too small for two

}  // namespace

void check_organisations(const Scenario& scenario, const Geography& geography, Diagnostics& problems) {
  const TextTable& table = scenario.organisations;
  constexpr std::size_t most_organisations = 10'000;
  if (table.columns.empty()) return;  // why it could not be read was said
  if (!has_at_most(table, most_organisations, "organisations", problems)) return;
  const int id = table.require_column("id", problems);
  const int type = table.require_column("type", problems);
  const int country = table.require_column("country", problems);
  const int longitude = table.require_column("lon", problems);
  const int latitude = table.require_column("lat", problems);
  const int staff = table.require_column("staff", problems);
  if (id < 0 || type < 0 || country < 0) return;
  static const std::vector<std::string> types{
      "university", "uas", "rto", "institute", "incubator", "intermediary", "programme_office"};
  constexpr std::size_t most_intermediaries = 255;  // a firm's adviser is one byte, 255 for none
  std::set<std::string> seen;
  std::size_t intermediaries = 0;
  for (std::size_t r = 0; r < table.rows() && !problems.is_full(); ++r) {
    const auto text = [&](int column) { return std::string(table.cell(r, column)); };
    if (text(id).empty()) problems.add(table.cell_where(r, id), "an organisation without an id");
    if (!seen.insert(text(id)).second)
      problems.add(table.cell_where(r, id),
                   fmt::format("organisation '{}' stands in the table twice", shortened(text(id))));
    if (std::ranges::find(types, text(type)) == types.end()) {
      problems.add(table.cell_where(r, type), fmt::format("'{}' is no type of organisation{}", text(type),
                                                          name_hint(text(type), types)));
    }
    if (!geography.countries.empty() &&  // else what is wrong with the regions was said
        std::ranges::find(geography.countries, text(country)) == geography.countries.end()) {
      problems.add(table.cell_where(r, country),
                   fmt::format("country '{}' is not among those of the regions{}", text(country),
                               name_hint(text(country), geography.countries)));
    }
    static_cast<void>(read_cell(table, r, longitude, {-180, 180}, problems));
    static_cast<void>(read_cell(table, r, latitude, {-85, 85}, problems));
    static_cast<void>(read_cell(table, r, staff, {0, 1e7}, problems, true));
    intermediaries += text(type) == "intermediary" ? 1 : 0;
  }
  std::vector<std::string> kets;
  for (const Ket& ket : geography.kets) kets.push_back(ket.name);
  check_scores(table, "ket_", kets, problems);
  check_scores(table, "sector_", geography.sectors, problems);
  if (intermediaries > most_intermediaries) problems.add(table.where, "at most 255 intermediaries");
}

namespace {

//! Rows of intermediaries, or of institutes, by id.
std::vector<std::size_t> rows_by_id(const TextTable& table, bool of_intermediaries) {
  std::vector<std::size_t> rows;
  for (std::size_t r = 0; r < table.rows(); ++r) {
    const std::string type = Row(table, r).text("type");
    if (type != "programme_office" && (type == "intermediary") == of_intermediaries) rows.push_back(r);
  }
  std::ranges::sort(rows, {}, [&](std::size_t r) { return Row(table, r).text("id"); });
  return rows;
}

//! What institutes and intermediaries have in common.
template <class Organisations>
void found_organisation(Organisations& organisations, const Row& row, const Geography& geography) {
  const auto country = std::ranges::find(geography.countries, row.text("country"));
  organisations.id.push_back(row.text("id"));
  organisations.key.push_back(hash_text(row.text("id")));
  organisations.country.push_back(CountryId(static_cast<std::size_t>(country - geography.countries.begin())));
  organisations.position.push_back(geography.project(row.number("lon"), row.number("lat")));
}

void found_research(ResearchInstitutes& research, const TextTable& table, const Geography& geography) {
  const std::vector<std::size_t> rows = rows_by_id(table, false);
  const std::size_t kets = geography.kets.size();
  research.capability.resize(rows.size(), kets);
  research.demand.resize(rows.size(), kets);
  research.line.resize(rows.size(), kets, LineStage::none);
  research.line_since.resize(rows.size(), kets);
  research.line_trigger.resize(rows.size(), kets, OrganisationTrigger::none);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Row row(table, rows[i]);
    const ResearchId id(i);
    found_organisation(research, row, geography);
    const float capacity =
        std::max(least_projects, projects_per_staff * static_cast<float>(row.number("staff")));
    research.capacity.push_back(capacity);
    research.free_projects.push_back(capacity);
    research.first_award.push_back(never);
    for (std::size_t k = 0; k < kets; ++k) {
      const double capability = score(row, "ket_" + geography.kets[k].name);
      research.capability(id, KetId(k)) = static_cast<float>(capability);
      if (capability > 0.5)
        research.change_line(id, KetId(k), LineStage::running, OrganisationTrigger::founding, 0);
    }
    std::vector<float> relevance;
    for (const std::string& sector : geography.sectors)
      relevance.push_back(static_cast<float>(score(row, "sector_" + sector)));
    research.sector_relevance.push_back(std::move(relevance));
  }
}

void found_intermediaries(Intermediaries& intermediaries, const TextTable& table,
                          const Geography& geography) {
  const std::vector<std::size_t> rows = rows_by_id(table, true);
  const std::size_t kets = geography.kets.size();
  intermediaries.expertise.resize(rows.size(), kets);
  intermediaries.advice.resize(rows.size(), kets, AdviceStage::none);
  intermediaries.advice_since.resize(rows.size(), kets);
  intermediaries.advice_trigger.resize(rows.size(), kets, OrganisationTrigger::none);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Row row(table, rows[i]);
    const IntermediaryId id(i);
    found_organisation(intermediaries, row, geography);
    intermediaries.staff.push_back(static_cast<float>(row.number("staff")));
    // Without a count of staff hours there is no limit to them.
    intermediaries.hours.push_back(std::numeric_limits<double>::infinity());
    intermediaries.hours_left.push_back(std::numeric_limits<double>::infinity());
    intermediaries.bought_hours.push_back(0.0);
    for (std::size_t k = 0; k < kets; ++k) {
      const double expertise = score(row, "ket_" + geography.kets[k].name);
      intermediaries.expertise(id, KetId(k)) = static_cast<float>(expertise);
      if (expertise > 0.25)
        intermediaries.change_advice(id, KetId(k), AdviceStage::advising, OrganisationTrigger::founding, 0);
    }
  }
}

}  // namespace

void found_organisations(World& world, const Scenario& scenario) {
  found_research(world.research, scenario.organisations, *world.geography);
  found_intermediaries(world.intermediaries, scenario.organisations, *world.geography);
}

}  // namespace ketsim
