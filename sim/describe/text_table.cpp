#include "ketsim/describe/text_table.hpp"

#include <charconv>
#include <cmath>

#include <fmt/format.h>

namespace ketsim {

std::size_t end_of_cell(std::string_view text, std::size_t begin) {
  std::size_t at = begin;
  if (at == text.size() || text[at] != '"') {
    while (at < text.size() && text[at] != ',' && text[at] != '\n' && text[at] != '\r') ++at;
    return at;
  }
  while (true) {
    at = text.find('"', at + 1);
    if (at == std::string_view::npos) return at;
    if (++at == text.size() || text[at] != '"') return at;
  }
}

std::string_view TableContent::cell(std::uint32_t begin) const {
  const std::string_view written(text->data() + begin, end_of_cell(*text, begin) - begin);
  if (!written.starts_with('"')) return written;
  const auto found = unescaped.find(begin);
  return found != unescaped.end() ? std::string_view(found->second) : written.substr(1, written.size() - 2);
}

int TextTable::find_column(std::string_view name) const {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i] == name) return static_cast<int>(i);
  }
  return -1;
}

int TextTable::require_column(std::string_view name, Diagnostics& problems) const {
  const int column = find_column(name);
  if (column < 0) {
    // Only a near miss is named: the file may not be meant for ketsim, and then its text is nobody's
    // business.
    const std::string near = nearest_name(name, columns);
    problems.add(heading_where(), fmt::format("column '{}' is missing{}", name,
                                              near.empty() ? "" : "; is '" + near + "' meant for it?"));
  }
  return column;
}

std::uint32_t TextTable::begin_of(std::size_t row, int column) const {
  return content->cells[row * columns.size() + static_cast<std::size_t>(column)];
}

std::string_view TextTable::cell(std::size_t row, int column) const {
  return content->cell(begin_of(row, column));
}

Location TextTable::cell_where(std::size_t row, int column) const {
  if (column < 0) return {where.file, content->lines[row], 0};
  const std::uint32_t begin = begin_of(row, 0);
  const std::string_view before(content->text->data() + begin, begin_of(row, column) - begin);
  const bool is_known = before.find_first_of("\r\n") == std::string_view::npos;
  return {where.file, content->lines[row], is_known ? static_cast<int>(before.size()) + 1 : 0};
}

bool has_at_most(const TextTable& table, std::size_t most, std::string_view what, Diagnostics& problems) {
  if (table.rows() <= most) return true;
  problems.add(table.where,
               fmt::format("has {} rows; at most {} {} can be simulated", table.rows(), most, what));
  return false;
}

double read_cell(const TextTable& table, std::size_t row, int column, Range range, Diagnostics& problems,
                 bool empty_is_zero) {
  if (column < 0) return 0.0;  // the missing column was reported
  const auto c = static_cast<std::size_t>(column);
  const std::string_view text = table.cell(row, column);
  if (text.empty() && empty_is_zero) return 0.0;
  double value = 0.0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) {
    problems.add(table.cell_where(row, column),
                 fmt::format("{} = '{}' is not a finite number", table.columns[c], shortened(text)));
    return 0.0;
  }
  if (!range.contains(value)) {
    problems.add(
        table.cell_where(row, column),
        fmt::format("{} = {} is {} {}", table.columns[c], shortened(text),
                    value < range.low ? "below" : "above", value < range.low ? range.low : range.high));
    return 0.0;
  }
  return value;
}

}  // namespace ketsim
