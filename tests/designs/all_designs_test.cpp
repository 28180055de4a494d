// What every design promises: its points follow from parameters, factors and seed alone.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "ketsim/scenario/catalogue.hpp"
#include "support/designs.hpp"
#include "support/tables.hpp"

namespace ketsim {
namespace {

DesignInput input_of(std::uint64_t seed) {
  DesignInput input{unit_factors(2), seed, {}};
  input.factors.push_back(Factor::among("rule", {"lottery", "score"}));
  input.table = table_from("points.csv", {"f0", "f1", "rule"}, {{"0.1", "0.2", "score"}});
  return input;
}

//! All that a design says, as one text.
std::string text_of(const std::string& kind, std::uint64_t seed) {
  Settings settings;
  if (kind == "list") settings = {{"file", "points.csv"}};
  std::string text;
  for (const DesignPoint& point : design_points_of(kind, settings, input_of(seed))) {
    text += std::to_string(point.block) + ' ' + point.part;
    for (const std::string& value : point.values) text += ' ' + value;
    text += '\n';
  }
  return text;
}

bool is_random(const std::string& kind) {
  constexpr std::array random{"latin_hypercube", "morris", "saltelli", "sobol"};
  return std::ranges::find(random, kind) != random.end();
}

TEST(AllDesigns, AreRegistered) {
  EXPECT_THAT(design_catalogue().names(), testing::IsSupersetOf({"grid", "latin_hypercube", "list", "morris",
                                                                 "one_at_a_time", "saltelli", "sobol"}));
}

TEST(AllDesigns, FollowFromTheSeedAlone) {
  for (const std::string& kind : design_catalogue().names()) {
    EXPECT_NE(text_of(kind, 1), "") << kind;
    EXPECT_EQ(text_of(kind, 1), text_of(kind, 1)) << kind;
    EXPECT_EQ(text_of(kind, 1) != text_of(kind, 2), is_random(kind)) << kind;
  }
}

TEST(AllDesigns, GiveEachFactorAValueOfItsOwnAtEveryPoint) {
  for (const std::string& kind : design_catalogue().names()) {
    Settings settings;
    if (kind == "list") settings = {{"file", "points.csv"}};
    for (const DesignPoint& point : design_points_of(kind, settings, input_of(1))) {
      ASSERT_EQ(point.values.size(), 3U) << kind;
      EXPECT_TRUE(point.values[2] == "lottery" || point.values[2] == "score") << kind;
      EXPECT_LE(number_of(point.values[0]), 1.0) << kind;
    }
  }
}

}  // namespace
}  // namespace ketsim
