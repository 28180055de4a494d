// Problems: each once, the first thousand, none too long; and the nearest name against the table of
// distances.
#include "ketsim/base/diagnostics.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>
#include <random>

namespace ketsim {
namespace {

using testing::EndsWith;
using testing::HasSubstr;

std::size_t distance_by_table(const std::string& a, const std::string& b) {
  std::vector<std::vector<std::size_t>> table(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        table[i][j] = i + j;
        continue;
      }
      const std::size_t other = table[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      table[i][j] = std::min({table[i - 1][j] + 1, table[i][j - 1] + 1, other});
    }
  }
  return table[a.size()][b.size()];
}

TEST(NearestName, IsTheFirstOfThoseAtTheLeastDistance) {
  std::mt19937 draw(7);
  const auto word = [&draw](std::size_t longest) {
    std::string letters(draw() % (longest + 1), ' ');
    for (char& letter : letters) letter = static_cast<char>('a' + draw() % 3);
    return letters;
  };
  for (int trial = 0; trial < 3000; ++trial) {
    const std::string wanted = word(trial % 2 == 0 ? 8 : 64);
    std::vector<std::string> candidates(5);
    for (std::string& candidate : candidates) candidate = word(trial % 2 == 0 ? 8 : 70);
    std::string nearest;
    std::size_t least = std::max<std::size_t>(2, wanted.size() / 3) + 1;
    for (const std::string& candidate : candidates) {
      const std::size_t distance = distance_by_table(wanted, candidate);
      if (distance < least) nearest = candidate;
      least = std::min(least, distance);
    }
    EXPECT_EQ(nearest_name(wanted, candidates), nearest) << wanted;
  }
}

TEST(NearestName, DoesNotMindCapitalsAndGivesUpWhereThereIsTooMuchToLookAt) {
  EXPECT_EQ(nearest_name("Photonic", {"nanotechnology", "photonics"}), "photonics");
  EXPECT_EQ(nearest_name(std::string(65, 'x'), {std::string(65, 'x')}), "");
  EXPECT_EQ(nearest_name("x", std::vector<std::string>(2001, "x")), "");
}

TEST(Diagnostics, TellsEachProblemOnceAndTheFirstThousand) {
  Diagnostics problems;
  for (int i = 0; i < 600; ++i) problems.add({nullptr, 0, 0}, std::to_string(i));
  for (int i = 0; i < 600; ++i) problems.add({nullptr, 0, 0}, std::to_string(i));
  EXPECT_EQ(problems.count(), 600U);
  EXPECT_FALSE(problems.is_full());
  for (int i = 600; i < 1002; ++i) problems.add({nullptr, 0, 0}, std::to_string(i));
  EXPECT_EQ(problems.problems().size(), 1000U);
  EXPECT_EQ(problems.count(), 1002U);
  EXPECT_THAT(problems.text(), EndsWith("\n999\nthere are more problems; these are the first 1000"));
  Diagnostics all;
  all.add(problems);
  EXPECT_EQ(all.count(), 1002U);
}

TEST(Diagnostics, CutsLongTextsAtTheEndOfALetter) {
  Diagnostics problems;
  std::string umlauts = "x";
  for (int i = 0; i < 5000; ++i) umlauts += "ü";
  problems.add({}, umlauts);
  EXPECT_EQ(problems.problems().front().what, umlauts.substr(0, 999) + "...");
  EXPECT_EQ(shortened(umlauts), umlauts.substr(0, 59));
  EXPECT_EQ(shortened("short"), "short");
}

}  // namespace
}  // namespace ketsim
