// How firms value a technology: closed forms, directions, and no dependence on the currency.
#include "ketsim/engine/valuation.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "support/small_world.hpp"

namespace ketsim {
namespace {

constexpr KetId ket{0};

class ValuationTest : public testing::Test {
 protected:
  ValuationTest()
      : simulation_(setup_of("no_programme.yaml", {"population.agents=400"}), 1, 0), valuation_(scenario()) {}

  [[nodiscard]] const Scenario& scenario() { return simulation_.context().scenario(); }
  [[nodiscard]] World& world() { return simulation_.world(); }
  [[nodiscard]] std::size_t firms() { return world().firms.count(); }

  Simulation simulation_;
  Valuation valuation_;
};

TEST_F(ValuationTest, AdoptionIsExpectedValueLessCostLessRisk) {
  World& w = world();
  const FirmId firm(3);
  w.firms.risk_aversion[firm] = 2.0F;
  w.firms.evidence.edit(firm, ket) = 3.0F;
  w.firms.adopting_exposure(firm, ket) = 0;
  const Ket& technology = w.geography->ket(ket);
  const double cost = technology.cost[static_cast<std::size_t>(w.firms.size[firm])];
  const double annuity = (1.0 - std::exp(-0.10 * 7.0)) / 0.10;
  const double yearly = technology.benefit_share * cost * technology.relevance[w.firms.sector[firm]] *
                        w.firms.affinity(firm, ket);
  const double benefit = annuity * yearly * 1.25;
  const double doubt = technology.uncertainty / std::sqrt(1.0 + 3.0 + 1.0);
  const double variance = benefit * benefit * doubt * doubt;
  const double total_wealth =
      w.firms.cash[firm].euros() + 12.0 * static_cast<double>(w.firms.base_margin[firm]);
  const double expected = benefit - cost - 2.0 * variance / (2.0 * total_wealth);
  EXPECT_NEAR(valuation_.adoption(w, firm, ket, 1.0, 0.25), expected, 1e-6 * std::fabs(expected) + 1e-3);
}

TEST_F(ValuationTest, ATrialFallsByItsOutlayEuroByEuro) {
  for (std::size_t i = 0; i < firms(); ++i) {
    const double cheap = valuation_.trial(world(), FirmId(i), ket, 0.7, 2.0, 0.0, 1000.0, 9.0);
    const double dear = valuation_.trial(world(), FirmId(i), ket, 0.7, 2.0, 0.0, 5000.0, 9.0);
    ASSERT_NEAR(cheap - dear, 4000.0, 1e-6);
  }
}

TEST_F(ValuationTest, ATrialOfWhatWouldNotPayIsWorthMinusItsOutlay) {
  World& w = world();
  w.firms.affinity(FirmId(0), ket) = 1e-3F;
  EXPECT_DOUBLE_EQ(valuation_.trial(w, FirmId(0), ket, 0.7, 2.0, 0.0, 1234.0, 9.0), -1234.0);
}

// Success brings in its time what adoption is worth, and is a risk like others: a draw of 0 or 1.
TEST_F(ValuationTest, ATrialIsItsDiscountedPrizeLessRiskAndOutlay) {
  World& w = world();
  const FirmId firm(3);
  w.firms.affinity(firm, ket) = 5.0F;
  w.firms.risk_aversion[firm] = 0.05F;
  const double adoption = valuation_.adoption(w, firm, ket, 2.0, 0.0);
  ASSERT_GT(adoption, 0.0);
  const double prize = adoption * std::exp(-0.10 * 9.0 / 12.0);
  const double risk = static_cast<double>(w.firms.risk_aversion[firm]) * prize * prize * 0.7 * 0.3 /
                      (2.0 * valuation_.wealth(w, firm));
  EXPECT_NEAR(valuation_.trial(w, firm, ket, 0.7, 2.0, 0.0, 1000.0, 9.0), 0.7 * prize - risk - 1000.0,
              1e-9 * prize);
}

TEST_F(ValuationTest, SuccessRisesWithKnowledgeFromFloorToCeiling) {
  const double complexity = world().geography->ket(ket).complexity;
  double before = -1.0;
  for (int step = 0; step <= 10; ++step) {
    const double chance = valuation_.success_chance(world(), FirmId(0), ket, complexity * step / 10.0);
    EXPECT_GT(chance, before);
    before = chance;
  }
  EXPECT_DOUBLE_EQ(valuation_.success_chance(world(), FirmId(0), ket, 0.0),
                   scenario().decisions.success_floor);
  EXPECT_DOUBLE_EQ(valuation_.success_chance(world(), FirmId(0), ket, complexity),
                   scenario().decisions.success_ceiling);
  EXPECT_DOUBLE_EQ(valuation_.success_chance(world(), FirmId(0), ket, 1.0),
                   scenario().decisions.success_ceiling);
}

TEST_F(ValuationTest, BenefitFallsWithRivalsThatUseTheKet) {
  World& w = world();
  const double alone = valuation_.benefit(w, FirmId(0), ket);
  w.rivals[0][w.firms.sector[FirmId(0)]] = 0.5;
  EXPECT_NEAR(valuation_.benefit(w, FirmId(0), ket), alone * (1.0 - 0.4 * 0.5), 1e-9 * alone);
}

TEST_F(ValuationTest, ContactsThatUseTheKetAreEvidence) {
  World& w = world();
  w.firms.evidence.edit(FirmId(0), ket) = 1.5F;
  w.firms.adopting_exposure(FirmId(0), ket) = 2 * 255;
  EXPECT_DOUBLE_EQ(valuation_.evidence(w, FirmId(0), ket), 3.5);
}

TEST_F(ValuationTest, TheBeliefInAnAwardIsTheMeanOfABetaDistribution) {
  World& w = world();
  EXPECT_DOUBLE_EQ(valuation_.award_belief(w, FirmId(0)), 1.0 / 3.0);  // prior: one award, two rejections
  w.firms.belief_wins.edit(FirmId(0)) = 2.0F;
  EXPECT_DOUBLE_EQ(valuation_.award_belief(w, FirmId(0)), 3.0 / 5.0);
  w.firms.belief_losses.edit(FirmId(0)) = 5.0F;
  EXPECT_DOUBLE_EQ(valuation_.award_belief(w, FirmId(0)), 3.0 / 10.0);
}

TEST_F(ValuationTest, DiscountIsOneNowAndContinuousAtTheYearlyRate) {
  EXPECT_DOUBLE_EQ(valuation_.discount(0.0), 1.0);
  EXPECT_NEAR(valuation_.discount(12.0), std::exp(-0.10), 1e-15);
}

//! The scenario in another currency. The declared ranges are for euros, hence past the reader.
Scenario in_another_currency(Scenario scenario) {
  scenario.firms.margin_per_employee *= 1024.0;
  scenario.firms.cash_per_employee *= 1024.0;
  for (Named<Technology>& technology : scenario.technologies) {
    for (auto& [size, cost] : technology.value.cost) cost *= 1024.0;
  }
  return scenario;
}

TEST(Currency, ValuesAreHomogeneousOfDegreeOneInMoney) {
  const Scenario euros = scenario_of("no_programme.yaml", {"population.agents=400"});
  const Simulation one(setup_of(euros), 1, 0);
  const Simulation other(setup_of(in_another_currency(euros)), 1, 0);
  const Valuation valuation(euros);
  for (std::size_t i = 0; i < one.world().firms.count(); ++i) {
    const FirmId firm(i);
    const double adoption = valuation.adoption(one.world(), firm, ket, 1.0, 0.2);
    const double trial = valuation.trial(one.world(), firm, ket, 0.7, 1.0, 0.2, 500.0, 9.0);
    const double scale = std::fabs(adoption) + valuation.wealth(one.world(), firm);
    ASSERT_NEAR(valuation.adoption(other.world(), firm, ket, 1.0, 0.2) / 1024.0, adoption,
                1e-4 * scale);  // cash is in whole cents
    ASSERT_NEAR(valuation.trial(other.world(), firm, ket, 0.7, 1.0, 0.2, 500.0 * 1024.0, 9.0) / 1024.0, trial,
                1e-4 * scale);
  }
}

TEST(Currency, NobodyDecidesOtherwiseInAnotherOne) {
  const Scenario euros = scenario_of("no_programme.yaml", {"time.end=2020-12", "horizons=[2020-12]"});
  const auto one = run_of(setup_of(euros));
  const auto other = run_of(setup_of(in_another_currency(euros)));
  const auto differing = differing_columns(one->world(), other->world());
  EXPECT_THAT(differing, testing::IsSubsetOf({"base_margin", "usual_cash", "cash", "instalments"}));
  EXPECT_GT(last(*one, "adopters"), monthly(*one, "adopters").front());
}

}  // namespace
}  // namespace ketsim
