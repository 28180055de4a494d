// Draws month by month: every world follows the same law as with one threshold an attempt, and twins that no
// policy touches are still the same to the bit.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/compare_worlds.hpp"
#include "support/limits.hpp"

namespace ketsim {
namespace {

using testing::IsEmpty;
using testing::Not;

const Overrides step_wise{"draws=step_wise"};

//! Distance of a count from a binomial law, in standard errors.
double errors_from_binomial(double count, double trials, double chance) {
  return (count - trials * chance) / std::sqrt(trials * chance * (1.0 - chance));
}

//! A world without a programme in which one process acts alone, from 2014.
std::unique_ptr<Simulation> alone(const char* process, const char* end, const Overrides& settings) {
  return run_of("no_programme.yaml",
                together({step_wise, months_of("2014-01", end),
                          only_processes({"open_month", process, "close_month"}), settings}));
}

// With media alone the time to awareness is exponential.
TEST(StepWise, AwarenessByMediaIsExponential) {
  const auto world = alone("awareness", "2017-12",
                           {"firms.initial_aware=0", "processes[awareness].media_rate=0.3",
                            "processes[awareness].talk_rate=0", "processes[awareness].peer_rate=0"});
  const Firms& firms = world->world().firms;
  double know = 0.0;
  double users = 0.0;  // from the start
  for (std::size_t k = 0; k < world->world().ket_count(); ++k) {
    for (std::size_t i = 0; i < firms.count(); ++i) {
      know += firms.stage(FirmId(i), KetId(k)) == Stage::aware;
      users += uses(firms.stage(FirmId(i), KetId(k)));
    }
  }
  const double pairs = 4.0 * static_cast<double>(firms.count()) - users;
  EXPECT_NEAR(errors_from_binomial(know, pairs, 1.0 - std::exp(-0.3 * 4.0)), 0.0, 4.0);
}

TEST(StepWise, ClosuresAreExponential) {
  const auto world = alone(
      "exit", "2018-12", {"processes[exit].closure_rate={micro: 0.1, small: 0.1, medium: 0.1, large: 0.1}"});
  const auto firms = static_cast<double>(world->world().firms.count());
  const double closed = firms - static_cast<double>(world->world().living);
  EXPECT_NEAR(errors_from_binomial(closed, firms, 1.0 - std::exp(-0.1 * 5.0)), 0.0, 4.0);
}

//! Proposals that wait for a decision for a year, and how many of them are taken back.
double withdrawn_within_a_year(const Overrides& draws) {
  Simulation simulation(setup_of("rocket.yaml", together({draws, {"processes[applying].withdrawal=1.2"}})), 1,
                        0);
  World& world = simulation.world();
  Context context = simulation.context();
  for (std::size_t i = 0; i < world.firms.count(); ++i) {
    Proposal proposal;
    proposal.policy = PolicyId(0);
    proposal.ket = KetId(0);
    proposal.lead = FirmId(i);
    proposal.status = ProposalStatus::submitted;
    proposal.submitted = 0;
    proposal.members.push_back(member_of(actor(FirmId(i))));
    world.firms.engagements[FirmId(i)] = 1;
    world.firms.commitments.edit(FirmId(i), KetId(0)) = 1;
    world.proposals.push_back(proposal);
  }
  const auto applying = process_of(context.setup, "applying");
  for (world.month = 1; world.month <= 12; ++world.month) applying->step(context);
  double count = 0.0;
  for (const Proposal& proposal : world.proposals) count += proposal.status == ProposalStatus::withdrawn;
  return errors_from_binomial(count, static_cast<double>(world.proposals.size()), 1.0 - std::exp(-1.2));
}

TEST(StepWise, PatienceWithADecisionIsExponentialEitherWay) {
  EXPECT_NEAR(withdrawn_within_a_year({}), 0.0, 4.0);
  EXPECT_NEAR(withdrawn_within_a_year(step_wise), 0.0, 4.0);
}

// Adoption, turnover of firms and the work of a programme, each a mean over replicates.
TEST(StepWise, WorldsFollowTheSameLaw) {
  const Overrides small = together({months_of("2014-01", "2020-03"), {"population.agents=500"}});
  const auto by_thresholds = setup_of("rocket.yaml", small);
  const auto by_steps = setup_of("rocket.yaml", together({small, step_wise}));
  const std::vector<std::string> outputs{"adopters", "firms_aware", "firms", "proposals_submitted"};
  std::map<std::string, Sample> thresholds;
  std::map<std::string, Sample> steps;
  for (std::uint32_t r = 0; r < 24; ++r) {
    const auto one = run_of(by_thresholds, 1, r);
    const auto other = run_of(by_steps, 1, 100 + r);  // independent
    for (const std::string& name : outputs) {
      const bool flow = name == "proposals_submitted";
      thresholds[name].add(flow ? total(*one, name) : last(*one, name));
      steps[name].add(flow ? total(*other, name) : last(*other, name));
    }
  }
  for (const std::string& name : outputs) {
    const double error = std::hypot(thresholds[name].standard_error(), steps[name].standard_error());
    EXPECT_NEAR(steps[name].mean(), thresholds[name].mean(), 4.0 * error) << name;
    EXPECT_GT(thresholds[name].mean(), 4.0 * error) << name;  // the test could see a difference
  }
}

// Luck of a month belongs to firm, KET and month, and to no policy.
TEST(StepWise, TwinsWithoutAPolicyAreTheSame) {
  const Overrides lively =
      together({step_wise,
                {"time.start=2014-06", "time.end=2020-06", "horizons=[2020-03]",
                 "processes[spin_offs].institute_rate=0.1", "processes[spin_offs].firm_rate=0.05"}});
  const auto none = run_of("no_programme.yaml", lively);
  const auto penniless = run_of("rocket.yaml", together({lively, {"programmes[rocket].budget=0"}}));
  std::vector<std::string> columns = differing_columns(none->world(), penniless->world());
  std::erase(columns, "programmes_known");
  EXPECT_THAT(columns, IsEmpty());
  EXPECT_THAT(differences_beside(none->world(), penniless->world(), {}),
              testing::IsSubsetOf({"programmes_known"}));
}

TEST(StepWise, NothingDiffersBeforeTheAnnouncement) {
  Simulation none(setup_of("no_programme.yaml", step_wise), 5, 0);
  Simulation rocket(setup_of("rocket.yaml", step_wise), 5, 0);
  for (int month = 0; month < 12; ++month) {
    none.step();
    rocket.step();
  }
  EXPECT_THAT(differing_columns(none.world(), rocket.world()), IsEmpty());
}

TEST(StepWise, AnyNumberOfThreadsGivesTheSame) {
  const auto setup = setup_of("rocket.yaml", together({step_wise, months_of("2014-01", "2016-12")}));
  std::vector<std::vector<std::vector<double>>> values;
  for (const int threads : {1, 4})
    with_threads(threads, [&] { values.push_back(run_of(setup)->recorder().values()); });
  EXPECT_EQ(values[0], values[1]);
}

TEST(StepWise, IsAnotherHistoryOfTheSameWorld) {
  const Overrides a_year = months_of("2014-01", "2014-12");
  const auto by_steps = setup_of("no_programme.yaml", together({a_year, step_wise}));
  const auto by_thresholds = setup_of("no_programme.yaml", a_year);
  EXPECT_THAT(differing_columns(Simulation(by_steps, 1, 0).world(), Simulation(by_thresholds, 1, 0).world()),
              testing::IsSubsetOf({"resistance"}));  // founded alike
  EXPECT_THAT(differing_columns(run_of(by_steps)->world(), run_of(by_thresholds)->world()),
              testing::Contains("stage"));
}

}  // namespace
}  // namespace ketsim
