// Tables made by tests, and tables taken apart.
#pragma once

#include <string>
#include <vector>

#include "ketsim/io/csv.hpp"

namespace ketsim {

using Rows = std::vector<std::vector<std::string>>;

inline Rows rows_of(const TextTable& table) {
  Rows rows(table.rows());
  for (std::size_t r = 0; r < rows.size(); ++r) {
    for (std::size_t c = 0; c < table.columns.size(); ++c)
      rows[r].emplace_back(table.cell(r, static_cast<int>(c)));
  }
  return rows;
}

inline TextTable table_from(const std::string& name, const std::vector<std::string>& columns,
                            const Rows& rows) {
  std::string text;
  const auto add = [&text](const std::vector<std::string>& cells) {
    for (std::size_t c = 0; c < cells.size(); ++c) {
      text += c == 0 ? "\"" : ",\"";
      for (const char letter : cells[c])
        text += letter == '"' ? std::string(2, letter) : std::string(1, letter);
      text += '"';
    }
    text += '\n';
  };
  add(columns);
  for (const std::vector<std::string>& row : rows) add(row);
  Diagnostics problems;
  TextTable table = parse_csv(text, name, name, problems);
  problems.throw_if_any();
  return table;
}

}  // namespace ketsim
