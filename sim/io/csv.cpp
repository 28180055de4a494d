#include "ketsim/io/csv.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "text_file.hpp"

namespace ketsim {
namespace {

constexpr std::size_t most_columns = 1'000;
constexpr std::size_t longest_column_name = 200;  // [byte]
constexpr std::size_t most_cells = 40'000'000;    // ten million ties with all columns: 160 MB of places
constexpr std::size_t most_rows = 20'000'000;     // 80 MB of lines
constexpr std::size_t most_unescaped = 500'000;   // some 100 bytes each
constexpr std::size_t most_problems = 20;         // one wrong habit of an exporter spoils every line

//! A row as it stands in the file.
struct Row {
  std::vector<std::uint32_t> cells;  //!< where each begins
  int line = 0;                      //!< where it begins
  std::string mistake;               //!< against the rules of quoting, or empty
};

//! Cuts the text of a table into rows and cells.
class RowReader {
 public:
  explicit RowReader(TableContent& content)
      : content_(content), text_(*content.text), at_(text_.size() - without_mark(text_).size()) {}

  //! The next row that is not empty, or false at the end.
  bool next(Row& row) {
    while (!at_end() && end_line()) {
    }
    row.cells.clear();
    row.mistake.clear();
    row.line = line_;
    if (at_end()) return false;
    do {
      const std::size_t begin = at_;
      if (peek() == '"') {
        pass_quoted_cell(row);
      } else {
        pass_plain_cell(row);
      }
      row.cells.push_back(static_cast<std::uint32_t>(begin));
    } while (row.cells.size() <= most_columns && skip(','));
    if (!row.mistake.empty() || row.cells.size() > most_columns) at_ = end_of_line();
    return true;
  }

 private:
  [[nodiscard]] bool at_end() const { return at_ >= text_.size(); }
  [[nodiscard]] char peek() const { return at_end() ? '\n' : text_[at_]; }
  [[nodiscard]] std::size_t end_of_line() const {
    return std::min(text_.find_first_of("\r\n", at_), text_.size());
  }

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

  void pass_plain_cell(Row& row) {
    const std::size_t end = end_of_cell(text_, at_);
    if (text_.substr(at_, end - at_).find('"') != std::string_view::npos && row.mistake.empty())
      row.mistake = "has a quote inside a cell without quotes; quote the cell and double the quotes in it";
    at_ = end;
  }

  void pass_quoted_cell(Row& row) {
    const std::size_t begin = at_;
    at_ = end_of_cell(text_, begin);
    if (at_ == std::string_view::npos) {
      at_ = text_.size();
      row.mistake = "starts a quoted cell that never ends";
      return;
    }
    const std::string_view inside = text_.substr(begin + 1, at_ - begin - 2);
    for (std::size_t i = 0; i < inside.size(); ++i) {
      const bool ends_line =
          inside[i] == '\n' || (inside[i] == '\r' && !inside.substr(i + 1).starts_with('\n'));
      line_ += ends_line ? 1 : 0;
    }
    if (inside.find('"') != std::string_view::npos)
      content_.unescaped.emplace_hint(content_.unescaped.end(), static_cast<std::uint32_t>(begin),
                                      unescape(inside));
    const bool ends = at_end() || peek() == ',' || peek() == '\r' || peek() == '\n';
    if (!ends && row.mistake.empty()) row.mistake = "has text after the closing quote of a cell";
  }

  static std::string unescape(std::string_view inside) {
    std::string cell;
    for (std::size_t i = 0; i < inside.size(); ++i) {
      cell += inside[i];
      if (inside[i] == '"') ++i;
    }
    return cell;
  }

