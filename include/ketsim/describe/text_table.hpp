// A table of texts with a heading row, as a CSV file holds it; each cell knows its place for error messages.
//
// The table keeps the text of its file once and of each cell only where it begins, so that a million ties
// cost little more than their file. Copies share all that.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "ketsim/base/diagnostics.hpp"
#include "ketsim/describe/declaration.hpp"

namespace ketsim {

//! Where a cell that begins at `begin` ends, its quotes included: before a comma, a line end or the end of
//! the text. `std::string_view::npos` for quotes that never close.
[[nodiscard]] std::size_t end_of_cell(std::string_view text, std::size_t begin);

//! Where the cells of a table stand in its text.
struct TableContent {
  std::shared_ptr<const std::string> text;
  std::vector<std::uint32_t> cells;  //!< where each begins: row by row, each as long as the heading
  std::vector<std::int32_t> lines;   //!< line of each row in the file
  std::map<std::uint32_t, std::string> unescaped;  //!< by begin: quoted cells that hold quotes

  [[nodiscard]] std::string_view cell(std::uint32_t begin) const;
};

//! Rows of texts under named columns.
struct TextTable {
  Location where;    //!< the file
  std::string path;  //!< as the scenario names it
  int heading = 1;   //!< line
  std::vector<std::string> columns;
  std::shared_ptr<const TableContent> content;  //!< null: no rows

  [[nodiscard]] std::size_t rows() const { return content ? content->lines.size() : 0; }
  //! Valid as long as a copy of the table lives.
  [[nodiscard]] std::string_view cell(std::size_t row, int column) const;
  //! Column number, or -1 after reporting that it is missing (with the nearest name present).
  [[nodiscard]] int require_column(std::string_view name, Diagnostics& problems) const;
  [[nodiscard]] int find_column(std::string_view name) const;  //!< -1 when absent
  [[nodiscard]] Location heading_where() const { return {where.file, heading, 0}; }
  //! Of the row without a column. A cell behind others of several lines has no place in the row's line.
  [[nodiscard]] Location cell_where(std::size_t row, int column = -1) const;

 private:
  [[nodiscard]] std::uint32_t begin_of(std::size_t row, int column) const;
};

//! Whether a table has no more rows than `most`; reports otherwise. `what`: the plural of what a row is.
[[nodiscard]] bool has_at_most(const TextTable& table, std::size_t most, std::string_view what,
                               Diagnostics& problems);

//! A cell as a number inside `range`; reports and returns 0 otherwise. An empty cell is 0 where
//! `empty_is_zero`.
[[nodiscard]] double read_cell(const TextTable& table, std::size_t row, int column, Range range,
                               Diagnostics& problems, bool empty_is_zero = false);

}  // namespace ketsim
