// One small firm in a world with one programme, in the hands of a test of what supports single firms.
#pragma once

#include <gtest/gtest.h>

#include <memory>

#include "ketsim/engine/awarding.hpp"
#include "ketsim/engine/support.hpp"
#include "ketsim/engine/valuation.hpp"
#include "support/small_world.hpp"

namespace ketsim {

inline constexpr ProgrammeId scheme{0};
inline constexpr KetId ket{3};
inline constexpr FirmId firm{5};

//! A world with one programme and these policies, and one small firm in the hands of the test.
class SupportTest : public testing::Test {
 protected:
  void begin(const std::string& policies, const Overrides& more = {}) {
    Overrides changes{
        "time.start=2016-01",
        "time.end=2027-12",
        "horizons=[2027-12]",
        "population.agents=200",
        "decisions.own_funds_share=0.4",
        "programmes={scheme: {owner: state, budget: 2000000, start: 2016-01, end: 2022-01, policies: " +
            policies + "}}"};
    changes.insert(changes.end(), more.begin(), more.end());
    simulation_ = std::make_unique<Simulation>(setup_of("no_programme.yaml", changes), 1, 0);
    context_ = std::make_unique<Context>(simulation_->context());
    world().ledger.appropriate(scheme, to_money(2e6));
    world().firms.size[firm] = SizeClass::small;
    world().firms.cash[firm] = to_money(500e3);
    world().tell_of_programme(firm, scheme);
    set_stage(Stage::interested);
  }
  void set_stage(Stage stage) {
    if (world().firms.stage(firm, ket) != stage) world().change_stage(firm, ket, stage, Trigger::founding);
  }
  World& world() { return simulation_->world(); }
  Ledger& ledger() { return world().ledger; }
  Money& cash() { return world().firms.cash[firm]; }
  PolicyState& policy(const std::string& name) { return policy_of(*context_, name); }
  void step(const std::string& process) {
    process_of(context_->setup, process)->step(*context_);
    ASSERT_NO_THROW(ledger().check());
  }
  void pass_months(int months, const std::vector<std::string>& processes) {
    for (int m = 0; m < months; ++m) {
      ++world().month;
      ledger().begin_month();
      for (const std::string& process : processes) step(process);
    }
  }
  std::vector<SupportOffer> offers(Occasion occasion, double cost) {
    return supports_for(*context_, occasion, firm, ket, cost, 0.0);
  }
  void apply(Occasion occasion, double cost) {
    apply_for_support(*context_, firm, ket, cost, offers(occasion, cost));
  }

  std::unique_ptr<Simulation> simulation_;
  std::unique_ptr<Context> context_;
};

inline const std::string at_once = "allocation: {rule: first_come, decision_months: 0}";

}  // namespace ketsim
