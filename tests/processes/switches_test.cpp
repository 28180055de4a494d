// Every mechanism does something: switched off, one named result is what it would be without it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <set>

#include "support/small_world.hpp"

namespace ketsim {
namespace {

using Measurement = std::function<double(Simulation&)>;

//! A process, what it alone brings about, and the value of that without it.
struct Switch {
  std::string process;
  std::string scenario;
  Measurement effect;
  double without;
};

double pairs_in(Simulation& simulation, Stage stage) {
  const auto cells = simulation.recorder().now("pairs_in_stage");
  double sum = 0.0;
  for (std::size_t k = 0; k < simulation.world().ket_count(); ++k)
    sum += cells[static_cast<std::size_t>(stage) * simulation.world().ket_count() + k];
  return sum;
}

Measurement total_of(const std::string& series) {
  return [series](Simulation& simulation) { return total(simulation, series); };
}

//! Sum of absolute differences between the world now and when it was founded.
template <class F>
Measurement change_of(F value) {
  return [value](Simulation& simulation) {
    const Simulation founded(setup_of(simulation.context().scenario()), simulation.world().randomness.seed(),
                             simulation.world().randomness.replicate());
    double sum = 0.0;
    for (std::size_t i = 0; i < founded.world().firms.count(); ++i)
      sum += std::abs(value(simulation.world(), i) - value(founded.world(), i));
    return sum;
  };
}

//! Sum of absolute differences of competences between the world now and when it was founded.
double research_changed(Simulation& simulation) {
  const Simulation founded(setup_of(simulation.context().scenario()), 1, 0);
  double sum = 0.0;
  for (std::size_t k = 0; k < founded.world().ket_count(); ++k) {
    for (std::size_t i = 0; i < founded.world().research.count(); ++i) {
      sum += std::abs(simulation.world().research.capability(ResearchId(i), KetId(k)) -
                      founded.world().research.capability(ResearchId(i), KetId(k)));
    }
  }
  return sum;
}

double advice_changed(Simulation& simulation) {
  const Simulation founded(setup_of(simulation.context().scenario()), 1, 0);
  double sum = 0.0;
  for (std::size_t k = 0; k < founded.world().ket_count(); ++k) {
    for (std::size_t i = 0; i < founded.world().intermediaries.count(); ++i) {
      sum += std::abs(simulation.world().intermediaries.expertise(IntermediaryId(i), KetId(k)) -
                      founded.world().intermediaries.expertise(IntermediaryId(i), KetId(k)));
    }
  }
  return sum;
}

//! Over KETs and regions.
double sum_of(const std::vector<std::vector<double>>& table) {
  double sum = 0.0;
  for (const std::vector<double>& row : table) {
    for (const double value : row) sum += value;
  }
  return sum;
}

double ties_of_newcomers(Simulation& simulation) {
  const World& world = simulation.world();
  double ties = 0.0;
  for (std::size_t i = 0; i < world.firms.count(); ++i) {
    if (world.firms.origin[FirmId(i)] != Origin::founder)
      ties += static_cast<double>(world.peers.neighbours(FirmId(i)).size());
  }
  return ties;
}

std::vector<Switch> switches() {
  const std::string none = "no_programme.yaml";
  const std::string rocket = "rocket.yaml";
  const std::string idle = "rocket.yaml without policies";
  const std::string turnover = "no_programme.yaml with firms that come and go";
  return {
      {"awareness", none,
       [](Simulation& s) { return last(s, "firms_aware") - monthly(s, "firms_aware").front(); }, 0.0},
      {"interest", none, [](Simulation& s) { return pairs_in(s, Stage::interested) + total(s, "adoptions"); },
       0.0},
      {"review", none, [](Simulation& s) { return pairs_in(s, Stage::piloting) + total(s, "adoptions"); },
       0.0},
      {"adoption", none, total_of("adoptions"), 0.0},
      {"joint_pilots", none, total_of("collaborations"), 0.0},
      {"learning", none, change_of([](const World& w, std::size_t i) {
         return static_cast<double>(w.firms.knowledge(FirmId(i), KetId(0)));
       }),
       0.0},
      {"research_lines", none, research_changed, 0.0},
      {"advice_portfolios", none, advice_changed, 0.0},
      {"staff_hours", none, total_of("adviser_hours"), 0.0},
      {"ecosystem", none, [](Simulation& s) { return sum_of(s.world().ecosystem); }, 0.0},
      {"facilities", "instruments/demonstrator.yaml",
       [](Simulation& s) { return sum_of(s.world().facilities.evidence); }, 0.0},
      {"market", none, [](Simulation& s) { return s.world().rivals[0][0] + 1.0 - s.world().cost_factor[0]; },
       0.0},
      {"finance", none,
       change_of([](const World& w, std::size_t i) { return static_cast<double>(w.firms.shock[FirmId(i)]); }),
       0.0},
      {"lending", none,
       [](Simulation& s) {
         double paid_back = 0.0;  // beyond the cents by which payments are rounded
         const DecisionSettings& decisions = s.context().scenario().decisions;
         for (const Loan& loan : s.world().loans) {
           const double lent =
               loan.payment.euros() / annuity_payment(decisions.bank_rate, 12.0 * decisions.loan_years);
           paid_back += std::max(0.0, lent - loan.owed.euros() - 10.0);
         }
         return paid_back;
       },
       0.0},
      {"contact_fading", none,
       [](Simulation& s) {
         double lost = 0.0;
         for (const Contact& contact : s.world().contacts.all())
           lost +=
               contact.kind == ContactKind::acquaintance ? 0.5 - static_cast<double>(contact.strength) : 0.0;
         return lost;
       },
       0.0},
      {"publicity", rocket, [](Simulation& s) { return monthly(s, "proposals_submitted")[27]; },
       0.0},  // pioneers know it from the announcement only
      {"partnering", rocket,
       [](Simulation& s) { return total(s, "proposals_submitted") + total(s, "study_proposals_submitted"); },
       0.0},
      {"applying", rocket,
       [](Simulation& s) { return total(s, "proposals_submitted") + total(s, "study_proposals_submitted"); },
       0.0},
      {"selection", rocket,
       [](Simulation& s) { return total(s, "projects_funded") + total(s, "studies_funded"); }, 0.0},
      {"outreach", rocket, total_of("firms_reached"), 0.0},
      {"projects", rocket,
       [](Simulation& s) { return total(s, "private_contribution") + total(s, "products"); }, 0.0},
      {"close_month", idle, total_of("public_money_paid"),
       0.0},  // management is all that an idle programme pays
      {"entry", turnover, [](Simulation& s) { return total(s, "entries") - total(s, "spin_offs"); }, 0.0},
      {"exit", turnover, total_of("exits"), 0.0},
      {"spin_offs", turnover, total_of("spin_offs"), 0.0},
      {"tie_turnover", turnover, ties_of_newcomers, 0.0},
  };
}

//! Long enough for the first projects to bring products.
const Overrides months{"time.start=2014-01", "time.end=2018-12", "horizons=[2018-12]",
                       "firms.initial_interested=0", "firms.initial_piloting=0"};

std::unique_ptr<Simulation> run_for(const std::string& scenario, Overrides changes) {
  // Where firms come and go, awareness, contacts and stages change without any of the other mechanisms.
  if (scenario.ends_with("come and go")) {
    changes.emplace_back("processes[spin_offs].firm_rate=0.05");
    return run_of("no_programme.yaml", changes);
  }
  for (const char* process : {"entry", "exit", "spin_offs"})
    changes.push_back(std::string("processes[") + process + "].enabled=false");
  const bool idle = scenario.ends_with("without policies");
  if (idle) changes.emplace_back("programmes[rocket].policies={}");
  return run_of(idle ? "rocket.yaml" : scenario, changes);
}

Simulation& baseline(const std::string& scenario) {
  static std::map<std::string, std::unique_ptr<Simulation>> runs;
  std::unique_ptr<Simulation>& run = runs[scenario];
  if (!run) run = run_for(scenario, months);
  return *run;
}

class EveryProcess : public testing::TestWithParam<Switch> {};

TEST_P(EveryProcess, ChangesItsResult) {
  const Switch& tested = GetParam();
  EXPECT_GT(tested.effect(baseline(tested.scenario)), tested.without + 1e-3);
  Overrides off = months;
  off.push_back("processes[" + tested.process + "].enabled=false");
  EXPECT_NEAR(tested.effect(*run_for(tested.scenario, off)), tested.without, 1e-9);
}

INSTANTIATE_TEST_SUITE_P(Switched, EveryProcess, testing::ValuesIn(switches()),
                         [](const auto& tested) { return tested.param.process; });

TEST(Schedule, EachProcessHasATestOfItsSwitch) {
  std::set<std::string> tested{"open_month"};  // see below
  for (const Switch& one : switches()) tested.insert(one.process);
  for (const ProcessEntry& entry : schedule())
    EXPECT_TRUE(tested.contains(entry.schema->name())) << entry.schema->name();
}

// Without the opening of months no programme gets its budget; that must not break the run.
TEST(Schedule, WithoutOpenMonthNothingIsSpent) {
  const auto world = run_of("rocket.yaml", {"time.start=2016-01", "time.end=2016-12", "horizons=[2016-12]",
                                            "processes[open_month].enabled=false"});
  EXPECT_EQ(total(*world, "public_money_paid"), 0.0);
}

TEST(Schedule, ProcessesStandInTheOrderOfThePhases) {
  const std::vector<ProcessEntry>& entries = schedule();
  EXPECT_TRUE(std::ranges::is_sorted(
      entries, {}, [](const ProcessEntry& entry) { return std::pair(entry.phase, entry.order); }));
  for (const ProcessEntry& entry : entries)
    EXPECT_FALSE(entry.reads.empty() || entry.writes.empty()) << entry.schema->name();
}

}  // namespace
}  // namespace ketsim
