// Experiments hand results on in order, and only complete ones are finished.
#include "ketsim/experiment/experiment.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>

#include "ketsim/experiment/twins.hpp"
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
  ASSERT_GE(sink.dimensions.size(), 2U);
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

// Rows of pairs that are compared, counted by outcome, are the table of outcomes.
TEST(Experiment, FirmByFirmTheTwinsAddUpToTheMeasures) {
  ExperimentOptions options = options_of("compare", 1, 3);
  options.firms = true;
  CapturingSink sink;
  run_experiment(twins(), options, sink);
  ASSERT_TRUE(sink.header.rows);
  EXPECT_EQ(sink.header.rows->name, "twins");
  const auto column = [&](const std::string& name) {
    const auto found = std::ranges::find(sink.header.rows->columns, name, &RowColumn::name);
    return static_cast<std::size_t>(found - sink.header.rows->columns.begin());
  };
  ASSERT_EQ(sink.rows.size(), 3U);  // replicates
  const Measure& outcomes = *sink.find("pair_outcomes");
  for (std::size_t r = 0; r < 3; ++r) {
    std::vector<double> counted(2 * compared_outcomes * exposure_count);
    const auto integers = [&](const std::string& name) {
      return std::get<std::vector<std::int32_t>>(sink.rows[r][column(name)]);
    };
    const auto horizon = integers("horizon");
    const auto outcome = integers("outcome");
    const auto exposure = integers("exposure");
    for (std::size_t row = 0; row < horizon.size(); ++row) {
      if (static_cast<std::size_t>(outcome[row]) >= compared_outcomes) continue;
      const auto cell = (static_cast<std::size_t>(horizon[row]) * compared_outcomes +
                         static_cast<std::size_t>(outcome[row])) *
                            exposure_count +
                        static_cast<std::size_t>(exposure[row]);
      counted[cell] += 1.0;
    }
    const auto first = outcomes.values.begin() + static_cast<std::ptrdiff_t>(r * counted.size());
    EXPECT_EQ(counted, std::vector<double>(first, first + static_cast<std::ptrdiff_t>(counted.size()))) << r;
  }
}

TEST(Experiment, OptionalTablesLeaveTheResultsAsTheyAre) {
  CapturingSink plain;
  CapturingSink full;
  ExperimentOptions options = options_of("compare", 1, 2);
  run_experiment(twins(), options, plain);
  options.firms = true;
  options.shapley = true;
  run_experiment(twins(), options, full);
  EXPECT_EQ(plain.values(), full.values());
  std::erase_if(full.measures, [&](const Measure& measure) { return plain.find(measure.name) == nullptr; });
  EXPECT_EQ(plain.measure_bits(), full.measure_bits());
}

TEST(Experiment, SharesOfPoliciesAddUpToTheWholeInEachReplicate) {
  ExperimentOptions options = options_of("compare", 1, 3);
  options.shapley = true;
  CapturingSink sink;
  run_experiment(twins(), options, sink);
  for (const auto& [shares, whole] : {std::pair{"shapley_net_additional_adopters", "net_additional_adopters"},
                                      std::pair{"shapley_public_money", "public_money_change"}}) {
    const std::vector<double>& parts = sink.find(shares)->values;
    const std::vector<double>& wholes = sink.find(whole)->values;
    const std::size_t policies = parts.size() / wholes.size();
    EXPECT_EQ(policies, 8U);  // rest and seven policies
    for (std::size_t i = 0; i < wholes.size(); ++i) {
      double sum = 0.0;
      for (std::size_t p = 0; p < policies; ++p) sum += parts[i * policies + p];
      EXPECT_NEAR(sum, wholes[i], 1e-9 * (1.0 + std::fabs(wholes[i]))) << shares;
    }
  }
}

const Overrides until_2020{"time.end=2020-03", "horizons=[2016-01, 2020-03]", "population.agents=600"};

TEST(Experiment, WithoutABorderThereIsNoCostOfIt) {
  ExperimentOptions options = options_of("compare", 1, 2);
  options.border_twin = true;
  CapturingSink sink;
  run_experiment({labelled(setup_of("rocket_no_border.yaml", until_2020), "open"),
                  labelled(setup_of("rocket.yaml", until_2020), "rocket")},
                 options, sink);
  const Measure& cost = *sink.find("border_cost");  // [scenario][replicate][horizon][variant]
  EXPECT_THAT(cost.dimensions, ElementsAre("scenario", "replicate", "horizon", "border_variant"));
  ASSERT_EQ(cost.values.size(), 16U);
  EXPECT_THAT(std::vector<double>(cost.values.begin(), cost.values.begin() + 8), testing::Each(0.0));
  const std::vector<double> rocket(cost.values.begin() + 8, cost.values.end());
  EXPECT_THAT(rocket, testing::Contains(testing::Ne(0.0)));
  EXPECT_EQ(sink.find("border_cost_change")->values, rocket);
}

TEST(Experiment, AnAwardWithheldShowsItsEffect) {
  ExperimentOptions options = options_of("compare", 1, 3);
  options.direct = 3;
  CapturingSink sink;
  std::vector<std::shared_ptr<ketsim::Setup>> setups;
  for (const char* file : {"no_programme.yaml", "rocket.yaml"}) setups.push_back(setup_of(file, until_2020));
  run_experiment({labelled(setups[0], "none"), labelled(setups[1], "rocket")}, options, sink);
  const std::vector<double>& direct = sink.find("direct_effect")->values;  // [replicate][horizon]
  const std::vector<double>& indirect = sink.find("indirect_effect")->values;
  double later = 0.0;
  for (std::size_t r = 0; r < 3; ++r) {
    EXPECT_EQ(direct[2 * r], 0.0);  // before any award
    EXPECT_EQ(indirect[2 * r], 0.0);
    later += std::fabs(direct[2 * r + 1]) + std::fabs(indirect[2 * r + 1]);
  }
  EXPECT_GT(later, 0.0);
}

TEST(Experiment, ReplicatesAreAddedUntilAMeasureIsKnownWellEnough) {
  const auto replicates = [](double relative_error, std::uint32_t most) {
    ExperimentOptions options = options_of("compare", 1, most);
    options.until = Precision{"public_money_change", relative_error};
    CapturingSink sink;
    const ExperimentSummary summary = run_experiment(twins(), options, sink);
    EXPECT_EQ(sink.results.size(), 2U * summary.replicates);
    const auto at = [&](const char* end) {
      return sink.find(std::string("public_money_change") + end)->values[1];
    };
    EXPECT_DOUBLE_EQ(*summary.relative_error, (at("_high") - at("_low")) / 2.0 / at("_mean"));
    EXPECT_EQ(*summary.relative_error <= relative_error, summary.replicates < most || relative_error > 1.0);
    return summary.replicates;
  };
  EXPECT_EQ(replicates(10.0, 100), 32U);   // at the first check
  EXPECT_EQ(replicates(10.0, 20), 20U);    // the most that may be
  EXPECT_EQ(replicates(1e-9, 100), 100U);  // never: 32, 64, 100
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
  EXPECT_THAT(told({"draws=step_wise"}), HasSubstr("draws"));
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
