// YAML files: what is read, where it stands, and that any text at all gives a tree or clear problems.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <chrono>

#include "io/temporary_folder.hpp"
#include "ketsim/io/yaml.hpp"

namespace ketsim {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

//! All problems of a text as a user sees them.
std::string problems_of(std::string_view text) {
  Diagnostics problems;
  (void)parse_yaml(text, "x.yaml", problems);
  return problems.text();
}

std::string problems_of_file(const std::string& path) {
  Diagnostics problems;
  (void)read_yaml(path, problems);
  return problems.text();
}

Node parse(std::string_view text) {
  Diagnostics problems;
  Node node = parse_yaml(text, "x.yaml", problems);
  EXPECT_EQ(problems.text(), "");
  return node;
}

std::string repeat(std::string_view part, std::size_t times) {
  std::string result;
  for (std::size_t i = 0; i < times; ++i) result += part;
  return result;
}

TEST(YamlReader, KeepsScalarsAsTheyAreWritten) {
  const Node node = parse("country: NO\noctal: 010\nreal: 1e3\ntruth: true\nquoted: '5'\nmonth: 2016-04\n");
  EXPECT_EQ(node.find("country")->text(), "NO");
  EXPECT_EQ(node.find("octal")->text(), "010");
  EXPECT_EQ(node.find("real")->text(), "1e3");
  EXPECT_EQ(node.find("truth")->text(), "true");
  EXPECT_FALSE(node.find("truth")->is_quoted());
  EXPECT_EQ(node.find("month")->text(), "2016-04");
  EXPECT_TRUE(node.find("quoted")->is_quoted());
}

TEST(YamlReader, ReadsNothingFromNullTildeAndEmptyValues) {
  const Node node = parse("a: ~\nb: null\nc:\nd: 'null'\n");
  EXPECT_TRUE(node.find("a")->is_null());
  EXPECT_TRUE(node.find("b")->is_null());
  EXPECT_TRUE(node.find("c")->is_null());
  EXPECT_EQ(node.find("d")->text(), "null");
}

TEST(YamlReader, KnowsThePlaceOfEveryKeyAndValue) {
  const Node node = parse("# comment\nprogrammes:\n  rocket:\n    budget: 3.5\n    list: [a, b]\n");
  const Node* rocket = node.find("programmes")->find("rocket");
  EXPECT_EQ(rocket->entries()[0].key_where.text(), "x.yaml:4:5");
  EXPECT_EQ(rocket->entries()[0].value.where().text(), "x.yaml:4:13");
  EXPECT_EQ(rocket->find("list")->items()[1].where().text(), "x.yaml:5:15");
}

TEST(YamlReader, TakesByteOrderMarkAndForeignLineEnds) {
  EXPECT_EQ(parse("\xef\xbb\xbf"
                  "a: 1\n")
                .find("a")
                ->where()
                .text(),
            "x.yaml:1:4");
  const Node windows = parse("a: |\r\n  x\r\n  y\r\nb: 2\r\n");
  EXPECT_EQ(windows.find("a")->text(), "x\ny\n");
  EXPECT_EQ(windows.find("b")->where().text(), "x.yaml:4:4");
  EXPECT_EQ(parse("a: 1\rb: 2\r").find("b")->text(), "2");
}

TEST(YamlReader, WritesAliasesOut) {
  const Node node = parse("a: &list [1, 2]\nb: *list\n");
  ASSERT_EQ(node.find("b")->items().size(), 2U);
  EXPECT_EQ(node.find("b")->items()[1].text(), "2");
}

TEST(YamlReader, ReportsEmptyFiles) {
  EXPECT_EQ(problems_of(""), "x.yaml: is empty");
  EXPECT_EQ(problems_of("# only a comment\n"), "x.yaml: is empty");
}

TEST(YamlReader, ReportsDuplicateKeysMergeKeysAndTagsAllAtOnce) {
  EXPECT_EQ(problems_of("a: 1\nb:\n  <<: {c: 1}\n  d: !money 3\na: 2\n"),
            "x.yaml:3:3: merge keys (<<) are not used; write `extends: other.yaml` at the top\n"
            "x.yaml:4:6: tags (!...) are not used; write the value alone, in quotes where it is a text\n"
            "x.yaml:5:1: this key stands in line 1 already");
}

TEST(YamlReader, ReportsKeysThatAreNoTexts) {
  EXPECT_THAT(problems_of("? [a, b]\n: 1\n"), StartsWith("x.yaml:1:3: a key must be a text, not a list"));
  EXPECT_THAT(problems_of("{a: 1}: 1\n"), HasSubstr("a key must be a text, not a mapping"));
  EXPECT_THAT(problems_of("~: 1\n"), HasSubstr("a key must be a text, not nothing"));
  EXPECT_THAT(problems_of(repeat("k", 129) + ": 1\n"), HasSubstr("a key is longer than 128 bytes"));
}

TEST(YamlReader, ReportsSecondDocumentAndSyntaxWithPlace) {
  EXPECT_EQ(problems_of("a: 1\n---\nb: 2\n"), "x.yaml:2:1: a second document starts here; a file holds one");
  EXPECT_EQ(problems_of("a: b: c\n"), "x.yaml:1:5: is not valid YAML: illegal map value");
  EXPECT_THAT(problems_of("a: [1, 2\nb: 3\n"),
              HasSubstr("is not valid YAML: end of sequence flow not found"));
}

TEST(YamlReader, NeverQuotesContent) {
  EXPECT_EQ(problems_of("a: *secret\n"),
            "x.yaml:1:4: is not valid YAML: the referenced anchor is not defined");
  EXPECT_THAT(problems_of("secret: 1\nsecret: 2\n"), Not(HasSubstr("secret")));
  EXPECT_THAT(problems_of("a: \"\\q secret\"\n"), Not(HasSubstr("secret")));
}

TEST(YamlReader, ReportsWhatIsNoText) {
  EXPECT_EQ(problems_of("a: M\xfcller\n"), "x.yaml:1:5: is not a text in UTF-8");
  EXPECT_THAT(problems_of(std::string_view("a: \0", 4)), HasSubstr("control character 0x00"));
  EXPECT_THAT(problems_of("a: 1\nb: \a\n"), HasSubstr("x.yaml:2:4: holds the control character 0x07"));
  EXPECT_THAT(problems_of("a: \"x\\0y\"\n"), HasSubstr("cannot hold the character NUL"));
  EXPECT_THAT(problems_of("a: \xed\xa0\x80\n"), HasSubstr("not a text in UTF-8"));  // a surrogate
  EXPECT_THAT(problems_of("a: \xc0\xaf\n"), HasSubstr("not a text in UTF-8"));      // an overlong slash
}

TEST(YamlReader, BoundsAliasBombs) {
  std::string bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n";
  for (int i = 1; i < 12; ++i) {
    const std::string before = "*a" + std::to_string(i - 1) + ",";
    bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + repeat(before, 10) + "]\n";
  }
  EXPECT_THAT(problems_of(bomb), HasSubstr("more than 200000 values, aliases written out"));
  EXPECT_THAT(problems_of("a: &a [*a]\n"), HasSubstr("an alias stands inside the value that it names"));
}

TEST(YamlReader, BoundsDepthKeysAndProblems) {
  EXPECT_THAT(problems_of(repeat("- ", 100'000)), HasSubstr("more than 64 levels"));
  EXPECT_EQ(problems_of(repeat("[", 40) + repeat("]", 40)), "");
  std::string keys;
  for (int i = 0; i < 1001; ++i) keys += "k" + std::to_string(i) + ": 1\n";
  EXPECT_THAT(problems_of(keys), HasSubstr("more than 1000 keys"));
  EXPECT_THAT(problems_of(repeat("- !x 1\n", 1000)), HasSubstr("reading stopped after 100 problems"));
}

TEST(YamlReader, AnswersToAnyInputWithinSeconds) {
  const auto start = std::chrono::steady_clock::now();
  for (const char* part :
       {"[",   "{",         "- ", "? ",    "a: ",   "&a ", "! ", "*a ", "'", "\"", "|\n", "%\n",
        "[\n", "- [1,1]\n", "\n", "---\n", "...\n", ", ",  "}",  "]",   "#", "\t", "a\n", "? - "}) {
    EXPECT_NE(problems_of(repeat(part, 100'000)) + part, "");
  }
  EXPECT_THAT(problems_of(repeat("[", 100'000)), HasSubstr("too many commas and brackets"));
  EXPECT_LT(std::chrono::steady_clock::now() - start,
            std::chrono::seconds(30));  // 1 s, more under sanitizers
}

TEST(YamlFile, IsARegularFileOfBoundedSize) {
  const TemporaryFolder folder;
  EXPECT_THAT(problems_of_file(folder.path("none.yaml")), HasSubstr("none.yaml: there is no such file"));
  EXPECT_THAT(problems_of_file(folder.path("")), HasSubstr("it is a folder"));
  EXPECT_THAT(problems_of_file("/dev/null"), HasSubstr("it is not a regular file"));
  ASSERT_EQ(::mkfifo(folder.path("pipe").c_str(), 0600), 0);
  EXPECT_THAT(problems_of_file(folder.path("pipe")), HasSubstr("it is not a regular file"));
  EXPECT_THAT(problems_of_file(folder.write("big.yaml", repeat("#\n", 1'000'001))),
              HasSubstr("it is larger than 2 MB"));
}

TEST(YamlFile, HasAMappingAtItsTop) {
  const TemporaryFolder folder;
  EXPECT_THAT(problems_of_file(folder.write("list.yaml", "- secret\n")),
              HasSubstr("list.yaml:1:1: the top of the file is a list, but must be a mapping"));
  const std::string passwd =
      problems_of_file(folder.write("passwd", "root:x:0:0:secret\nother:x:1:1:secret\n"));
  EXPECT_THAT(passwd, HasSubstr("but must be a mapping"));
  EXPECT_THAT(passwd, Not(HasSubstr("secret")));
}

}  // namespace
}  // namespace ketsim
