// The reference of outputs: every series that a run records, and every measure of a comparison.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "ketsim/engine/observer.hpp"
#include "ketsim/experiment/firm_rows.hpp"
#include "ketsim/experiment/measures.hpp"
#include "reference.hpp"

namespace ketsim {
namespace {

std::size_t group_of(ReferencePage& page, const std::string& heading) {
  for (std::size_t g = 0; g < page.groups.size(); ++g) {
    if (page.groups[g].first == heading) return g;
  }
  page.groups.emplace_back(heading, "");
  return page.groups.size() - 1;
}

std::string axes(std::vector<std::string> first, const std::vector<std::string>& more) {
  first.insert(first.end(), more.begin(), more.end());
  return fmt::format("{}", fmt::join(first, ", "));
}

void add_series(ReferencePage& page, const Series& series) {
  page.entries.push_back({group_of(page, series.chart.empty() ? "Other outputs" : series.chart),
                          series.name,
                          "",
                          series.doc,
                          {{"unit", series.unit},
                           {"kind", name(series.kind)},
                           {"dimensions", axes({"scenario", "replicate", "time"}, series.dimensions)}}});
}

//! What belongs to another measure: its mean, or an end of a range.
bool is_companion(const std::string& name) {
  return name.ends_with("_mean") || name.ends_with("_low") || name.ends_with("_high");
}

void add_measures(ReferencePage& page) {
  const std::size_t group = page.groups.size();
  page.groups.emplace_back(
      "Measures of `ketsim compare`",
      "What each alternative changed against the baseline, at each horizon. Beside a measure NAME by "
      "replicate "
      "stand NAME_mean with NAME_low and NAME_high, the 95 % interval of the mean, and NAME_luck_low and "
      "NAME_luck_high, between which 5 to 95 % of single replicates lie; ratios of means have no replicates: "
      "NAME "
      "with NAME_low and NAME_high");
  const auto add = [&](const std::string& name, const std::string& doc, const std::string& unit,
                       const std::vector<std::string>& dimensions) {
    page.entries.push_back(
        {group, name, "", doc, {{"unit", unit}, {"kind", "measure"}, {"dimensions", axes({}, dimensions)}}});
  };
  const std::vector<TwinEffect> nothing_happened(2, TwinEffect(EffectShape{}));
  for (const Measure& measure : make_measures({{nothing_happened}}, false)) {
    if (!is_companion(measure.name)) add(measure.name, measure.doc, measure.unit, measure.dimensions);
  }
  for (const RequestedMeasure& measure : requested_measures())
    add(measure.name, fmt::format("{} ({})", measure.doc, measure.option), measure.unit, measure.dimensions);
}

void add_rows(ReferencePage& page, const RowTable& table, const std::string& what) {
  const std::size_t group = page.groups.size();
  page.groups.emplace_back(fmt::format("Table `{}`", table.name), what);
  for (const RowColumn& column : table.columns) {
    std::string doc = column.doc;
    if (!column.meanings.empty()) doc += fmt::format(": from 0 {}", fmt::join(column.meanings, ", "));
    page.entries.push_back({group,
                            table.name + "/" + column.name,
                            "",
                            doc,
                            {{"unit", column.unit}, {"kind", "column"}, {"dimensions", "row"}}});
  }
}

//! The dimensions and what they mean, as one sentence.
std::string dimensions_text() {
  Setup setup;
  setup.geography = std::make_shared<Geography>();
  std::string text;
  for (const Dimension& dimension : dimensions_of(setup))
    text += fmt::format("{}`{}` ({})", text.empty() ? "" : ", ", dimension.name, dimension.doc);
  return text;
}

}  // namespace

ReferencePage output_reference() {
  ReferencePage page;
  page.title = "Outputs of ketsim";
  page.what = "output";
  page.introduction =
      "Every output has the dimensions `scenario`, `replicate` and `time` (months), and those named with "
      "it: " +
      dimensions_text() +
      ". They partition: sums over a dimension are totals. A flow is what happened in the month, a stock "
      "what stands at "
      "its end, a ratio neither.";
  page.columns = {"unit", "kind", "dimensions"};
  for (const auto& observer : make_observers()) {
    for (const Series& series : observer->series()) add_series(page, series);
  }
  add_measures(page);
  add_rows(
      page, twin_table(),
      "With `--firms` of `ketsim compare`: a group of the file with a row for each alternative, replicate, "
      "horizon, firm and KET");
  add_rows(
      page, firm_table(),
      "With `--firms` of `ketsim run`: a group of the file with a row for each scenario, replicate, firm and "
      "KET, after the last month");
  return page;
}

}  // namespace ketsim
