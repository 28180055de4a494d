// Money is a unit: where every amount of the input is a power of two times as large, nobody decides
// otherwise, and every amount of the output is as many times as large, but for the rounding to whole cents.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/limits.hpp"

namespace ketsim {
namespace {

//! ROCKET with every declared amount of money times `factor`. New parameters are found by their unit.
Node in_other_money(const Overrides& changes, double factor, std::set<std::string>* changed = nullptr) {
  Node root = document_of("rocket.yaml", changes);
  const Scenario scenario = scenario_of(root);
  for (const ParameterRow& row : scenario_schema().rows(&scenario)) {
    const bool is_number = row.type == ValueType::real || row.type == ValueType::reals;
    if (!is_number || row.declaration.unit.find("EUR") == std::string::npos) continue;
    set_at_path(root, split_path(row.path), Node::scalar(real_text(factor * std::stod(row.value))));
    if (changed != nullptr) changed->insert(row.path);
  }
  return root;
}

//! All that was decided on proposals and projects, without the amounts.
std::vector<std::string> decisions_in(const World& world) {
  std::vector<std::string> lines;
  for (const Proposal& p : world.proposals) {
    std::string line = fmt::format("proposal {} {} {} {} {} {} {} {} {}", p.policy.row, p.ket.row, p.lead.row,
                                   p.attempt, static_cast<int>(p.status), p.submitted, p.decided,
                                   real_text(p.quality), real_text(p.score));
    for (const Member& member : p.members) line += fmt::format(" {}", member.actor.code());
    lines.push_back(line);
  }
  for (const Project& p : world.projects) {
    std::string line = fmt::format("project {} {} {} {} {} {} {}", p.policy.row, p.lead.row, p.start, p.end,
                                   p.finished, static_cast<int>(p.status), p.products);
    for (const Member& member : p.members)
      line += fmt::format(" {}{}", member.actor.code(), member.left ? "-" : "");
    lines.push_back(line);
  }
  return lines;
}

class OtherMoney : public testing::TestWithParam<double> {};
INSTANTIATE_TEST_SUITE_P(Factors, OtherMoney, testing::Values(0.25, 2.0, 32.0));

TEST_P(OtherMoney, ChangesNoDecisionAndScalesEveryAmount) {
  const double factor = GetParam();
  const Overrides changes = months_of("2014-01", "2021-12");
  const auto one = run_of(setup_of(scenario_of(in_other_money(changes, 1.0))), 3);
  const auto other = run_of(setup_of(scenario_of(in_other_money(changes, factor))), 3);
  const World& a = one->world();
  const World& b = other->world();
  const std::set<std::string> amounts{"cash", "usual_cash", "base_margin", "instalments"};
  for (const std::string& column : differing_columns(a, b)) EXPECT_TRUE(amounts.contains(column)) << column;
  EXPECT_EQ(decisions_in(a), decisions_in(b));
  EXPECT_GT(a.projects.size(), 3U);

  // A cent of rounding at most for each of the amounts that go into a balance: some a month.
  const double cents = 0.02 * static_cast<double>(one->context().scenario().months()) * std::max(factor, 1.0);
  for (std::size_t i = 0; i < a.firms.count(); ++i) {
    const FirmId firm(i);
    EXPECT_EQ(b.firms.base_margin[firm], static_cast<float>(factor) * a.firms.base_margin[firm]);
    EXPECT_NEAR(b.firms.instalments[firm].euros(), factor * a.firms.instalments[firm].euros(),
                0.05 * std::max(factor, 1.0));
    EXPECT_NEAR(b.firms.cash[firm].euros(), factor * a.firms.cash[firm].euros(), cents) << i;
  }
  const ProgrammeId rocket(0);
  EXPECT_NEAR(b.ledger.paid(rocket).euros(), factor * a.ledger.paid(rocket).euros(), 10.0 * cents);
  EXPECT_NEAR(b.ledger.borne_by_partners().euros(), factor * a.ledger.borne_by_partners().euros(),
              10.0 * cents);
  EXPECT_NEAR(b.private_investment.euros(), factor * a.private_investment.euros(), 1000.0 * cents);
}

TEST(OtherMoney, FindsTheAmountsOfAllPartsOfTheScenario) {
  std::set<std::string> changed;
  in_other_money({}, 1.0, &changed);
  for (const char* path :
       {"programmes[rocket].budget", "firms.cash_per_employee", "firms.margin_per_employee",
        "technologies[photonics].cost[micro]", "programmes[rocket].policies[events].params.cost",
        "programmes[rocket].policies[projects].params.max_grant_per_sme",
        "programmes[rocket].policies[projects].params.work_package[research]",
        "programmes[rocket].policies[studies].params.effort_lead"})
    EXPECT_TRUE(changed.contains(path)) << path;
}

// The test would notice an amount that stayed behind.
TEST(OtherMoney, OneAmountLeftBehindWouldShow) {
  const Overrides changes = months_of("2014-01", "2021-12");
  Node forgetful = in_other_money(changes, 2.0);
  set_at_path(forgetful, split_path("firms.cash_per_employee"), Node::scalar("6000"));
  const auto one = run_of(setup_of(scenario_of(in_other_money(changes, 1.0))), 3);
  const auto other = run_of(setup_of(scenario_of(forgetful)), 3);
  EXPECT_NE(decisions_in(one->world()), decisions_in(other->world()));
}

}  // namespace
}  // namespace ketsim
