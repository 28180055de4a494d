// From YAML to a Document: yaml-cpp finds tokens and places, what it lets pass is checked before and behind
// it.
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <sstream>

#include <fmt/format.h>

#include "ketsim/io/yaml.hpp"
#include "text_file.hpp"
#include "yaml_tree.hpp"

namespace ketsim {
namespace {

constexpr std::size_t most_marks_in_line =
    10'000;  // the parser holds a line in brackets whole before it gives any of it

//! The parser's message; what follows a colon in it comes from the file and is left out.
std::string without_excerpt(const std::string& message) {
  return message.substr(0, message.find(": "));
}

//! Every line end as a line feed.
std::string with_line_feeds(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool before_line_feed = i + 1 < text.size() && text[i + 1] == '\n';
    if (text[i] != '\r')
      result += text[i];
    else if (!before_line_feed)
      result += '\n';
  }
  return result;
}

//! Lines that would take the parser long.
bool check_lines(std::string_view text, const FileName& file, Diagnostics& problems) {
  std::size_t marks = 0;
  int line = 1;
  for (const char c : text) {
    if (c == '\n') {
      marks = 0;
      ++line;
    } else if ((c == ',' || c == '[' || c == '{') && ++marks > most_marks_in_line) {
      problems.add({file, line, 0}, "this line has too many commas and brackets; write one value a line");
      return false;
    }
  }
  return true;
}

Node parse(std::string_view text, const FileName& file, Diagnostics& problems) {
  const Node nothing = Node::mapping({file, 1, 1});
  text = without_mark(text);
  if (!check_text(text, file, problems)) return nothing;
  if (text.size() > most_yaml_bytes) {
    problems.add({file}, fmt::format("is larger than {} MB", most_yaml_bytes / 1'000'000));
    return nothing;
  }
  const std::string lines = with_line_feeds(text);
  if (!check_lines(lines, file, problems)) return nothing;
  std::istringstream stream(lines);
  TreeBuilder builder(file, problems);
  bool has_content = false;
  try {
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) has_content = true;
  } catch (const StopReading&) {
    return nothing;
  } catch (const YAML::Exception& error) {
    problems.add(place(file, error.mark), "is not valid YAML: " + without_excerpt(error.msg));
    return nothing;
  }
  if (has_content) return builder.take();
  problems.add({file}, "is empty");
  return nothing;
}

}  // namespace

Node parse_yaml(std::string_view text, const std::string& file_name, Diagnostics& problems) {
  return parse(text, std::make_shared<const std::string>(file_name), problems);
}

Node read_yaml(const std::string& path, Diagnostics& problems) {
  const auto file = std::make_shared<const std::string>(path);
  const std::optional<std::string> text = read_text_file(path, {}, most_yaml_bytes, problems);
  if (!text) return Node::mapping({file});
  Node root = parse(*text, file, problems);
  if (root.is_mapping()) return root;
  problems.add(root.where(),
               fmt::format("the top of the file is {}, but must be a mapping (lines of `key: value`)",
                           root.kind_name()));
  return Node::mapping({file});
}

}  // namespace ketsim