  TableContent& content_;
  std::string_view text_;
  std::size_t at_;
  int line_ = 1;
};

bool check_heading(const std::vector<std::string>& columns, const Location& where, Diagnostics& problems) {
  std::vector<std::string> sorted = columns;
  std::ranges::sort(sorted);
  if (const auto twice = std::ranges::adjacent_find(sorted); twice != sorted.end() && !twice->empty()) {
    problems.add(where, fmt::format("column '{}' stands twice in the heading", shortened(*twice)));
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
  const bool is_counted = row.cells.size() <= most_columns;
  return fmt::format("has {}{} cells where the heading has {}", is_counted ? "" : "more than ",
                     is_counted ? row.cells.size() : most_columns, columns);
}

//! Why reading stops here, or empty.
std::string excess_in(const TableContent& content) {
  if (content.cells.size() > most_cells) return fmt::format("the table has more than {} cells", most_cells);
  if (content.lines.size() > most_rows) return fmt::format("the table has more than {} rows", most_rows);
  if (content.unescaped.size() > most_unescaped)
    return fmt::format("more than {} cells have quotes in them", most_unescaped);
  return {};
}

//! Places for all cells at once: to grow would take twice the memory for a moment.
void reserve(TableContent& content, std::size_t columns) {
  const auto count = [&](char c) { return static_cast<std::size_t>(std::ranges::count(*content.text, c)); };
  const std::size_t most_lines = std::max(count('\n'), count('\r')) + 1;
  content.lines.reserve(std::min(most_lines, most_rows + 1));
  content.cells.reserve(std::min(most_lines * columns, most_cells + columns));
}

//! Reads the rows; false where one of them is wrong.
bool read_rows(RowReader& reader, const TextTable& table, TableContent& content, Diagnostics& problems) {
  reserve(content, table.columns.size());
  std::size_t wrong = 0;
  Row row;
  while (reader.next(row)) {
    const Location where{table.where.file, row.line, 0};
    std::string excess;
    if (const std::string mistake = mistake_in(row, table.columns.size()); !mistake.empty()) {
      if (++wrong <= most_problems) {
        problems.add(where, "this row " + mistake);
      } else {
        excess = fmt::format("more than {} rows are wrong", most_problems);
      }
    } else {
      content.cells.insert(content.cells.end(), row.cells.begin(), row.cells.end());
      content.lines.push_back(row.line);
      excess = excess_in(content);
    }
    if (excess.empty()) continue;
    problems.add(where, excess + "; reading stopped here");
    return false;
  }
  return wrong == 0;
}

//! Reads the heading; false after a mistake that leaves no table.
bool read_heading(RowReader& reader, TextTable& table, Diagnostics& problems) {
  Row heading;
  if (!reader.next(heading)) {
    problems.add(table.where, "is empty; its first line must name the columns");
    return false;
  }
  table.heading = heading.line;
  const Location where = table.heading_where();
  if (!heading.mistake.empty()) {
    problems.add(where, "the heading " + heading.mistake);
    return false;
  }
  if (heading.cells.size() > most_columns) {
    problems.add(where, fmt::format("has more than {} columns", most_columns));
    return false;
  }
  std::vector<std::string> columns;
  for (const std::uint32_t begin : heading.cells) {
    const std::string_view name = table.content->cell(begin);
    if (name.size() > longest_column_name) {
      problems.add(where, fmt::format("a column of the heading has a name of more than {} bytes",
                                      longest_column_name));
      return false;
    }
    columns.emplace_back(name);
  }
  if (!check_heading(columns, where, problems)) return false;
  table.columns = std::move(columns);
  return true;
}

}  // namespace

TextTable parse_csv(std::string text, const std::string& file_name, const std::string& path_as_named,
                    Diagnostics& problems) {
  const auto content = std::make_shared<TableContent>();
  content->text = std::make_shared<const std::string>(std::move(text));
  TextTable table;
  table.where.file = std::make_shared<const std::string>(file_name);
  table.path = path_as_named;
  table.content = content;
  if (!check_text(without_mark(*content->text), table.where.file, problems)) return table;
  RowReader reader(*content);
  // What a wrong row holds would be missed everywhere: better no table than complaints about others.
  if (read_heading(reader, table, problems) && !read_rows(reader, table, *content, problems)) {
    table.columns.clear();
    content->cells.clear();
    content->lines.clear();
  }
  return table;
}

TextTable read_csv(const std::string& file_path, const std::string& path_as_named, Diagnostics& problems) {
  std::optional<std::string> text = read_text_file(file_path, {}, most_table_bytes, problems);
  if (text) return parse_csv(std::move(*text), file_path, path_as_named, problems);
  TextTable table;
  table.where.file = std::make_shared<const std::string>(file_path);
  table.path = path_as_named;
  return table;
}

}  // namespace ketsim
