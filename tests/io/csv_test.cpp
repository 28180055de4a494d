// CSV tables: the rules of RFC 4180, and a place for every row that breaks them.
#include "ketsim/io/csv.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "io/temporary_folder.hpp"
#include "support/tables.hpp"

namespace ketsim {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TextTable parse(const std::string& text) {
  Diagnostics problems;
  TextTable table = parse_csv(text, "x.csv", "../x.csv", problems);
  EXPECT_EQ(problems.text(), "");
  return table;
}

std::string problems_of(const std::string& text) {
  Diagnostics problems;
  (void)parse_csv(text, "x.csv", "x.csv", problems);
  return problems.text();
}

TEST(Csv, ReadsQuotesCommasAndLineEndsInCells) {
  const TextTable table = parse("name,text\nA,\"a, \"\"b\"\"\nc\"\nB,\"\"\n");
  EXPECT_EQ(table.path, "../x.csv");
  EXPECT_THAT(table.columns, ElementsAre("name", "text"));
  EXPECT_THAT(rows_of(table), ElementsAre(ElementsAre("A", "a, \"b\"\nc"), ElementsAre("B", "")));
  EXPECT_EQ(table.cell_where(0).text(), "x.csv:2");
  EXPECT_EQ(table.cell_where(1).text(), "x.csv:4");
  EXPECT_EQ(parse("a\r\"1\r2\"\r3\r").cell_where(1).text(), "x.csv:4");
  EXPECT_EQ(parse("a\r\n\"1\r\n2\"\r\n3\r\n").cell_where(1).text(), "x.csv:4");
}

TEST(Csv, TakesByteOrderMarkAnyLineEndAndNoLastLineEnd) {
  for (const char* text : {"\xef\xbb\xbf"
                           "a,b\r\n1,2\r\n\r\n3,4",
                           "a,b\n1,2\n\n3,4\n", "a,b\r1,2\r\r3,4"}) {
    const TextTable table = parse(text);
    EXPECT_THAT(table.columns, ElementsAre("a", "b"));
    EXPECT_THAT(rows_of(table), ElementsAre(ElementsAre("1", "2"), ElementsAre("3", "4")));
    EXPECT_EQ(table.cell_where(0, 1).text(), "x.csv:2:3");
    EXPECT_EQ(table.cell_where(1, 0).text(), "x.csv:4:1");
  }
}

TEST(Csv, CellsKnowTheirPlaceInTheLineUnlessALineEndComesBefore) {
  const TextTable table = parse("a,b,c\n\"x\",\"y\"\"\",z\n1,\"2\n2\",3\n");
  EXPECT_EQ(table.cell_where(0, 1).text(), "x.csv:2:5");
  EXPECT_EQ(table.cell_where(0, 2).text(), "x.csv:2:11");
  EXPECT_EQ(table.cell_where(1, 1).text(), "x.csv:3:3");
  EXPECT_EQ(table.cell_where(1, 2).text(), "x.csv:3");
}

TEST(Csv, CopiesOfATableShareItsText) {
  const TextTable copy = TextTable(parse("a,b\n\"1\"\"\",2\n"));
  EXPECT_THAT(rows_of(copy), ElementsAre(ElementsAre("1\"", "2")));
  EXPECT_EQ(TextTable().rows(), 0U);
}

TEST(Csv, KeepsBlanksHashesAndUmlauts) {
  EXPECT_THAT(rows_of(parse("a,b\n#x, Südtirol \n")), ElementsAre(ElementsAre("#x", " Südtirol ")));
}

TEST(Csv, ReportsEveryRaggedRowAndIsNoTable) {
  Diagnostics problems;
  const TextTable table = parse_csv("a,b\n1\n1,2\n1,2,3\n", "x.csv", "x.csv", problems);
  EXPECT_EQ(problems.text(),
            "x.csv:2: this row has 1 cells where the heading has 2\nx.csv:4: this row has 3 cells where the "
            "heading has 2");
  EXPECT_TRUE(table.columns.empty());
  EXPECT_EQ(table.rows(), 0U);
}

TEST(Csv, ReportsTheFirstWrongRows) {
  for (const bool are_many : {false, true}) {
    std::string text = "a,b\n1,2\n";
    for (int i = 0; i < (are_many ? 21 : 20); ++i) text += "1\n";
    Diagnostics problems;
    (void)parse_csv(text, "x.csv", "x.csv", problems);
    EXPECT_THAT(problems.text(), HasSubstr("x.csv:22: this row has 1 cells"));
    EXPECT_EQ(problems.text().find("x.csv:23: more than 20 rows are wrong; reading stopped here") !=
                  std::string::npos,
              are_many);
  }
}

TEST(Csv, BoundsTheCellsWithQuotesInThem) {
  std::string text = "a\n";
  for (int i = 0; i < 500'002; ++i) text += "\"\"\"\"\n";
  EXPECT_EQ(problems_of(text),
            "x.csv:500002: more than 500000 cells have quotes in them; reading stopped here");
}

TEST(Csv, KnowsTheLineOfItsHeading) {
  Diagnostics problems;
  const TextTable table = parse_csv("\n\na,b\n1,2\n", "x.csv", "x.csv", problems);
  EXPECT_EQ(table.require_column("c", problems), -1);
  EXPECT_THAT(problems.text(), HasSubstr("x.csv:3: column 'c' is missing"));
}

TEST(Csv, ReportsBadHeadings) {
  EXPECT_THAT(problems_of(""), HasSubstr("x.csv: is empty"));
  EXPECT_THAT(problems_of("\n\n"), HasSubstr("x.csv: is empty"));
  EXPECT_EQ(problems_of("a,b,a\n"), "x.csv:1: column 'a' stands twice in the heading");
  EXPECT_EQ(problems_of("a,,b\n"), "x.csv:1: a column of the heading has no name");
  EXPECT_THAT(problems_of("a;b\n1;2\n"), HasSubstr("separate columns by commas"));
  EXPECT_THAT(problems_of(std::string(2000, ',')), HasSubstr("more than 1000 columns"));
  EXPECT_EQ(problems_of("a," + std::string(201, 'x') + "\n"),
            "x.csv:1: a column of the heading has a name of more than 200 bytes");
  EXPECT_EQ(problems_of("a,b\n" + std::string(2000, ',')),
            "x.csv:2: this row has more than 1000 cells where the heading has 2");
}

TEST(Csv, ReportsWrongQuoting) {
  EXPECT_THAT(problems_of("a,b\n1,x\"y\n"),
              HasSubstr("x.csv:2: this row has a quote inside a cell without quotes"));
  EXPECT_THAT(problems_of("a,b\n\"1\"x,2\n3,4\n"),
              HasSubstr("x.csv:2: this row has text after the closing quote"));
  EXPECT_THAT(problems_of("a,b\n1,2\n1,\"2\n3,4\n"),
              HasSubstr("x.csv:3: this row starts a quoted cell that never ends"));
}

TEST(Csv, ReportsWhatIsNoText) {
  EXPECT_EQ(problems_of("a,b\n1,M\xfcller\n"), "x.csv:2:4: is not a text in UTF-8");
  EXPECT_THAT(problems_of(std::string("a,b\n\0,1\n", 8)),
              HasSubstr("x.csv:2:1: holds the control character 0x00"));
}

TEST(Csv, ReportsFilesThatCannotBeRead) {
  const TemporaryFolder folder;
  Diagnostics problems;
  (void)read_csv(folder.path("none.csv"), "none.csv", problems);
  EXPECT_EQ(problems.text(), "cannot read " + folder.path("none.csv") + ": there is no such file");
  const TextTable table = read_csv(folder.write("some.csv", "a\n1\n"), "some.csv", problems);
  EXPECT_EQ(table.cell_where(0).text(), folder.path("some.csv") + ":2");
}

}  // namespace
}  // namespace ketsim
