// Each instrument of outreach has an example scenario, and in it an effect against no programme at all.
#include <gtest/gtest.h>

#include <functional>
#include <set>

#include "ketsim/scenario/catalogue.hpp"
#include "support/small_world.hpp"

namespace ketsim {
namespace {

struct Example {
  std::string instrument;
  std::function<double(Simulation&)> measure;  //!< 0, or less, without the instrument
};

const Overrides short_time{"time.end=2018-12", "horizons=[2018-12]"};

Simulation& baseline() {
  static const std::unique_ptr<Simulation> run = run_of("no_programme.yaml", short_time);
  return *run;
}

template <class F>
double over_firms(Simulation& simulation, F value) {
  double sum = 0.0;
  for (std::size_t i = 0; i < simulation.world().firms.count(); ++i)
    sum += static_cast<double>(value(simulation.world().firms, FirmId(i)));
  return sum;
}

double pairs_known(Simulation& simulation) {
  return over_firms(simulation, [](const Firms& firms, FirmId firm) { return firms.kets_known[firm]; });
}

double across(Simulation& simulation) {
  double count = 0.0;
  const World& world = simulation.world();
  for (const Contact& contact : world.contacts.all()) count += world.crosses_border(contact.a, contact.b);
  return count;
}

double evidence_nearby(Simulation& simulation) {
  double sum = 0.0;
  for (const double value : simulation.world().facilities.evidence[0]) sum += value;
  return sum;
}

std::vector<Example> examples() {
  return {
      {"broadcast_campaign", pairs_known},
      {"company_visit", pairs_known},
      {"demonstrator", evidence_nearby},
      {"event", [](Simulation& s) { return static_cast<double>(s.world().contacts.all().size()); }},
      {"intermediary_capacity", [](Simulation& s) { return total(s, "adviser_hours"); }},
      {"language_training",
       [](Simulation& s) {
         return over_firms(s, [](const Firms& firms, FirmId firm) { return firms.language_ability[firm]; });
       }},
      {"legal_help_desk",
       [](Simulation& s) {
         return over_firms(s, [](const Firms& firms, FirmId firm) { return firms.legal_ability[firm]; });
       }},
      {"matchmaking", across},
      {"proposal_coaching",
       [](Simulation& s) {
         double hours = 0.0;
         for (const Proposal& proposal : s.world().proposals) hours += proposal.coaching;
         return hours;
       }},
      {"shared_cleanroom", [](Simulation& s) { return last(s, "cross_border_collaboration_pairs"); }},
  };
}

class EveryExample : public testing::TestWithParam<Example> {};

TEST_P(EveryExample, HasAnEffectAndIsPaid) {
  const Example& example = GetParam();
  const auto world = run_of("instruments/" + example.instrument + ".yaml", short_time);
  EXPECT_EQ(world->policies().back().policy->instrument, example.instrument);
  EXPECT_GT(world->policies().back().committed, Money{});
  EXPECT_GT(example.measure(*world), example.measure(baseline()));
}

INSTANTIATE_TEST_SUITE_P(Instruments, EveryExample, testing::ValuesIn(examples()),
                         [](const auto& example) { return example.param.instrument; });

TEST(Examples, EveryInstrumentOfOutreachHasOne) {
  std::set<std::string> tested;
  for (const Example& example : examples()) tested.insert(example.instrument);
  for (const AnySchema* schema : instrument_catalogue().schemas()) {
    const auto instrument = make_instrument(schema->name(), Parameters(*schema));
    if (instrument->cost_of_act() > 0.0) {
      EXPECT_TRUE(tested.contains(schema->name())) << schema->name();
    }
  }
}

}  // namespace
}  // namespace ketsim
