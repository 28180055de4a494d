// Single values: from the text of the input to numbers, months and names, with the messages a user sees.
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "ketsim/describe/schema.hpp"

namespace ketsim {

std::string real_text(double value) {
  return fmt::format("{}", value);
}  // shortest text that reads back to the same bits

namespace detail {

std::string join(const std::string& path, const std::string& key, bool bracket) {
  if (bracket) return path + '[' + key + ']';
  return path.empty() ? key : path + '.' + key;
}

bool expect_kind(const Node& node, Node::Kind kind, const std::string& path, Diagnostics& problems) {
  if (node.kind() == kind) return true;
  Node wanted = kind == Node::Kind::mapping    ? Node::mapping()
                : kind == Node::Kind::sequence ? Node::sequence()
                                               : Node::scalar("");
  problems.add(node.where(),
               fmt::format("{} is {}, but must be {}", path, node.kind_name(), wanted.kind_name()));
  return false;
}

namespace {

constexpr std::size_t longest_quoted = 60;

std::string shown(const std::string& text) {
  return text.size() <= longest_quoted ? text : fmt::format("{}...", text.substr(0, longest_quoted));
}

bool is_scalar_value(const Node& node, const char* what, const std::string& path, Diagnostics& problems) {
  if (node.is_scalar()) return true;
  problems.add(node.where(), fmt::format("{} is {}, but must be {}", path, node.kind_name(), what));
  return false;
}

std::string unit_text(const Declaration& declaration) {
  return declaration.unit.empty() || declaration.unit == "1" ? "" : " " + declaration.unit;
}

bool check_range(const Node& node, const Declaration& declaration, const std::string& path,
                 Diagnostics& problems, double value) {
  if (declaration.range.contains(value)) return true;
  const bool above = value > declaration.range.high;
  problems.add(node.where(),
               fmt::format("{} = {} is {} {}{} ({})", path, shown(node.text()), above ? "above" : "below",
                           real_text(above ? declaration.range.high : declaration.range.low),
                           unit_text(declaration), declaration.doc));
  return false;
}

}  // namespace

bool read_real(const Node& node, const Declaration& declaration, const std::string& path,
               Diagnostics& problems, double& out) {
  if (!is_scalar_value(node, "a number", path, problems)) return false;
  const std::string& text = node.text();
  double value = 0.0;
  const char* begin = text.data() + (text.size() > 1 && text[0] == '+' ? 1 : 0);
  const auto [end, error] = std::from_chars(begin, text.data() + text.size(), value);
  if (node.is_quoted() || text.empty() || error != std::errc{} || end != text.data() + text.size() ||
      !std::isfinite(value)) {
    const std::string unit = unit_text(declaration);
    problems.add(node.where(), fmt::format("{} = '{}' is not a finite number{}", path, shown(text),
                                           unit.empty() ? "" : " in" + unit));
    return false;
  }
  if (!check_range(node, declaration, path, problems, value)) return false;
  out = value;
  return true;
}

bool read_integer(const Node& node, const Declaration& declaration, const std::string& path,
                  Diagnostics& problems, std::int64_t& out) {
  double real = 0.0;
  if (!read_real(node, declaration, path, problems, real)) return false;
  constexpr double largest_exact =
      9007199254740991.0;  // 2^53 - 1: beyond, texts of two integers are one double
  if (real != std::floor(real) || std::fabs(real) > largest_exact) {
    problems.add(node.where(), fmt::format("{} = {} is not a whole number", path, shown(node.text())));
    return false;
  }
  out = static_cast<std::int64_t>(real);
  return true;
}

bool read_boolean(const Node& node, const std::string& path, Diagnostics& problems, bool& out) {
  if (!is_scalar_value(node, "true or false", path, problems)) return false;
  if (!node.is_quoted() && (node.text() == "true" || node.text() == "false")) {
    out = node.text() == "true";
    return true;
  }
  problems.add(node.where(), fmt::format("{} = '{}' must be true or false", path, shown(node.text())));
  return false;
}

bool read_text(const Node& node, const std::string& path, Diagnostics& problems, std::string& out) {
  if (!is_scalar_value(node, "a text", path, problems)) return false;
  out = node.text();
  return true;
}

bool read_choice(const Node& node, const std::vector<std::string>& names, const std::string& path,
                 Diagnostics& problems, std::size_t& out) {
  if (!is_scalar_value(node, "a name", path, problems)) return false;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == node.text()) {
      out = i;
      return true;
    }
  }
  problems.add(node.where(), fmt::format("{} = '{}' is not known{}", path, shown(node.text()),
                                         name_hint(node.text(), names)));
  return false;
}

bool read_month(const Node& node, const std::string& path, Diagnostics& problems, Month& out) {
  if (!is_scalar_value(node, "a month such as 2016-04", path, problems)) return false;
  if (out == Month{} && node.text() == out.text())
    return true;  // a month that is left out, as write() has it
  const std::optional<Month> month = parse_month(node.text());
  if (!month) {
    problems.add(node.where(),
                 fmt::format("{} = '{}' is not a month of the years {} to {}; write it as 2016-04", path,
                             shown(node.text()), first_year, last_year));
    return false;
  }
  out = *month;
  return true;
}

void read_reals(const Node& node, const Declaration& declaration, const std::string& path,
                Diagnostics& problems, std::map<std::string, double>& out) {
  if (!expect_kind(node, Node::Kind::mapping, path, problems)) return;
  for (const Node::Entry& entry : node.entries()) {
    double value = 0.0;
    if (read_real(entry.value, declaration, join(path, entry.key, true), problems, value))
      out[entry.key] = value;
  }
}

}  // namespace detail
}  // namespace ketsim
