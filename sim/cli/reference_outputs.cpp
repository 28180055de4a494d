// The reference of outputs: every series that a run records, and every measure of a comparison.
#include <fmt/format.h>

#include "ketsim/engine/observer.hpp"
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

void add_measures(ReferencePage& page) {
  const std::size_t group = page.groups.size();
  page.groups.emplace_back("Measures of `ketsim compare`",
                           "What each alternative changed against the baseline, at each horizon");
  const std::vector<TwinEffect> nothing_happened(2);
  for (const Measure& measure : make_measures({{nothing_happened}})) {
    page.entries.push_back(
        {group,
         measure.name,
         "",
         measure.doc,
         {{"unit", measure.unit}, {"kind", "measure"}, {"dimensions", axes({}, measure.dimensions)}}});
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
  return page;
}

}  // namespace ketsim
