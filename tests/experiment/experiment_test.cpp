// Experiments hand results on in order, and only complete ones are finished.
#include "ketsim/experiment/experiment.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>

#include "support/capturing_sink.hpp"
#include "support/small_world.hpp"

namespace ketsim {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const Overrides small{"time.start=2016-01", "time.end=2017-06", "horizons=[2017-06, 2016-12]",
                      "population.agents=150"};

std::vector<ExperimentScenario> twins() {
  std::vector<std::shared_ptr<Setup>> setups{setup_of("no_programme.yaml", small),
                                             setup_of("rocket.yaml", small)};
  share_programmes(setups);
  return {labelled(setups[0], "no_programme"), labelled(setups[1], "rocket")};
}

TEST(Experiment, ResultsComeInTheOrderOfReplicatesAndScenarios) {
  CapturingSink sink;
  const ExperimentSummary summary = run_experiment(twins(), options_of("compare", 1, 18), sink);
  EXPECT_EQ(sink.calls, "b" + std::string(36, 'w') + "mf");
  for (std::size_t w = 0; w < sink.results.size(); ++w) {
    EXPECT_EQ(sink.results[w].replicate, w / 2);
    EXPECT_EQ(sink.results[w].scenario, w % 2);
  }
  double firm_months = 0.0;
  const auto series =
      std::ranges::find(sink.header.series, "firms", &Series::name) - sink.header.series.begin();
  for (const ReplicateResult& result : sink.results) {
    for (const double firms : result.values[static_cast<std::size_t>(series)]) firm_months += firms;
  }
  EXPECT_EQ(static_cast<double>(summary.agent_steps), firm_months);
  EXPECT_FALSE(summary.was_interrupted);
}

TEST(Experiment, ARunWritesNoMeasures) {
  CapturingSink sink;
  run_experiment(twins(), options_of("run", 1, 2), sink);
  EXPECT_EQ(sink.calls, "bwwwwf");
}

TEST(Experiment, TheHeaderSaysWhatTheValuesAre) {
  CapturingSink sink;
  run_experiment(twins(), options_of("run", 9, 1), sink);
  EXPECT_EQ(sink.header.seed, 9U);
  EXPECT_EQ(sink.header.months, 18);
  EXPECT_EQ(sink.header.start, make_month(2016, 1));
  ASSERT_EQ(sink.header.series.size(), sink.results[0].values.size());
  for (std::size_t s = 0; s < sink.header.series.size(); ++s) {
    std::size_t cells = 18;
    for (const std::string& wanted : sink.header.series[s].dimensions) {
      const auto found = std::ranges::find(sink.header.dimensions, wanted, &Dimension::name);
      ASSERT_NE(found, sink.header.dimensions.end());
      cells *= found->labels.size();
    }
    EXPECT_EQ(sink.results[0].values[s].size(), cells) << sink.header.series[s].name;
    EXPECT_EQ(sink.results[1].values[s].size(), cells) << sink.header.series[s].name;
  }
}

TEST(Experiment, HorizonsAreMeasuredInOrderOfTime) {
  CapturingSink sink;
  run_experiment(twins(), options_of("compare", 1, 2), sink);
  ASSERT_EQ(sink.dimensions.size(), 2U);
  EXPECT_THAT(sink.dimensions[0].labels, ElementsAre("rocket"));
  EXPECT_THAT(sink.dimensions[1].labels, ElementsAre("2016-12", "2017-06"));
  const Measure* money = sink.find("public_money_change_mean");
  ASSERT_NE(money, nullptr);
  ASSERT_EQ(money->values.size(), 2U);
  EXPECT_LT(0.0, money->values[0]);
  EXPECT_LT(money->values[0], money->values[1]);
}

TEST(Experiment, AnInterruptedOneKeepsItsCompleteWorldsAndIsNotFinished) {
  CapturingSink sink;
  std::atomic<std::size_t> worlds = 0;
  ExperimentOptions options = options_of("compare", 1, 40);
  options.progress = [&](std::size_t done, std::size_t all) {
    EXPECT_EQ(done, worlds + 1);
    EXPECT_EQ(all, 80U);
    worlds = done;
  };
  options.interrupted = [&] { return worlds >= 5; };
  const ExperimentSummary summary = run_experiment(twins(), options, sink);
  EXPECT_TRUE(summary.was_interrupted);
  EXPECT_GE(sink.results.size(), 5U);
  EXPECT_LT(sink.results.size(), 80U);
  EXPECT_EQ(std::ranges::count(sink.calls, 'w'), std::ssize(sink.results));
  EXPECT_THAT(sink.calls, testing::Not(HasSubstr("f")));
  EXPECT_THAT(sink.calls, testing::Not(HasSubstr("m")));
}

TEST(Experiment, AScenarioComparedWithItselfShowsNoEffect) {
  const auto setup = setup_of("rocket.yaml", small);
  CapturingSink sink;
  run_experiment({labelled(setup, "one"), labelled(setup, "other")}, options_of("compare", 1, 2), sink);
  for (const char* name : {"additional_adopters", "displaced_adopters", "months_gained",
                           "public_money_change", "private_money_change"}) {
    EXPECT_THAT(sink.find(name)->values, testing::Each(0.0)) << name;
  }
  EXPECT_TRUE(std::isnan(sink.find("public_money_per_additional_adopter")->values[0]));
}

TEST(CheckComparable, ToldAreWorldsThatCannotBeTwins) {
  const auto told = [](const Overrides& changes) {
    Overrides all = small;
    all.insert(all.end(), changes.begin(), changes.end());
    Diagnostics problems;
    check_comparable({setup_of("no_programme.yaml", small), setup_of("no_programme.yaml", all)}, {"a", "b"},
                     problems);
    return problems.text();
  };
  EXPECT_EQ(told({"firms.risk_aversion=2"}), "");
  EXPECT_THAT(told({"time.end=2017-07"}), HasSubstr("months"));
  EXPECT_THAT(told({"horizons=[2017-01]"}), HasSubstr("horizons"));
  EXPECT_THAT(told({"population.agents=151"}), HasSubstr("firms"));
  EXPECT_THAT(told({"population.scope=area"}), HasSubstr("firms"));
  EXPECT_THAT(told({"technologies[extra]={relevance: {health: 1}}"}), HasSubstr("technologies"));
}

TEST(ShareProgrammes, AllScenariosOfAFileHaveTheSameLabels) {
  const std::vector<ExperimentScenario> scenarios = twins();
  EXPECT_THAT(scenarios[0].setup->programme_labels, ElementsAre("rocket"));
  EXPECT_THAT(scenarios[1].setup->programme_labels, ElementsAre("rocket"));
}

}  // namespace
}  // namespace ketsim
