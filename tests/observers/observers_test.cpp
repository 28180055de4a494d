// Outputs say what the world is: stocks kept up by changes equal those counted afresh, parts add up to
// totals.
#include "ketsim/engine/observer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "support/last_month.hpp"
#include "support/small_world.hpp"

namespace ketsim {
namespace {

using testing::Each;
using testing::IsEmpty;

TEST(Outputs, AreDeclaredOnceEachWithUnitAndMeaning) {
  std::set<std::string> names;
  const auto setup = setup_of("rocket.yaml", {"population.agents=50"});
  std::set<std::string> dimensions;
  for (const Dimension& dimension : dimensions_of(*setup)) {
    dimensions.insert(dimension.name);
    EXPECT_FALSE(dimension.labels.empty()) << dimension.name;
  }
  for (const auto& observer : make_observers()) {
    for (const Series& series : observer->series()) {
      EXPECT_TRUE(names.insert(series.name).second) << series.name;
      EXPECT_FALSE(series.unit.empty() || series.doc.empty()) << series.name;
      for (const std::string& dimension : series.dimensions)
        EXPECT_TRUE(dimensions.contains(dimension)) << series.name;
    }
  }
  for (const char* name : {"firms_reached",
                           "firms_aware",
                           "proposals_submitted",
                           "study_proposals_submitted",
                           "projects_funded",
                           "studies_funded",
                           "projects_completed",
                           "projects_failed",
                           "products",
                           "adopters",
                           "firms_adopting",
                           "firms_supported",
                           "research_partners_supported",
                           "large_firms_supported",
                           "firms_with_research_partner",
                           "cross_border_collaborations",
                           "assignments",
                           "public_money_committed",
                           "public_money_paid",
                           "private_contribution"}) {
    EXPECT_TRUE(names.contains(name)) << name << ": scripts outside rely on it";
  }
}

TEST(PopulationOutputs, FirmsChangeByEntriesAndExits) {
  Simulation& rocket = finished_rocket();
  const World& world = rocket.world();
  const std::vector<double> firms = monthly(rocket, "firms");
  const std::vector<double> entries = monthly(rocket, "entries");
  const std::vector<double> exits = monthly(rocket, "exits");
  for (std::size_t m = 1; m < firms.size(); ++m) ASSERT_EQ(firms[m] - firms[m - 1], entries[m] - exits[m]);
  EXPECT_EQ(firms.back(), static_cast<double>(world.living));
  EXPECT_EQ(firms.back(), count_firms(world, [&](FirmId firm) { return world.firms.alive[firm] != 0; }));
  EXPECT_GT(total(rocket, "exits"), 100.0);
  EXPECT_EQ(total(rocket, "spin_offs"),
            count_firms(world, [&](FirmId firm) { return world.firms.origin[firm] == Origin::spin_off; }));
}

TEST(ProgrammeOutputs, DistinctParticipantsAreThoseOfTheProjects) {
  Simulation& rocket = finished_rocket();
  const World& world = rocket.world();
  std::set<Actor> smes;
  std::set<Actor> large;
  std::set<Actor> research;
  std::set<Actor> with_research;
  double assignments = 0.0;
  double across = 0.0;
  for (const Project& project : world.projects) {
    for (const Member& member : project.members) {
      (member.actor.kind == ActorKind::research ? research
       : world.is_sme(member.actor)             ? smes
                                                : large)
          .insert(member.actor);
    }
    for (const Task& task : project.tasks) {
      const Actor client = project.members[task.client].actor;
      const Actor supplier = project.members[task.supplier].actor;
      EXPECT_TRUE(world.is_sme(client));
      across += world.crosses_border(client, supplier) ? 1.0 : 0.0;
      if (supplier.kind != ActorKind::research) continue;
      assignments += 1.0;
      with_research.insert(client);
    }
  }
  ASSERT_GT(smes.size(), 10U);
  EXPECT_EQ(last(rocket, "firms_supported"), static_cast<double>(smes.size()));
  EXPECT_EQ(last(rocket, "large_firms_supported"), static_cast<double>(large.size()));
  EXPECT_EQ(last(rocket, "research_partners_supported"), static_cast<double>(research.size()));
  EXPECT_EQ(last(rocket, "firms_with_research_partner"), static_cast<double>(with_research.size()));
  EXPECT_EQ(last(rocket, "assignments"), assignments);
  EXPECT_EQ(last(rocket, "cross_border_collaborations"), across);
  EXPECT_EQ(last(rocket, "firms_supported"), count_firms(world, [&](FirmId firm) {
              return world.firms.first_award[firm] != never && world.is_sme(actor(firm));
            }));
}

TEST(ProgrammeOutputs, FlowsAddUpToWhatTheWorldHolds) {
  Simulation& rocket = finished_rocket();
  const World& world = rocket.world();
  double projects = 0.0;
  double studies = 0.0;
  double completed = 0.0;
  double failed = 0.0;
  double products = 0.0;
  for (const Project& project : world.projects) {
    const bool innovation = project.kind == ProjectKind::innovation_project;
    (innovation ? projects : studies) += 1.0;
    completed += innovation && project.status == ProjectStatus::completed;
    failed += innovation && project.status == ProjectStatus::failed;
    products += project.products;
  }
  EXPECT_EQ(total(rocket, "projects_funded"), projects);
  EXPECT_EQ(total(rocket, "studies_funded"), studies);
  EXPECT_EQ(total(rocket, "projects_completed"), completed);
  EXPECT_EQ(total(rocket, "projects_failed"), failed);
  EXPECT_EQ(projects, completed + failed);  // all are over
  EXPECT_EQ(total(rocket, "products"), products);
  EXPECT_GT(products, 0.0);
  double submitted = 0.0;
  double resubmitted = 0.0;
  for (const Proposal& proposal : world.proposals) {
    if (proposal.kind != ProjectKind::innovation_project || proposal.submitted == never) continue;
    (proposal.attempt == 0 ? submitted : resubmitted) += 1.0;
  }
  EXPECT_EQ(total(rocket, "proposals_submitted"), submitted);
  EXPECT_EQ(total(rocket, "firms_reached"),
            count_firms(world, [&](FirmId firm) { return world.firms.first_reached[firm] != never; }));
}

TEST(ProgrammeOutputs, ResubmissionsOfProjectsAndStudiesAreToldApartFromFirstSubmissions) {
  Simulation& rocket = finished_rocket();
  double again = 0.0;
  for (const Proposal& proposal : rocket.world().proposals)
    again += proposal.attempt > 0 && proposal.submitted != never;
  EXPECT_EQ(total(rocket, "proposals_resubmitted"), again);
}

TEST(CooperationOutputs, SharesFollowFromCounts) {
  Simulation& rocket = finished_rocket();
  const std::vector<double> ever = monthly(rocket, "collaborations");
  const std::vector<double> across = monthly(rocket, "cross_border_collaboration_pairs");
  const std::vector<double> share = monthly(rocket, "cross_border_share");
  const std::vector<double> active = monthly(rocket, "collaboration_ties");
  for (std::size_t m = 0; m < ever.size(); ++m) {
    ASSERT_LE(across[m], ever[m]);
    ASSERT_LE(active[m], ever[m]);
    ASSERT_DOUBLE_EQ(share[m], ever[m] > 0.0 ? across[m] / ever[m] : 0.0);
    ASSERT_GE(ever[m], m > 0 ? ever[m - 1] : 0.0);
  }
  EXPECT_GT(across.back(), 0.0);
}

// Two scenarios in one file share the dimension `programme`: money stands under the programme's own label.
TEST(MoneyOutputs, StandUnderTheLabelOfTheirProgramme) {
  const auto setup = setup_of("rocket.yaml", {"time.start=2016-01", "time.end=2016-12", "horizons=[2016-12]",
                                              "population.agents=300"});
  setup->programme_labels = {"another", "rocket"};
  const auto world = run_of(setup);
  const auto paid = last_cells(*world, "public_money_paid");
  ASSERT_EQ(paid.size(), 2U);
  EXPECT_EQ(paid[0], 0.0);
  EXPECT_GT(paid[1], 0.0);
}

}  // namespace
}  // namespace ketsim
