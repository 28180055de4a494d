// Documents as YAML: the same tree comes back, whatever the texts.
#include <gtest/gtest.h>

#include <array>
#include <random>

#include "ketsim/io/yaml.hpp"

namespace ketsim {
namespace {

bool is_equal(const Node& a, const Node& b) {
  if (a.kind() != b.kind() || a.text() != b.text()) return false;
  if (a.items().size() != b.items().size() || a.entries().size() != b.entries().size()) return false;
  for (std::size_t i = 0; i < a.items().size(); ++i) {
    if (!is_equal(a.items()[i], b.items()[i])) return false;
  }
  for (std::size_t i = 0; i < a.entries().size(); ++i) {
    if (a.entries()[i].key != b.entries()[i].key || !is_equal(a.entries()[i].value, b.entries()[i].value))
      return false;
  }
  return true;
}

Node read_back(const Node& node) {
  Diagnostics problems;
  Node result = parse_yaml(write_yaml(node), "written.yaml", problems);
  EXPECT_EQ(problems.text(), "") << write_yaml(node);
  return result;
}

Node text(std::string value) {
  return Node::scalar(std::move(value), {}, true);
}

TEST(YamlWriter, WritesBlockStyle) {
  Node list = Node::sequence();
  list.append(Node::scalar("2016-04"));
  Node item = Node::mapping();
  item.set("a", Node::scalar("1"));
  item.set("b", Node::mapping());
  list.append(item);
  Node root = Node::mapping();
  root.set("title", text("Förderung: \"Rakete\""));
  root.set("description", text("One line.\nAnother.\n"));
  root.set("list", list);
  root.set("none", Node());
  EXPECT_EQ(write_yaml(root),
            "title: \"Förderung: \\\"Rakete\\\"\"\n"
            "description: |\n  One line.\n  Another.\n"
            "list:\n  - 2016-04\n  - a: 1\n    b: {}\n"
            "none: null\n");
}

TEST(YamlWriter, QuotesOnlyWhatAReaderWouldMistake) {
  EXPECT_EQ(write_yaml(text("rocket")), "rocket\n");
  EXPECT_EQ(write_yaml(text("Grüße aus Südtirol")), "Grüße aus Südtirol\n");
  EXPECT_EQ(write_yaml(Node::scalar("-1.5e-3")), "-1.5e-3\n");
  EXPECT_EQ(write_yaml(Node::scalar("true")), "true\n");
  for (const char* word : {"NO", "yes", "Off", "y", "~", "null", "", ".inf"}) {
    EXPECT_EQ(write_yaml(Node::scalar(word)), '"' + std::string(word) + "\"\n");
  }
  for (const char* word : {"true", "5", "1e3", "2016-04", "0x1f", "-1", ".5"}) {
    EXPECT_EQ(write_yaml(text(word)), '"' + std::string(word) + "\"\n");
    EXPECT_TRUE(read_back(text(word)).is_quoted());
  }
}

TEST(YamlWriter, EscapesWhatCannotBeSeen) {
  EXPECT_EQ(write_yaml(text("a\tb\x01\x7f\u0085\u2028\ufeff")),
            "\"a\\tb\\u0001\\u007f\\u0085\\u2028\\ufeff\"\n");
}

TEST(YamlWriter, TakesNastyTitlesBackUnchanged) {
  for (const char* title :
       {"- a", "a: b", "a #b", "#a",      "'",      "\"",        "\\",  "\n",  "a\n", "a\n\n",
        "\na", " a",   "a ",   "a\n b\n", "a \nb",  "---",       "...", "<<",  "=",   "*a",
        "&a",  "!a",   "%a",   "@a",      "`a",     "|",         ">",   "? a", "a:",  "{a}",
        "[a]", "a, b", "😀",    "a\r\nb",  "a\n\tb", "a\n---\nb", "\t"}) {
    const Node node = text(title);
    EXPECT_TRUE(is_equal(read_back(node), node)) << title;
    Node map = Node::mapping();
    map.set(title, node);
    EXPECT_TRUE(is_equal(read_back(map), map)) << title;
  }
}

TEST(YamlWriter, TakesAnyTreeBackUnchanged) {
  constexpr std::array parts{"a",  "NO", "~",  " ",      ": ",   " #", "-", "\n", "\"", "'",
                             "\\", "ü",  "\t", "\u2028", "\x01", "{",  "]", ",",  "&",  "*",
                             "!",  "|",  ">",  "%",      "1",    "?",  "=", "---"};
  std::mt19937 random(1);
  const auto some_text = [&] {
    std::string result;
    for (auto n = random() % 6; n > 0; --n) result += parts[random() % parts.size()];
    return result;
  };
  const std::function<Node(int)> some_tree = [&](int depth) {
    const auto kind = random() % (depth > 3 ? 2 : 5);
    if (kind == 0) return Node();
    if (kind == 1) return Node::scalar(some_text(), {}, random() % 2 == 0);
    Node node = kind == 2 ? Node::sequence() : Node::mapping();
    for (auto n = random() % 4; n > 0; --n) {
      if (kind == 2)
        node.append(some_tree(depth + 1));
      else
        node.set(some_text(), some_tree(depth + 1));
    }
    return node;
  };
  for (int i = 0; i < 3000; ++i) {
    const Node tree = some_tree(0);
    const Node back = read_back(tree);
    ASSERT_TRUE(is_equal(back, tree)) << write_yaml(tree);
    ASSERT_EQ(write_yaml(back), write_yaml(tree));
  }
}

}  // namespace
}  // namespace ketsim
