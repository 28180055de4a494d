// What a single declaration cannot say is checked across parameters, each complaint at its place.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ketsim/scenario/catalogue.hpp"
#include "support/small_world.hpp"

namespace ketsim {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::string problems_of(const Node& root) {
  Diagnostics problems;
  (void)read_tree(root, problems);
  return problems.text();
}

std::string problems_of(const Overrides& changes, const std::string& file = "rocket.yaml") {
  return problems_of(document_of(file, changes));
}

TEST(ReadScenario, TheScenariosThatComeWithKetsimAreSound) {
  EXPECT_EQ(problems_of({}, "no_programme.yaml"), "");
  EXPECT_EQ(problems_of({}, "rocket.yaml"), "");
}

TEST(ReadScenario, WrittenOutItReadsBackTheSame) {
  const Scenario scenario = scenario_of("rocket.yaml");
  const std::string resolved = write_yaml(scenario_schema().write(&scenario));
  const Scenario again = scenario_of(yaml_of(resolved));
  EXPECT_EQ(write_yaml(scenario_schema().write(&again)), resolved);
}

TEST(ReadScenario, SharesAboveOneAreTold) {
  EXPECT_THAT(
      problems_of({"programmes[rocket].policies[projects].share=0.9"}),
      AllOf(HasSubstr("rocket.yaml:"),
            HasSubstr("programmes[rocket]: management_share and the shares of its policies add up to 1."),
            HasSubstr("above 1")));
}

TEST(ReadScenario, SharesOfExactlyOneAreSound) {
  Overrides changes{"programmes[rocket].management_share=0.1"};
  changes.push_back(
      "programmes[rocket].policies={a: {instrument: event, share: 0.3}, b: {instrument: event, share: 0.6}}");
  EXPECT_EQ(problems_of(changes), "");
}

TEST(ReadScenario, CallsOutsideTheWindowAreTold) {
  EXPECT_THAT(problems_of({"programmes[rocket].policies[projects].window.calls=[2016-01, 2018-06]"}),
              AllOf(HasSubstr("call 2016-01 is outside the window 2016-04 to 2018-06"),
                    HasSubstr("call 2018-06 is outside the window")));
  EXPECT_THAT(problems_of({"programmes[rocket].policies[projects].window.calls=[2017-09, 2017-01]"}),
              HasSubstr("calls must be in order of time"));
}

TEST(ReadScenario, UnknownNamesAreToldWithTheNearestOne) {
  EXPECT_THAT(problems_of({"programmes[rocket].policies[events].target={sectors: [helth]}"}),
              HasSubstr("'helth' is no sector; did you mean 'health'?"));
  EXPECT_THAT(problems_of({"programmes[rocket].policies[events].target={countries: [BE]}"}),
              HasSubstr("'BE' is no country of the regions"));
  EXPECT_THAT(problems_of({"programmes[rocket].policies[events].target={size_classes: [mikro]}"}),
              HasSubstr("'mikro' is no size class; did you mean 'micro'?"));
  EXPECT_THAT(problems_of({"programmes[rocket].policies[events].target={kets: [photonic]}"}),
              HasSubstr("'photonic' is no technology; did you mean 'photonics'?"));
  EXPECT_THAT(problems_of({"programmes[rocket].partners=[OOSTNL, NOVELTI]"}),
              AllOf(HasSubstr("'NOVELTI' is no"), HasSubstr("did you mean 'NOVELT'?")));
  EXPECT_THAT(problems_of({"programmes[rocket].policies[events].instrument=evnt"}),
              HasSubstr("'evnt' is no instrument; did you mean 'event'?"));
  EXPECT_THAT(problems_of({"technologies[photonics].relevance={helth: 1}"}),
              HasSubstr("'helth' is no sector"));
  EXPECT_THAT(problems_of({"technologies[photonics].cost={tiny: 1}"}), HasSubstr("'tiny' is no size class"));
  EXPECT_THAT(problems_of({"firms.initial_adopters={smal: 0.1}"}),
              HasSubstr("'smal' is no size class; did you mean 'small'?"));
  EXPECT_THAT(problems_of({"processes[exit].closure_rate={smal: 0.1}"}),
              HasSubstr("'smal' is no size class; did you mean 'small'?"));
  EXPECT_THAT(problems_of({"population.candidate_share={smal: 0.1}"}),
              HasSubstr("'smal' is no size class; did you mean 'small'?"));
  EXPECT_THAT(problems_of({"processes[awarness].media_rate=0.1"}),
              HasSubstr("processes[awarness] is not known; did you mean 'awareness'?"));
  EXPECT_THAT(problems_of({"programmes[rocket].policies[events].params.costs=1"}),
              HasSubstr("did you mean 'cost'?"));
}

TEST(ReadScenario, UnknownCountriesOfABorderAreTold) {
  EXPECT_THAT(problems_of({"borders[DE]={language: 1}"}), HasSubstr("borders[DE] must name two countries"));
  EXPECT_THAT(problems_of({"borders[DE-DE]={language: 1}"}), HasSubstr("must name two countries"));
  EXPECT_THAT(problems_of({"borders[DE-NX]={language: 1}"}), HasSubstr("NX"));
}

TEST(ReadScenario, AProgrammeNeedsItsDates) {
  Node root = document_of("rocket.yaml");
  root.find("programmes")->find("rocket")->erase("start");
  EXPECT_THAT(problems_of(root), HasSubstr("programmes[rocket] needs start and end"));
  EXPECT_THAT(problems_of({"programmes[rocket].end=2016-04"}),
              HasSubstr("programmes[rocket].end = 2016-04 is not after its start 2016-04"));
}

// Money that is not spent within the programme's own time would stay outstanding for ever.
TEST(ReadScenario, AWindowBeyondTheProgrammesEndIsTold) {
  EXPECT_THAT(problems_of({"programmes[rocket].policies[studies].window.end=2025-01"}), HasSubstr("studies"));
}

// Only intermediaries can host events and visits; another partner would be passed over in silence.
TEST(ReadScenario, APartnerThatIsNoIntermediaryIsTold) {
  EXPECT_THAT(problems_of({"programmes[rocket].partners=[OOSTNL, UT]"}), HasSubstr("UT"));
}

TEST(ReadScenario, TimesMustBeInOrder) {
  EXPECT_THAT(problems_of({"time.end=2013-12"}, "no_programme.yaml"),
              HasSubstr("time.end = 2013-12 is before time.start = 2014-01"));
  EXPECT_THAT(problems_of({"horizons=[2040-01]"}),
              HasSubstr("horizons: 2040-01 is outside 2014-01 to 2029-12"));
  EXPECT_THAT(problems_of({"time={start: 1900-01, end: 2200-01}"}), HasSubstr("more than 200 years"));
}

TEST(ReadScenario, APopulationIsNeeded) {
  Node root = document_of("no_programme.yaml");
  root.erase("population");
  EXPECT_THAT(problems_of(root), HasSubstr("population is missing"));
}

// The default of large_firm_share names three sectors; a world of one needs no word on the others.
TEST(ReadScenario, FewerSectorsThanTheDefaultsNameAreSound) {
  Overrides changes{"sectors={health: {}}"};
  for (const char* ket : {"nanotechnology", "photonics", "micro_electronics", "smart_materials"}) {
    changes.push_back(std::string("technologies[") + ket + "].relevance={health: 1}");
  }
  EXPECT_EQ(problems_of(changes, "no_programme.yaml"), "");
}

TEST(ReadScenario, AWindowLeftOutIsTheProgrammes) {
  const Scenario scenario = scenario_of("rocket.yaml");
  const Programme& rocket = scenario.programmes[0].value;
  for (const Named<Policy>& policy : rocket.policies) {
    EXPECT_GT(policy.value.window.start.count, 0) << policy.name;
    EXPECT_GT(policy.value.window.announced.count, 0) << policy.name;
  }
  const Window& events = rocket.policies[4].value.window;
  EXPECT_EQ(events.start, rocket.start);
  EXPECT_EQ(events.end, rocket.end);
  EXPECT_EQ(events.announced, rocket.start);
}

TEST(ReadScenario, HorizonsLeftOutAreTheLastMonth) {
  Node root = document_of("no_programme.yaml");
  root.erase("horizons");
  EXPECT_THAT(scenario_of(root).horizons, ElementsAre(make_month(2029, 12)));
}

TEST(Scenario, BordersAreFoundInBothDirectionsAndNoneIsInsideACountry) {
  const Scenario scenario = scenario_of("no_programme.yaml");
  EXPECT_EQ(scenario.border("DE", "NL").language, 0.5);
  EXPECT_EQ(scenario.border("NL", "DE").language, 0.5);
  EXPECT_EQ(scenario.border("NL", "NL").language, 0.0);
}

TEST(Catalogue, EveryParameterIsDeclaredWithUnitMeaningAndSource) {
  std::vector<const AnySchema*> schemas = process_catalogue().schemas();
  for (const AnySchema* schema : instrument_catalogue().schemas()) schemas.push_back(schema);
  EXPECT_GE(instrument_catalogue().schemas().size(), 6U);
  for (const AnySchema* schema : schemas) {
    EXPECT_FALSE(schema->summary().empty()) << schema->name();
    for (const Field& field : schema->fields()) {
      const Declaration& declaration = field.declaration;
      const std::string name = schema->name() + '.' + declaration.name;
      EXPECT_FALSE(declaration.doc.empty()) << name;
      EXPECT_FALSE(declaration.source.empty()) << name;
      if (field.type != ValueType::real && field.type != ValueType::integer) continue;
      EXPECT_FALSE(declaration.unit.empty()) << name;
      EXPECT_TRUE(declaration.range.is_bounded()) << name;
      EXPECT_TRUE(declaration.range.contains(declaration.plausible.low) &&
                  declaration.range.contains(declaration.plausible.high))
          << name;
    }
  }
}

}  // namespace
}  // namespace ketsim
