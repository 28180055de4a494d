// Trees of the user's input: paths into them, and one laid over another.
#include "ketsim/describe/document.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ketsim/base/month.hpp"
#include "support/small_world.hpp"

namespace ketsim {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(SplitPath, SeparatesKeysAtDotsAndBrackets) {
  EXPECT_THAT(split_path("seed"), ElementsAre("seed"));
  EXPECT_THAT(split_path("network.mixing"), ElementsAre("network", "mixing"));
  EXPECT_THAT(split_path("programmes[rocket].policies[projects].params.rate"),
              ElementsAre("programmes", "rocket", "policies", "projects", "params", "rate"));
  EXPECT_THAT(split_path("a[b.c][d e]"), ElementsAre("a", "b.c", "d e"));
}

TEST(SplitPath, IsEmptyForWhatIsNoPath) {
  for (const char* text : {"", ".", "a.", ".a", "a..b", "a[", "a[]", "a[b", "a[b]c", "a.[b]", "[", "a[b]."}) {
    EXPECT_THAT(split_path(text), IsEmpty()) << text;
  }
}

TEST(SetAtPath, MakesMappingsOnTheWay) {
  Node root = yaml_of("a: 1");
  set_at_path(root, {"b", "c"}, Node::scalar("2"));
  set_at_path(root, {"a"}, Node::scalar("3"));
  EXPECT_EQ(write_yaml(root), write_yaml(yaml_of("a: 3\nb:\n  c: 2\n")));
}

//! The outcome of a merge, as YAML.
std::string merged(const char* base, const char* over) {
  return write_yaml(merge(yaml_of(base), yaml_of(over)));
}
std::string as_yaml(const char* text) {
  return write_yaml(yaml_of(text));
}

TEST(Merge, MappingsMergeKeyByKey) {
  EXPECT_EQ(merged("{a: {x: 1, y: 2}, b: 3}", "{a: {y: 5, z: 6}}"), as_yaml("{a: {x: 1, y: 5, z: 6}, b: 3}"));
}

TEST(Merge, SequencesAreReplaced) {
  EXPECT_EQ(merged("{a: [1, 2, 3]}", "{a: [4]}"), as_yaml("{a: [4]}"));
}

TEST(Merge, NullRemoves) {
  EXPECT_EQ(merged("{a: 1, b: {x: 1, y: 2}}", "{a: null, b: {x: null}}"), as_yaml("{b: {y: 2}}"));
  EXPECT_EQ(merged("{a: 1}", "{b: null}"), as_yaml("{a: 1}"));
}

TEST(Merge, NullRemovesAlsoInsideWhatTheBaseLacks) {
  EXPECT_EQ(merged("{a: 1}", "{b: {x: null, y: 2}}"), as_yaml("{a: 1, b: {y: 2}}"));
}

TEST(Merge, OtherKindsAreReplaced) {
  EXPECT_EQ(merged("{a: {x: 1}}", "{a: 2}"), as_yaml("{a: 2}"));
  EXPECT_EQ(merged("{a: 2}", "{a: {x: 1}}"), as_yaml("{a: {x: 1}}"));
}

TEST(Merge, ValuesKeepThePlaceWhereTheyStand) {
  const Node base = yaml_of("a: 1\nb: 2\n", "base.yaml");
  const Node over = yaml_of("b: 3\n", "over.yaml");
  const Node node = merge(base, over);
  EXPECT_EQ(node.find("a")->where().text(), "base.yaml:1:4");
  EXPECT_EQ(node.find("b")->where().text(), "over.yaml:1:4");
}

TEST(ParseMonth, ReadsYearAndMonthAndNothingElse) {
  EXPECT_EQ(parse_month("2016-04"), make_month(2016, 4));
  EXPECT_EQ(make_month(2016, 4).text(), "2016-04");
  EXPECT_EQ(make_month(2016, 12) + 1, make_month(2017, 1));
  EXPECT_EQ(make_month(2017, 1) - make_month(2016, 4), 9);
  for (const char* text : {"", "2016", "2016-4", "2016-00", "2016-13", "2016-04-01", "2016/04", " 2016-04",
                           "2016-4a", "-016-04"}) {
    EXPECT_FALSE(parse_month(text)) << text;
  }
}

TEST(Months, CountDaysFromTheEpoch) {
  EXPECT_EQ(days_since_epoch(make_month(1970, 1)), 0);
  EXPECT_EQ(days_since_epoch(make_month(2000, 3)), 11017);  // after a leap day
  EXPECT_EQ(days_since_epoch(make_month(1969, 12)), -31);
}

TEST(NearestName, FindsMisspeltWordsAndLeavesForeignOnesAlone) {
  const std::vector<std::string> names{"co_funding_rate", "max_grant", "months"};
  EXPECT_EQ(nearest_name("co_funding_rat", names), "co_funding_rate");
  EXPECT_EQ(nearest_name("Months", names), "months");
  EXPECT_EQ(nearest_name("temperature", names), "");
  EXPECT_EQ(name_hint("xyzzy", names), "; valid: co_funding_rate, max_grant, months");
}

}  // namespace
}  // namespace ketsim
