#include "reference.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "ketsim/base/diagnostics.hpp"
#include "ketsim/describe/document.hpp"
#include "terminal.hpp"

namespace ketsim {
namespace {

constexpr std::size_t widest_name = 44;  //!< longer names have their summary on the next line

//! Width of the first of two columns.
template <class Rows, class Name>
std::size_t column_width(const Rows& rows, const Name& name_of) {
  std::size_t width = 0;
  for (const auto& row : rows) width = std::max(width, std::min(name_of(row).size(), widest_name));
  return width;
}

std::string two_columns(const std::string& left, const std::string& right, std::size_t left_width,
                        std::size_t width) {
  const std::size_t indent = 2 + left_width + 2;
  std::string line = fmt::format("  {:<{}}", left, left_width);
  line += left.size() > left_width ? '\n' + std::string(indent, ' ') : "  ";
  return line + wrapped(right, indent, width) + '\n';
}

std::string heading_text(const std::pair<std::string, std::string>& group) {
  return group.second.empty() ? group.first : group.first + ": " + group.second;
}

std::string cell(std::string text) {
  for (std::size_t at = text.find('|'); at != std::string::npos; at = text.find('|', at + 2))
    text.insert(at, 1, '\\');
  return text;
}

std::string fact(const ReferenceEntry& entry, const std::string& name) {
  const auto found = std::ranges::find(entry.facts, name, &std::pair<std::string, std::string>::first);
  return found == entry.facts.end() ? "" : found->second;
}

std::string markdown_row(const std::vector<std::string>& cells) {
  std::string row = "|";
  for (const std::string& text : cells) row += ' ' + cell(text) + " |";
  return row + '\n';
}

std::string markdown_heading(const std::vector<std::string>& cells) {
  return markdown_row(cells) + markdown_row(std::vector<std::string>(cells.size(), "---"));
}

std::string markdown_table(const ReferencePage& page, std::size_t group) {
  std::vector<std::string> heading{page.what};
  heading.insert(heading.end(), page.columns.begin(), page.columns.end());
  heading.emplace_back("meaning");
  std::string rows;
  for (const ReferenceEntry& entry : page.entries) {
    if (entry.group != group) continue;
    std::vector<std::string> cells{'`' + entry.name + '`'};
    for (const std::string& column : page.columns) cells.push_back(fact(entry, column));
    cells.push_back(entry.summary);
    rows += markdown_row(cells);
  }
  return rows.empty() ? "" : '\n' + markdown_heading(heading) + rows;
}

std::string markdown_section(const ReferenceEntry& entry) {
  std::string section = fmt::format("\n## {}\n\n{}\n\n", entry.name, entry.summary);
  section += markdown_heading({"name", "meaning"});
  for (const auto& [name, value] : entry.facts) section += markdown_row({name, value});
  return section;
}

//! Is `concrete`, as programmes[rocket].budget, of the form `pattern`, as programmes[NAME].budget?
bool has_form(const std::vector<std::string>& concrete, const std::vector<std::string>& pattern) {
  return std::ranges::equal(concrete, pattern,
                            [](const std::string& a, const std::string& b) { return b == "NAME" || a == b; });
}

std::string last_part(const std::string& name) {
  return name.substr(name.find_last_of(".]") + 1);
}

}  // namespace

std::string as_lines(const ReferencePage& page) {
  std::string text;
  for (const ReferenceEntry& entry : page.entries) text += entry.name + '\t' + entry.summary + '\n';
  return text;
}

std::string as_text(const ReferencePage& page, std::size_t width) {
  std::string text = page.title + "\n\n" + wrapped(page.introduction, 0, width) + '\n';
  const std::size_t left = column_width(page.entries, [](const ReferenceEntry& entry) { return entry.name; });
  for (std::size_t g = 0; g < page.groups.size(); ++g) {
    text += '\n' + wrapped(heading_text(page.groups[g]), 0, width) + '\n';
    for (const ReferenceEntry& entry : page.entries) {
      if (entry.group != g) continue;
      text += two_columns(entry.name, entry.summary, left, width);
      for (const std::string& column : page.columns) {
        if (page.shows_columns)
          text += two_columns("", fmt::format("{}: {}", column, fact(entry, column)), left, width);
      }
    }
  }
  return text;
}

std::string as_markdown(const ReferencePage& page) {
  std::string text = fmt::format("# {}\n\n{}\n", page.title, page.introduction);
  if (page.columns.empty()) {
    for (const ReferenceEntry& entry : page.entries) text += markdown_section(entry);
    return text;
  }
  for (std::size_t g = 0; g < page.groups.size(); ++g) {
    const auto& [heading, about] = page.groups[g];
    text += fmt::format("\n## {}\n", heading) + (about.empty() ? "" : '\n' + about + ".\n") +
            markdown_table(page, g);
  }
  return text;
}

std::string details(const ReferenceEntry& entry, std::size_t width) {
  std::string text = entry.name + "\n  " + wrapped(entry.summary, 2, width) + '\n';
  const std::size_t left = column_width(entry.facts, [](const auto& row) { return row.first; });
  for (const auto& [name, value] : entry.facts) text += two_columns(name, value, left, width);
  return text;
}

std::vector<const ReferenceEntry*> find_entries(const ReferencePage& page, const std::string& name) {
  const std::vector<std::string> path = split_path(name);
  const auto all = [&page](const auto& is_meant) {
    std::vector<const ReferenceEntry*> found;
    for (const ReferenceEntry& entry : page.entries) {
      if (is_meant(entry)) found.push_back(&entry);
    }
    return found;
  };
  auto found = all([&](const ReferenceEntry& entry) { return entry.name == name; });
  if (found.empty())
    found = all(
        [&](const ReferenceEntry& entry) { return !path.empty() && has_form(path, split_path(entry.path)); });
  if (found.empty()) found = all([&](const ReferenceEntry& entry) { return last_part(entry.name) == name; });
  if (found.empty())
    found = all([&](const ReferenceEntry& entry) { return page.groups[entry.group].first == name; });
  if (!found.empty()) return found;
  std::vector<std::string> names;
  for (const ReferenceEntry& entry : page.entries) names.push_back(entry.name);
  for (const ReferenceEntry& entry : page.entries) names.push_back(last_part(entry.name));
  throw InputError(fmt::format("ketsim: '{}' is no {}{}", name, page.what, name_hint(name, names)));
}

}  // namespace ketsim
