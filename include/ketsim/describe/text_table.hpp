// A table of texts with a heading row, as a CSV file holds it; each cell knows its line for error messages.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ketsim/base/diagnostics.hpp"
#include "ketsim/describe/declaration.hpp"

namespace ketsim {

//! Rows of texts under named columns.
struct TextTable {
  Location where;    //!< the file
  std::string path;  //!< as the scenario names it
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;  //!< each as long as columns
  std::vector<int> lines;                      //!< line of each row in the file
  std::vector<std::vector<int>> places;        //!< place in that line at which each cell begins; may be empty

  //! Column number, or -1 after reporting that it is missing (with the nearest name present).
  [[nodiscard]] int require_column(std::string_view name, Diagnostics& problems) const;
  [[nodiscard]] int find_column(std::string_view name) const;                 //!< -1 when absent
  [[nodiscard]] Location cell_where(std::size_t row, int column = -1) const;  //!< of the row without a column
};

//! A cell as a number inside `range`; reports and returns 0 otherwise. An empty cell is 0 where
//! `empty_is_zero`.
[[nodiscard]] double read_cell(const TextTable& table, std::size_t row, int column, Range range,
                               Diagnostics& problems, bool empty_is_zero = false);

}  // namespace ketsim
