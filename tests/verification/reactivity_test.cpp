// A parameter that no output reacts to has no place in a scenario: every declared number, switch and choice,
// moved alone to another valid value, moves at least one recorded series.
//
// The world is small and busy: all instruments at work in two programmes, so that each parameter has
// something to act on. One place of each declaration must react: `allocation.threshold` of one policy that is
// chosen by score is enough. Texts, lists and months are not walked.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <optional>
#include <set>

#include "ketsim/scenario/catalogue.hpp"
#include "support/limits.hpp"

namespace ketsim {
namespace {

//! ROCKET with more leads, and beside it a programme of all other instruments.
Overrides everything() {
  return together(
      {months_of("2014-01", "2021-12"),
       {"record={}", "population.agents=250", "processes[spin_offs].institute_rate=0.2",
        "processes[spin_offs].firm_rate=0.05", "programmes[rocket].budget=4e6",
        "programmes[rocket].known_share=0.2",
        "programmes[rocket].policies[pioneers].params.lead_propensity=0.8",
        "programmes[rocket].policies[projects].params.lead_propensity=0.8",
        "programmes[rocket].policies[projects].params.co_funding_rate=0.75",
        "programmes[rocket].policies[studies].params.lead_propensity=1",
        "programmes[rocket].policies[studies].share=0.05", "programmes[rocket].policies[projects].share=0.5",
        "programmes[others]={owner: others, partners: [OOSTNL, BCSEMI, NOVELT, NMWP, INNOS], budget: 8e6,"
        " start: 2016-01, end: 2022-01, known_share: 0.6, management_share: 0.05, policies: {"
        " vouchers: {instrument: innovation_voucher, share: 0.1, target: {size_classes: [micro, small, "
        "medium]},"
        "   allocation: {rule: lottery, decision_months: 2}},"
        " credit: {instrument: rd_tax_credit, share: 0.1, allocation: {rule: first_come, decision_months: "
        "0}},"
        " loans: {instrument: soft_loan, share: 0.2, allocation: {rule: first_come, decision_months: 2}},"
        " guarantees: {instrument: loan_guarantee, share: 0.1, allocation: {decision_months: 1}},"
        " advances: {instrument: pre_financing, share: 0.1, allocation: {decision_months: 0}},"
        " demonstrators: {instrument: demonstrator, share: 0.06},"
        " campaign: {instrument: broadcast_campaign, share: 0.05},"
        " training: {instrument: language_training, share: 0.04},"
        " desk: {instrument: legal_help_desk, share: 0.03},"
        " advisers: {instrument: intermediary_capacity, share: 0.05},"
        " cleanroom: {instrument: shared_cleanroom, share: 0.1, target: {kets: [photonics]}}}}"}});
}

//! Parameters that act only beside another setting, and that setting.
const std::map<std::string, Overrides>& contexts() {
  static const std::map<std::string, Overrides> table{
      // Where there are no calls, large consortia that meet the rules may stop looking.
      {"processes.applying.settle_months", {"programmes[rocket].policies[projects].window.calls=[]"}},
      // Leads that find no partner at all.
      {"processes.applying.patience",
       {"processes[partnering].broker_closeness=0", "network.border_factor=0",
        "borders[DE-NL]={language: 1, culture: 1, legislation: 1}"}},
      // Firms in debt: loans that are hard to pay back.
      {"processes.exit.overdraft",
       {"decisions.loan_years=1", "decisions.own_funds_share=0.1", "firms.margin_per_employee=2000"}},
      // Firms that have much to gain from what partners know.
      {"processes.projects.border_novelty",
       {"programmes[rocket].budget=2e7", "programmes[rocket].policies[pioneers].params.benefit_gain=1",
        "programmes[rocket].policies[projects].params.benefit_gain=1"}},
      // New lines of research, run for long enough to be closed again.
      {"processes.research_lines.closing_demand",
       {"processes[research_lines].patience=12", "processes[research_lines].lab_demand=0.2"}},
      {"processes.research_lines.patience",
       {"processes[research_lines].closing_demand=2", "processes[research_lines].lab_demand=0.2"}},
      // A host with something to learn: MESA, the usual one, is at the frontier.
      {"shared_cleanroom.capability_gain", {"programmes[others].policies[cleanroom].params.host=FHMS"}},
  };
  return table;
}

//! Parameters that no run can react to, and why.
const std::map<std::string, std::string>& exceptions() {
  static const std::map<std::string, std::string> table{
      {"seed", "the experiment hands it to each world: another seed is tested in no_policy_test.cpp"},
      {"replicates", "how many worlds there are is no matter of any one of them"},
      {"network.per_replicate", "the first replicate has the same graph either way: shared_network_test.cpp"},
  };
  return table;
}

//! A declaration, and the places in the scenario at which it stands.
struct Declared {
  std::string name;
  std::vector<ParameterRow> places;
};

//! The name of a parameter as `ketsim describe parameters` has it: NAME for the names of the user's choice,
//! and the parameters of an instrument by its name.
std::string declared_name(const Scenario& scenario, const std::string& path) {
  static const std::set<std::string> named{"sectors", "technologies", "borders", "programmes", "policies"};
  std::vector<std::string> parts = split_path(path);
  if (parts.size() > 5 && parts[4] == "params") {
    for (const Named<Programme>& programme : scenario.programmes) {
      for (const Named<Policy>& policy : programme.value.policies) {
        if (programme.name == parts[1] && policy.name == parts[3])
          return fmt::format("{}.{}", policy.value.instrument,
                             fmt::join(parts.begin() + 5, parts.end(), "."));
      }
    }
  }
  for (std::size_t p = 0; p + 1 < parts.size(); ++p) {
    if (named.contains(parts[p])) parts[p + 1] = "NAME";
  }
  return fmt::format("{}", fmt::join(parts, "."));
}

std::vector<Declared> all_declared(const Scenario& scenario) {
  static const std::set<ValueType> walked{ValueType::real, ValueType::integer, ValueType::reals,
                                          ValueType::boolean, ValueType::choice};
  std::vector<Declared> all;
  for (const ParameterRow& row : scenario_schema().rows(&scenario)) {
    if (!walked.contains(row.type)) continue;
    const std::string name = declared_name(scenario, row.path);
    auto found = std::ranges::find(all, name, &Declared::name);
    if (found == all.end()) found = all.insert(all.end(), {name, {}});
    found->places.push_back(row);
  }
  return all;
}

//! Other values that the declaration allows: the ends of the plausible range first.
std::vector<std::string> other_values(const ParameterRow& row) {
  if (row.type == ValueType::boolean) return {row.value == "true" ? "false" : "true"};
  std::vector<std::string> values;
  if (row.type == ValueType::choice) {
    std::ranges::copy_if(row.choices, std::back_inserter(values),
                         [&](const std::string& choice) { return choice != row.value; });
    return values;
  }
  const Declaration& declared = row.declaration;
  for (const double end :
       {declared.plausible.low, declared.plausible.high, declared.range.low, declared.range.high}) {
    if (!std::isfinite(end) || end == std::stod(row.value)) continue;
    values.push_back(row.type == ValueType::integer ? std::to_string(static_cast<long long>(end))
                                                    : real_text(end));
  }
  return values;
}

using Values = std::vector<std::vector<double>>;

//! All series of a run; none where the scenario is not valid.
std::optional<Values> values_of(const Node& root, std::uint64_t seed) {
  Diagnostics problems;
  Scenario scenario = read_tree(root, problems);
  std::shared_ptr<Setup> setup;
  if (problems.empty()) setup = make_setup(std::move(scenario), problems);
  if (!problems.empty()) return {};
  return std::move(run_of(setup, seed)->recorder().values());
}

bool same_bits(const Values& a, const Values& b) {
  return std::ranges::equal(a, b, [](const std::vector<double>& x, const std::vector<double>& y) {
    return x.size() == y.size() && std::memcmp(x.data(), y.data(), x.size() * sizeof(double)) == 0;
  });
}

//! The scenario in which a parameter is tried.
Node world_for(const std::string& name) {
  const auto context = contexts().find(name);
  return document_of("rocket.yaml",
                     together({everything(), context == contexts().end() ? Overrides{} : context->second}));
}

bool moves_an_output(const Declared& declared, const Node& base, const Values& usual, std::uint64_t seed) {
  for (const ParameterRow& place : declared.places) {
    for (const std::string& value : other_values(place)) {
      Node root = base;
      set_at_path(root, split_path(place.path), Node::scalar(value));
      const std::optional<Values> values = values_of(root, seed);
      if (values && !same_bits(*values, usual)) return true;
    }
  }
  return false;
}

TEST(Reactivity, TheWorldHoldsEveryInstrument) {
  std::set<std::string> used;
  for (const Named<Programme>& programme : scenario_of("rocket.yaml", everything()).programmes) {
    for (const Named<Policy>& policy : programme.value.policies) used.insert(policy.value.instrument);
  }
  EXPECT_THAT(instrument_catalogue().names(), testing::UnorderedElementsAreArray(used));
}

TEST(Reactivity, ContextsAndExceptionsAreOfParametersThatThereAre) {
  std::set<std::string> names;
  for (const Declared& declared : all_declared(scenario_of("rocket.yaml", everything())))
    names.insert(declared.name);
  for (const auto& [name, context] : contexts()) EXPECT_TRUE(names.contains(name)) << name;
  for (const auto& [name, reason] : exceptions()) EXPECT_TRUE(names.contains(name)) << name;
}

// The test below would notice a dead parameter: these two are read by the experiment, and by no world.
TEST(Reactivity, ParametersThatNoWorldReadsMoveNothing) {
  const Node base = document_of("rocket.yaml", everything());
  const Values usual = *values_of(base, 1);
  for (const Declared& declared : all_declared(scenario_of(base))) {
    if (exceptions().contains(declared.name)) {
      EXPECT_FALSE(moves_an_output(declared, base, usual, 1)) << declared.name;
    }
  }
}

// What moves nothing in one world is tried in two more: in a small one something may happen not to bind.
TEST(Reactivity, EveryParameterMovesAnOutput) {
  const Node base = document_of("rocket.yaml", everything());
  const Values usual = *values_of(base, 1);
  std::vector<Declared> declared = all_declared(scenario_of(base));
  std::erase_if(declared, [](const Declared& one) { return exceptions().contains(one.name); });
  EXPECT_GT(declared.size(), 250U);
  std::vector<char> moves(declared.size(), 0);
  for_tasks(declared.size(), [&](std::size_t i) {
    const bool alone = !contexts().contains(declared[i].name);
    const Node world = world_for(declared[i].name);
    for (std::uint64_t seed = 1; seed <= 3 && moves[i] == 0; ++seed)
      moves[i] =
          moves_an_output(declared[i], world, alone && seed == 1 ? usual : *values_of(world, seed), seed);
  });
  for (std::size_t i = 0; i < declared.size(); ++i)
    EXPECT_TRUE(moves[i]) << declared[i].name << ": no value moves any series";
}

}  // namespace
}  // namespace ketsim
