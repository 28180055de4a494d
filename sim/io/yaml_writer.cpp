// From a Document to YAML that this and other readers take for the same values.
#include <algorithm>
#include <array>
#include <cctype>

#include <fmt/format.h>

#include "ketsim/io/yaml.hpp"
#include "text_file.hpp"

namespace ketsim {
namespace {

constexpr std::size_t step = 2;  //!< blanks per level

// Words that some YAML reader takes for nothing, a truth value or a number (YAML 1.1 and 1.2, core schema).
constexpr std::array<std::string_view, 18> special_words{"",     "~",   "null", "true", "false", "yes",
                                                         "no",   "on",  "off",  "y",    "n",     "nan",
                                                         ".nan", "inf", ".inf", "-inf", "-.inf", "+.inf"};

bool is_special(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return std::ranges::find(special_words, lower) != special_words.end();
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}

//! Characters that a reader must get as an escape: controls, invalid bytes, invisible line ends and
//! byte-order marks.
bool needs_escape(std::string_view character) {
  const auto first = static_cast<unsigned char>(character[0]);
  if (character.size() == 1) return first < 0x20 || first >= 0x7f;
  if (character.size() == 2) return first == 0xc2 && static_cast<unsigned char>(character[1]) < 0xa0;
  return character == "\u2028" || character == "\u2029" || character == "\ufeff" ||
         (first == 0xef && (character.ends_with("\xbf\xbe") || character.ends_with("\xbf\xbf")));
}

std::string_view character_at(std::string_view text, std::size_t at) {
  return text.substr(at, std::max<std::size_t>(utf8_length(text, at), 1));
}

bool has_escapes(std::string_view text, bool line_feeds_allowed) {
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view character = character_at(text, at);
    if (needs_escape(character) && !(line_feeds_allowed && character == "\n")) return true;
    at += character.size();
  }
  return false;
}

//! May `text` stand without quotes and still be one scalar?
bool is_plain(std::string_view text) {
  if (text.empty() || text.front() == ' ' || text.back() == ' ' || text.back() == ':') return false;
  const bool signed_number = (text[0] == '-' || text[0] == '+' || text[0] == '.') && text.size() > 1 &&
                             (is_digit(text[1]) || (text[1] == '.' && text.size() > 2 && is_digit(text[2])));
  if (!is_letter(text[0]) && !is_digit(text[0]) && text[0] != '_' && text[0] != '/' && !signed_number)
    return false;
  if (text.find_first_of(",[]{}\"'`") != std::string_view::npos) return false;
  if (text.find(": ") != std::string_view::npos || text.find(" #") != std::string_view::npos) return false;
  return !has_escapes(text, false);
}

//! Would a reader take the unquoted `text` for something else than the Node says?
bool misleads(const Node& node) {
  const std::string& text = node.text();
  const bool is_truth_value = text == "true" || text == "false";
  if (!node.is_quoted()) return is_special(text) && !is_truth_value;
  return is_special(text) || !is_letter(text[0]);
}

std::uint32_t code_point(std::string_view character) {
  if (character.size() == 1) return static_cast<unsigned char>(character[0]);
  std::uint32_t code = static_cast<unsigned char>(character[0]) & (0x7fU >> character.size());
  for (const char c : character.substr(1)) code = code << 6U | (static_cast<unsigned char>(c) & 0x3fU);
  return code;
}

std::string in_quotes(std::string_view text) {
  std::string result = "\"";
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view character = character_at(text, at);
    if (character == "\n")
      result += "\\n";
    else if (character == "\t")
      result += "\\t";
    else if (character == "\"" || character == "\\")
      result.append("\\").append(character);
    else if (needs_escape(character))
      result += fmt::format("\\u{:04x}", code_point(character));
    else
      result += character;
    at += character.size();
  }
  return result + '"';
}

//! Long texts of several lines read best as a block; blanks at the edges would be lost or mistaken for
//! indentation.
bool is_block(std::string_view text) {
  const std::size_t first_break = text.find('\n');
  return first_break != std::string_view::npos && first_break > 0 && text.front() != ' ' &&
         text.find(" \n") == std::string_view::npos && text.back() != ' ' && !text.ends_with("\n\n") &&
         !has_escapes(text, true);
}

std::string block(std::string_view text, std::size_t indent) {
  const bool ends_line = text.ends_with('\n');
  std::string result = ends_line ? "|" : "|-";
  if (ends_line) text.remove_suffix(1);
  while (true) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    result += '\n';
    if (!line.empty()) result.append(indent, ' ').append(line);
    if (end == std::string_view::npos) return result;
    text.remove_prefix(end + 1);
  }
}

std::string key_text(const std::string& key) {
  return is_plain(key) && !is_special(key) ? key : in_quotes(key);
}

//! Values that follow their key or dash on the same line.
std::string scalar_text(const Node& node, std::size_t indent) {
  if (node.is_null()) return "null";
  if (node.is_sequence()) return "[]";
  if (node.is_mapping()) return "{}";
  if (is_block(node.text())) return block(node.text(), indent);
  return is_plain(node.text()) && !misleads(node) ? node.text() : in_quotes(node.text());
}

bool has_children(const Node& node) {
  return !node.items().empty() || !node.entries().empty();
}

void write_children(const Node& node, std::size_t indent, bool on_line, std::string& out) {
  const auto begin_line = [&] {
    if (!on_line) out.append(indent, ' ');
    on_line = false;
  };
  for (const Node& item : node.items()) {
    begin_line();
    out += "- ";
    if (has_children(item)) {
      write_children(item, indent + step, true, out);
    } else {
      out += scalar_text(item, indent + step) + '\n';
    }
  }
  for (const Node::Entry& entry : node.entries()) {
    begin_line();
    out += key_text(entry.key) + ':';
    if (has_children(entry.value)) {
      out += '\n';
      write_children(entry.value, indent + step, false, out);
    } else {
      out += ' ' + scalar_text(entry.value, indent + step) + '\n';
    }
  }
}

}  // namespace

std::string write_yaml(const Node& node) {
  std::string out;
  if (has_children(node)) {
    write_children(node, 0, false, out);
  } else {
    out = scalar_text(node, step) + '\n';
  }
  return out;
}

}  // namespace ketsim
