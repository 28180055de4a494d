#include "ketsim/io/csv.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "text_file.hpp"

namespace ketsim {
namespace {

constexpr std::size_t most_bytes = 256'000'000;
constexpr std::size_t most_columns = 1'000;
constexpr std::size_t most_cells = 10'000'000;  // a hundred thousand firms with a hundred columns
constexpr std::size_t most_problems = 20;       // one wrong habit of an exporter spoils every line

//! A row as it stands in the file.
struct Row {
  std::vector<std::string> cells;
  std::vector<int> places;  //!< place in its line at which each cell begins, 0 after a cell of several lines
  int line = 0;             //!< where it begins
  std::string mistake;      //!< against the rules of quoting, or empty
};

//! Cuts a text into rows and cells.
class RowReader {
 public:
  explicit RowReader(std::string_view text) : text_(text) {}

  //! The next row that is not empty, or false at the end.
  bool next(Row& row) {
    while (!at_end() && end_line()) {
    }
    row.cells.clear();
    row.places.clear();
    row.mistake.clear();
    row.line = line_;
    if (at_end()) return false;
    const std::size_t begin = at_;
    do {
      row.places.push_back(line_ == row.line ? static_cast<int>(at_ - begin) + 1 : 0);
      row.cells.push_back(peek() == '"' ? quoted_cell(row) : plain_cell(row));
    } while (row.cells.size() <= most_columns && skip(','));
    if (!row.mistake.empty() || row.cells.size() > most_columns)
      at_ = std::min(text_.find_first_of("\r\n", at_), text_.size());
    return true;
  }

 private:
  [[nodiscard]] bool at_end() const { return at_ >= text_.size(); }
  [[nodiscard]] char peek() const { return at_end() ? '\n' : text_[at_]; }

  bool skip(char c) {
    if (at_end() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  bool end_line() {
    const bool carriage_return = skip('\r');
    const bool line_feed = skip('\n');
    if (carriage_return || line_feed) ++line_;
    return carriage_return || line_feed;
  }

  std::string plain_cell(Row& row) {
    const std::size_t end = std::min(text_.find_first_of(",\r\n", at_), text_.size());
    std::string cell(text_.substr(at_, end - at_));
    if (cell.find('"') != std::string::npos && row.mistake.empty()) {
      row.mistake = "has a quote inside a cell without quotes; quote the cell and double the quotes in it";
    }
    at_ = end;
    return cell;
  }

  std::string quoted_cell(Row& row) {
    std::string cell;
    ++at_;  // the opening quote
    while (true) {
      const std::size_t quote = text_.find('"', at_);
      cell += text_.substr(at_, quote == std::string_view::npos ? quote : quote - at_);
      at_ = quote == std::string_view::npos ? text_.size() : quote + 1;
      if (quote == std::string_view::npos) row.mistake = "starts a quoted cell that never ends";
      if (quote == std::string_view::npos || !skip('"')) break;
      cell += '"';
    }
    line_ += static_cast<int>(std::ranges::count(cell, '\n'));
    const bool ends = at_end() || peek() == ',' || peek() == '\r' || peek() == '\n';
    if (!ends && row.mistake.empty()) row.mistake = "has text after the closing quote of a cell";
    return cell;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int line_ = 1;
};

bool check_heading(const Row& heading, const Location& where, Diagnostics& problems) {
  if (heading.cells.size() > most_columns) {
    problems.add(where, fmt::format("has more than {} columns", most_columns));
    return false;
  }
  std::vector<std::string> sorted = heading.cells;
  std::ranges::sort(sorted);
  if (const auto twice = std::ranges::adjacent_find(sorted); twice != sorted.end() && !twice->empty()) {
    problems.add(where, fmt::format("column '{}' stands twice in the heading", twice->substr(0, 60)));
  }
  if (sorted.front().empty()) problems.add(where, "a column of the heading has no name");
  if (sorted.size() == 1 && sorted.front().find_first_of(";\t") != std::string::npos) {
    problems.add(where, "the heading has one column; separate columns by commas, not semicolons or tabs");
    return false;
  }
  return true;
}

std::string mistake_in(const Row& row, std::size_t columns) {
  if (!row.mistake.empty()) return row.mistake;
  if (row.cells.size() == columns) return {};
  return fmt::format("has {} cells where the heading has {}", row.cells.size(), columns);
}

void read_rows(RowReader& reader, TextTable& table, Diagnostics& problems) {
  std::size_t wrong = 0;
  Row row;
  while (reader.next(row)) {
    const Location where{table.where.file, row.line, 0};
    if ((table.rows.size() + 1) * table.columns.size() > most_cells) {
      problems.add(where, fmt::format("the table has more than {} cells; reading stopped here", most_cells));
      return;
    }
    if (const std::string mistake = mistake_in(row, table.columns.size()); !mistake.empty()) {
      if (++wrong <= most_problems) problems.add(where, "this row " + mistake);
      continue;
    }
    table.rows.push_back(std::move(row.cells));
    table.lines.push_back(row.line);
    table.places.push_back(std::move(row.places));
  }
  if (wrong > most_problems)
    problems.add(table.where, fmt::format("{} more rows are wrong", wrong - most_problems));
}

}  // namespace

TextTable parse_csv(std::string_view text, const std::string& file_name, const std::string& path_as_named,
                    Diagnostics& problems) {
  TextTable table;
  table.where.file = std::make_shared<const std::string>(file_name);
  table.path = path_as_named;
  text = without_mark(text);
  if (!check_text(text, table.where.file, problems)) return table;
  RowReader reader(text);
  Row heading;
  if (!reader.next(heading)) {
    problems.add(table.where, "is empty; its first line must name the columns");
    return table;
  }
  const Location where{table.where.file, heading.line, 0};
  if (!heading.mistake.empty()) {
    problems.add(where, "the heading " + heading.mistake);
    return table;
  }
  if (!check_heading(heading, where, problems)) return table;
  table.columns = std::move(heading.cells);
  read_rows(reader, table, problems);
  return table;
}

TextTable read_csv(const std::string& file_path, const std::string& path_as_named, Diagnostics& problems) {
  const std::optional<std::string> text = read_text_file(file_path, {}, most_bytes, problems);
  if (text) return parse_csv(*text, file_path, path_as_named, problems);
  TextTable table;
  table.where.file = std::make_shared<const std::string>(file_path);
  table.path = path_as_named;
  return table;
}

}  // namespace ketsim
