// One declaration per parameter: what is written is read back to the same bits, what is wrong is told with
// its place.
#include "ketsim/describe/schema.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <bit>
#include <limits>
#include <random>

#include "support/small_world.hpp"

namespace ketsim {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

enum class Colour { red, green };

struct Inner {
  double depth = 1.0;
};

struct Sample {
  double rate = 0.5;
  double free = 0.0;
  std::int64_t count = 3;
  bool flag = false;
  std::string text;
  std::vector<std::string> texts;
  Month month;
  std::vector<Month> months;
  std::map<std::string, double> cost{{"small", 1.0}};
  Colour colour = Colour::red;
  Inner section;
  std::vector<Named<Inner>> named;
};

const Schema<Inner>& inner_schema() {
  static const Schema<Inner> schema =
      Schema<Inner>("section", "inner")
          .real(&Inner::depth,
                {.name = "depth", .unit = "m", .range = {0, 9}, .doc = "depth", .source = "test"});
  return schema;
}

const Schema<Sample>& sample_schema() {
  using P = Sample;
  static const Schema<P> schema =
      Schema<P>("sample", "all types of member")
          .real(&P::rate,
                {.name = "rate", .unit = "1", .range = {0, 1}, .doc = "share of cost", .source = "test"})
          .real(&P::free, {.name = "free", .unit = "EUR", .doc = "any number", .source = "test"})
          .integer(&P::count, {.name = "count",
                               .unit = "month",
                               .range = {-1, 9007199254740991.0},
                               .doc = "months",
                               .source = "test"})
          .boolean(&P::flag, {.name = "flag", .unit = "", .doc = "yes or no", .source = "test"})
          .text(&P::text, {.name = "text", .unit = "", .doc = "words", .source = "test"})
          .texts(&P::texts, {.name = "texts", .unit = "", .doc = "lists of words", .source = "test"})
          .month(&P::month, {.name = "month", .unit = "month", .doc = "a month", .source = "test"})
          .months(&P::months, {.name = "months", .unit = "month", .doc = "some months", .source = "test"})
          .reals(&P::cost,
                 {.name = "cost", .unit = "EUR", .range = {0, 1e9}, .doc = "cost by size", .source = "test"})
          .choice(&P::colour, {"red", "green"},
                  {.name = "colour", .unit = "", .doc = "a colour", .source = "test"})
          .section(&P::section, inner_schema())
          .named(&P::named, inner_schema(),
                 {.name = "named", .unit = "", .doc = "inner ones by name", .source = "test"});
  return schema;
}

Sample read(const std::string& yaml, Diagnostics& problems) {
  Sample sample;
  sample_schema().read(yaml_of(yaml, "x.yaml"), &sample, "", problems);
  return sample;
}

std::string problems_of(const std::string& yaml) {
  Diagnostics problems;
  (void)read(yaml, problems);
  return problems.text();
}

//! A structure after a journey through YAML text.
Sample there_and_back(const Sample& sample) {
  Diagnostics problems;
  const Sample result = read(write_yaml(sample_schema().write(&sample)), problems);
  EXPECT_EQ(problems.text(), "");
  return result;
}

TEST(Schema, NumbersComeBackToTheSameBits) {
  std::mt19937_64 random(1);
  Sample sample;
  std::vector<double> values{
      0.0, -0.0, 0.1, 1.0 / 3.0, 1e-308, 5e-324, std::numeric_limits<double>::max(), -123456789.123456789};
  while (values.size() < 2000) {
    const double value = std::bit_cast<double>(random());
    if (std::isfinite(value)) values.push_back(value);
  }
  for (const double value : values) {
    sample.free = value;
    ASSERT_EQ(std::bit_cast<std::uint64_t>(there_and_back(sample).free), std::bit_cast<std::uint64_t>(value))
        << value;
  }
}

TEST(Schema, EveryTypeOfMemberComesBack) {
  Sample sample;
  sample.rate = 0.1;
  sample.count = 9007199254740991;
  sample.flag = true;
  sample.text = "true: 1 # no comment, \"Süd\"\n  and a second line";
  sample.texts = {"NO", "1.0", "", "null", "[x]"};
  sample.month = make_month(2016, 4);
  sample.months = {make_month(1999, 12), make_month(2020, 1)};
  sample.cost = {{"large", 1e-9}, {"small", 2.5}};
  sample.colour = Colour::green;
  sample.section.depth = 0.3;
  sample.named = {{"b", {1.5}}, {"a", {2.5}}};
  const Sample back = there_and_back(sample);
  EXPECT_EQ(back.rate, sample.rate);
  EXPECT_EQ(back.count, sample.count);
  EXPECT_EQ(back.flag, sample.flag);
  EXPECT_EQ(back.text, sample.text);
  EXPECT_EQ(back.texts, sample.texts);
  EXPECT_EQ(back.month, sample.month);
  EXPECT_EQ(back.months, sample.months);
  EXPECT_EQ(back.cost, sample.cost);
  EXPECT_EQ(back.colour, sample.colour);
  EXPECT_EQ(back.section.depth, sample.section.depth);
  ASSERT_EQ(back.named.size(), 2U);
  EXPECT_EQ(back.named[0].name, "b");  // in the order of the input
  EXPECT_EQ(back.named[1].value.depth, 2.5);
}

TEST(Schema, WhatIsLeftOutKeepsItsDefault) {
  Diagnostics problems;
  const Sample sample = read("cost: {large: 7}", problems);
  EXPECT_TRUE(problems.empty());
  EXPECT_EQ(sample.rate, 0.5);
  EXPECT_EQ(sample.cost, (std::map<std::string, double>{{"large", 7.0}, {"small", 1.0}}));
}

TEST(Schema, ValuesOutOfRangeAreToldWithPlaceAndBound) {
  EXPECT_EQ(problems_of("flag: true\nrate: 1.4"), "x.yaml:2:7: rate = 1.4 is above 1 (share of cost)");
  EXPECT_EQ(problems_of("rate: -0.1"), "x.yaml:1:7: rate = -0.1 is below 0 (share of cost)");
  EXPECT_EQ(problems_of("count: -2"), "x.yaml:1:8: count = -2 is below -1 month (months)");
  EXPECT_EQ(problems_of("named:\n  pit: {depth: 10}"),
            "x.yaml:2:16: named[pit].depth = 10 is above 9 m (depth)");
  EXPECT_EQ(problems_of("cost: {small: -1}"), "x.yaml:1:15: cost[small] = -1 is below 0 EUR (cost by size)");
}

TEST(Schema, TheEndsOfARangeAreInside) {
  EXPECT_EQ(problems_of("rate: 1\ncount: -1"), "");
}

TEST(Schema, UnknownKeysAreToldWithTheNearestName) {
  EXPECT_EQ(problems_of("raet: 0.1"), "x.yaml:1:1: raet is not known; did you mean 'rate'?");
  EXPECT_EQ(problems_of("section:\n  dept: 1"),
            "x.yaml:2:3: section.dept is not known; did you mean 'depth'?");
  EXPECT_EQ(problems_of("colour: gren"), "x.yaml:1:9: colour = 'gren' is not known; did you mean 'green'?");
}

TEST(Schema, WrongKindsOfValueAreTold) {
  for (const char* yaml : {"rate: [1]",    "rate: {a: 1}",  "rate: half",       "rate: nan",
                           "rate: inf",    "rate: 1e999",   "rate: '0.5'",      "rate: 0.5x",
                           "rate:",        "count: 1.5",    "count: 1e300",     "flag: yes",
                           "flag: 'true'", "month: 2016",   "months: 2016-01",  "months: [2016]",
                           "texts: word",  "cost: 1",       "cost: {small: x}", "section: 1",
                           "named: [1]",   "named: {a: 1}", "colour: [red]"}) {
    EXPECT_THAT(problems_of(yaml), HasSubstr("x.yaml:1:")) << yaml;
  }
}

TEST(Schema, AllProblemsAreToldAtOnce) {
  Diagnostics problems;
  (void)read("rate: 2\nraet: 1\ncount: x\n", problems);
  EXPECT_EQ(problems.problems().size(), 3U);
}

TEST(Schema, RowsListEveryParameterWithPathValueAndDefault) {
  Sample sample;
  sample.named = {{"pit", {4.0}}};
  sample.cost["large"] = 2.0;
  std::map<std::string, std::string> values;
  std::map<std::string, std::string> defaults;
  for (const ParameterRow& row : sample_schema().rows(&sample)) {
    values[row.path] = row.value;
    defaults[row.path] = row.default_value;
    EXPECT_FALSE(split_path(row.path).empty()) << row.path;
  }
  EXPECT_EQ(values.at("rate"), "0.5");
  EXPECT_EQ(values.at("named[pit].depth"), "4");
  EXPECT_EQ(defaults.at("named[pit].depth"), "1");
  EXPECT_EQ(values.at("cost[large]"), "2");
  EXPECT_EQ(defaults.at("cost[large]"), "");
  EXPECT_EQ(values.at("section.depth"), "1");
}

struct Holder {
  std::string kind;
  Parameters params;
  std::vector<Named<Parameters>> all;
};

const Schema<Holder>& holder_schema() {
  using P = Holder;
  static const Schema<P> schema =
      Schema<P>("holder", "holds plug-ins")
          .text(&P::kind, {.name = "kind", .unit = "", .doc = "which", .source = "test"}, true)
          .plugin(&P::params,
                  [](const P& holder) -> const AnySchema* {
                    return holder.kind == "sample" ? &sample_schema() : nullptr;
                  },
                  {.name = "params", .unit = "", .doc = "its parameters", .source = "test"})
          .plugins(&P::all,
                   [] {
                     return std::vector<const AnySchema*>{&inner_schema(), &sample_schema()};
                   },
                   {.name = "all", .unit = "", .doc = "each", .source = "test"});
  return schema;
}

Holder read_holder(const std::string& yaml, Diagnostics& problems) {
  Holder holder;
  holder_schema().read(yaml_of(yaml, "x.yaml"), &holder, "", problems);
  return holder;
}

TEST(PlugIns, ParametersAreThoseOfThePlugInThatIsNamed) {
  Diagnostics problems;
  const Holder holder =
      read_holder("params: {rate: 0.25}\nkind: sample\nall: {section: {depth: 2}}", problems);
  EXPECT_EQ(problems.text(), "");
  EXPECT_EQ(holder.params.as<Sample>().rate, 0.25);
  ASSERT_EQ(holder.all.size(), 2U);  // each plug-in has its parameters, named or not
  EXPECT_EQ(holder.all[0].value.as<Inner>().depth, 2.0);
  EXPECT_EQ(holder.all[1].value.as<Sample>().rate, 0.5);
}

TEST(PlugIns, HaveTheirDefaultsWhereNothingIsSaid) {
  Diagnostics problems;
  const Holder holder = read_holder("kind: sample", problems);
  EXPECT_EQ(problems.text(), "");
  EXPECT_EQ(holder.params.as<Sample>().count, 3);
  EXPECT_EQ(holder.all.size(), 2U);
}

TEST(PlugIns, ProblemsAreToldWithTheirPath) {
  Diagnostics problems;
  (void)read_holder("kind: sample\nparams: {rate: 2, raet: 1}\nall: {sektion: {}, sample: {count: x}}",
                    problems);
  std::vector<std::string> lines;
  for (const Problem& problem : problems.problems()) lines.push_back(problem.what);
  EXPECT_THAT(lines,
              testing::UnorderedElementsAre(HasSubstr("params.rate = 2 is above 1"),
                                            HasSubstr("params.raet is not known; did you mean 'rate'?"),
                                            HasSubstr("all[sektion] is not known; did you mean 'section'?"),
                                            HasSubstr("all[sample].count = 'x'")));
}

TEST(PlugIns, ARequiredMemberIsMissed) {
  Diagnostics problems;
  (void)read_holder("all: {}", problems);
  EXPECT_EQ(problems.text(), "x.yaml:1:1: kind is missing (which)");
}

}  // namespace
}  // namespace ketsim
