// Rows of hazards do what one hazard after the other would do.
#include "ketsim/engine/hazard_rows.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "ketsim/rng/samplers.hpp"

namespace ketsim {
namespace {

TEST(HazardRows, ContinuousRatesAreHazards) {
  std::vector<float> rate{0.0F, 0.01F, 3.0F};
  hazards_of_rates(Timing::continuous, rate.size(), rate.data());
  EXPECT_EQ(rate, (std::vector<float>{0.0F, 0.01F, 3.0F}));
}

// exp(-hazard) = 1 - chance, to the rounding of single precision, by series and beyond it.
TEST(HazardRows, DiscreteRatesAreChances) {
  for (const float most : {0.25F, 0.999F}) {
    std::vector<float> rate;
    for (int i = 0; i <= 200; ++i) rate.push_back(most * static_cast<float>(i) / 200.0F);
    const std::vector<float> chance = rate;
    hazards_of_rates(Timing::discrete, rate.size(), rate.data());
    for (std::size_t i = 0; i < rate.size(); ++i) {
      const double exact = -std::log1p(-static_cast<double>(chance[i]));
      ASSERT_NEAR(rate[i], exact, 3e-7 * exact + 1e-12) << chance[i];
    }
  }
}

TEST(HazardRows, AChanceOfOneIsCertain) {
  std::vector<float> rate{1.0F, 1.5F, 0.1F};
  std::vector<Hazard> dose(3);
  hazards_of_rates(Timing::discrete, rate.size(), rate.data());
  doses_of_hazards(rate.size(), rate.data(), dose.data());
  EXPECT_EQ(dose[0], certain_hazard);
  EXPECT_EQ(dose[1], certain_hazard);
  EXPECT_LT(dose[2], certain_hazard);
}

TEST(HazardRows, DosesAreToTheNearestUnit) {
  const std::vector<float> hazard{0.0F,  0x1p-26F, 0x1.8p-26F, 0.003F,
                                  31.9F, 32.0F,    1e30F,      std::numeric_limits<float>::infinity()};
  std::vector<Hazard> dose(hazard.size());
  doses_of_hazards(hazard.size(), hazard.data(), dose.data());
  EXPECT_EQ(dose[0], 0U);
  EXPECT_EQ(dose[1], 1U);
  EXPECT_EQ(dose[2], 2U);
  EXPECT_EQ(dose[3], to_hazard(static_cast<double>(hazard[3])));
  EXPECT_NEAR(from_hazard(dose[4]), 31.9, 1e-5);
  for (const std::size_t certain : {5U, 6U, 7U}) EXPECT_EQ(dose[certain], certain_hazard);
}

TEST(HazardRows, TakesDosesAsAccumulateDoes) {
  const Randomness random(3, 0);
  for (std::size_t rows : {std::size_t{1}, std::size_t{7}, std::size_t{100}, rows_at_once}) {
    Stream draw = random.stream(Purpose::awareness, rows);
    std::vector<Stage> stages;
    std::vector<Hazard> dose;
    std::vector<Hazard> remaining;
    for (std::size_t i = 0; i < rows; ++i) {
      stages.push_back(uniform(draw) < 0.7 ? Stage::unaware : Stage::aware);
      dose.push_back(static_cast<Hazard>(uniform(draw) * 100.0));
      remaining.push_back(1 + static_cast<Hazard>(uniform(draw) * 200.0));
    }
    dose.back() = certain_hazard;
    remaining.back() = 0xfffffff0U;
    std::vector<Hazard> one_by_one = remaining;
    std::vector<std::uint16_t> expected;
    for (std::size_t i = 0; i < rows; ++i) {
      if (stages[i] == Stage::unaware && accumulate(one_by_one[i], dose[i]))
        expected.push_back(static_cast<std::uint16_t>(i));
    }
    std::vector<std::uint16_t> passed(rows_at_once);
    passed.resize(
        take_doses(Stage::unaware, rows, stages.data(), dose.data(), remaining.data(), passed.data()));
    EXPECT_EQ(passed, expected);
    EXPECT_EQ(remaining, one_by_one);
  }
}

}  // namespace
}  // namespace ketsim
