// List: the user's own points, one a line of a CSV file with a column for each factor.
#include <algorithm>

#include <fmt/format.h>

#include "ketsim/engine/design.hpp"

namespace ketsim {
namespace {

struct ListParameters {
  std::string file;
};

const Schema<ListParameters>& list_schema() {
  using P = ListParameters;
  static const Schema<P> schema =
      Schema<P>("list", "The points of a CSV file")
          .text(&P::file,
                {.name = "file",
                 .unit = "",
                 .doc = "CSV file, a line a point and a column a factor in any order, named as the factors "
                        "are; counts from the sweep file",
                 .source = "setting",
                 .grade = Grade::setting},
                true);
  return schema;
}

//! Column of each factor; below 0 where a problem tells that it is missing.
std::vector<int> columns_of(const DesignInput& input, Diagnostics& problems) {
  std::vector<std::string> names;
  std::vector<int> columns;
  for (const Factor& factor : input.factors) {
    names.push_back(factor.name());
    columns.push_back(input.table.require_column(factor.name(), problems));
  }
  // Nothing of a file that has none of the factors: it may not be meant for ketsim.
  const bool is_meant = std::ranges::any_of(columns, [](int column) { return column >= 0; });
  for (const std::string& column : input.table.columns) {
    if (is_meant && std::ranges::find(names, column) == names.end())
      problems.add(input.table.heading_where(), fmt::format("column '{}' is no factor of the sweep{}",
                                                            shortened(column), name_hint(column, names)));
  }
  return columns;
}

class List final : public Design {
 public:
  using Parameters = ListParameters;
  explicit List(const Parameters& parameters) : file_(parameters.file) {}

  std::vector<DesignPoint> points(const DesignInput& input, const Location& where,
                                  Diagnostics& problems) const override {
    if (file_.empty()) problems.add(where, "design.params.file is empty; name a CSV file with the points");
    if (input.table.columns.empty()) return {};  // the reader of the file has told why
    const std::size_t before = problems.count();
    const std::vector<int> columns = columns_of(input, problems);
    const TextTable& table = input.table;
    if (table.rows() == 0)
      problems.add(table.heading_where(), "has no points; a line below the heading is one");
    const bool is_good = check_point_count(static_cast<double>(table.rows()), input.factors.size(),
                                           "take fewer lines", table.heading_where(), problems);
    if (!is_good || problems.count() > before) return {};
    std::vector<DesignPoint> points(table.rows());
    for (std::size_t row = 0; row < table.rows() && !problems.is_full(); ++row)
      points[row].values = values(table, row, columns, problems);
    return points;
  }

 private:
  static std::vector<std::string> values(const TextTable& table, std::size_t row,
                                         const std::vector<int>& columns, Diagnostics& problems) {
    std::vector<std::string> values;
    for (const int column : columns) {
      values.emplace_back(table.cell(row, column));
      if (values.back().empty())
        problems.add(
            table.cell_where(row, column),
            fmt::format("{} is empty; give a value", table.columns[static_cast<std::size_t>(column)]));
    }
    return values;
  }

  std::string file_;
};

const RegisterDesign<List> registered{list_schema(), true};

}  // namespace
}  // namespace ketsim
