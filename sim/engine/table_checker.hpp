// Reading the user's tables of firms and ties. Private to engine.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "ketsim/describe/text_table.hpp"

namespace ketsim {

//! What both tables have in common: cells by name of column, and complaints at their places.
class TableChecker {
 public:
  TableChecker(const TextTable& table, Diagnostics& problems) : table_(table), problems_(problems) {}

 protected:
  //! Unknown columns are named only where the table has one that is known: the file may not be meant for
  //! ketsim, and then its text is nobody's business.
  void check_columns(const std::vector<std::string>& known) {
    const auto is_known = [&](const std::string& column) {
      return std::ranges::find(known, column) != known.end();
    };
    if (std::ranges::none_of(table_.columns, is_known)) return;
    for (const std::string& column : table_.columns) {
      if (!is_known(column))
        problems_.add(table_.heading_where(),
                      fmt::format("column '{}' is not known{}", shortened(column), name_hint(column, known)));
    }
  }

  //! Number of a column, for the functions below; below 0 where the table lacks it.
  [[nodiscard]] int at(std::string_view column) const { return table_.find_column(column); }

  [[nodiscard]] std::string_view text(std::size_t row, int column) const {
    return column < 0 ? std::string_view() : table_.cell(row, column);
  }

  void complain(std::size_t row, int column, const std::string& what) {
    problems_.add(table_.cell_where(row, column), what);
  }

  //! A number, or nothing where the cell is empty or, after a complaint, wrong.
  [[nodiscard]] std::optional<double> number(std::size_t row, int column, Range range) {
    if (text(row, column).empty()) return std::nullopt;
    const std::size_t before = problems_.count();
    const double value = read_cell(table_, row, column, range, problems_);
    return problems_.count() == before ? std::optional(value) : std::nullopt;
  }

  //! Place of a cell's text among names, or nothing where the cell is empty or, after a complaint, wrong.
  [[nodiscard]] std::optional<std::size_t> choice(std::size_t row, int column,
                                                  const std::vector<std::string>& names, const char* kind) {
    const std::string_view name = text(row, column);
    if (name.empty()) return std::nullopt;
    const auto found = std::ranges::find(names, name);
    if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
    complain(row, column,
             fmt::format("{} = '{}' is no {}{}", table_.columns[static_cast<std::size_t>(column)],
                         shortened(name), kind, name_hint(name, names)));
    return std::nullopt;
  }

  //! The same of a cell that must not be empty.
  [[nodiscard]] std::optional<std::size_t> required_choice(std::size_t row, std::string_view column,
                                                           const std::vector<std::string>& names,
                                                           const char* kind) {
    if (at(column) >= 0 && text(row, at(column)).empty())
      complain(row, at(column), fmt::format("{} is empty; name a {}", column, kind));
    return choice(row, at(column), names, kind);
  }

  const TextTable& table_;
  Diagnostics& problems_;
};

}  // namespace ketsim
