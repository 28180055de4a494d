// Stages of adoption keep the counts of contacts, users and knowers in step.
#include "ketsim/model/world.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ketsim/base/contracts.hpp"
#include "ketsim/parallel/rows.hpp"
#include "support/small_world.hpp"

namespace ketsim {
namespace {

//! Exposures and counts as they follow from the stages and ties alone.
void expect_counts_follow_from_stages(const World& world) {
  const Firms& firms = world.firms;
  for (std::size_t k = 0; k < world.ket_count(); ++k) {
    const KetId ket(k);
    std::int64_t users = 0;
    for (std::size_t i = 0; i < firms.count(); ++i) {
      const FirmId firm(i);
      users += uses(firms.stage(firm, ket));
      int informed = 0;
      int adopting = 0;
      const auto neighbours = world.peers.neighbours(firm);
      for (std::size_t n = 0; n < neighbours.size(); ++n) {
        const Stage stage = firms.stage(FirmId(neighbours[n]), ket);
        informed += knows(stage) ? world.peers.strengths(firm)[n] : 0;
        adopting += uses(stage) ? world.peers.strengths(firm)[n] : 0;
      }
      ASSERT_EQ(firms.informed_exposure(firm, ket), informed);
      ASSERT_EQ(firms.adopting_exposure(firm, ket), adopting);
    }
    EXPECT_EQ(world.users[k], users);
  }
  for (std::size_t i = 0; i < firms.count(); ++i) {
    int used = 0;
    int known = 0;
    for (std::size_t k = 0; k < world.ket_count(); ++k) {
      used += uses(firms.stage(FirmId(i), KetId(k)));
      known += knows(firms.stage(FirmId(i), KetId(k)));
    }
    ASSERT_EQ(firms.kets_used[FirmId(i)], used);
    ASSERT_EQ(firms.kets_known[FirmId(i)], known);
  }
}

TEST(World, ExposuresPushedAtEachChangeEqualThoseGathered) {
  Simulation simulation(setup_of("no_programme.yaml"), 1, 0);
  expect_counts_follow_from_stages(simulation.world());
  for (int month = 0; month < 60; ++month) simulation.step();
  expect_counts_follow_from_stages(simulation.world());
}

// Many firms at once, over more than one range of rows: sorted by range, the same exposures come out.
TEST(World, ManyChangesAtOnceCountAsOneByOne) {
  Simulation simulation(setup_of("no_programme.yaml", {"population.agents=70000"}), 1, 0);
  World& world = simulation.world();
  const KetId ket(1);
  ChangesByBlock blocks(world.firms.count() / row_grain + 1);
  std::size_t moved = 0;
  for (std::size_t i = 0; i < world.firms.count(); i += 7) {
    const FirmId firm(i);
    if (world.firms.stage(firm, ket) == Stage::unaware)
      blocks[i / row_grain].push_back(world.move(firm, ket, Stage::adopted, Trigger::peer));
    else if (uses(world.firms.stage(firm, ket)))
      blocks[i / row_grain].push_back(world.move(firm, ket, Stage::discontinued, Trigger::usage));
    else
      continue;
    ++moved;
  }
  ASSERT_GT(moved, 5000U);
  world.publish(blocks);
  EXPECT_EQ(world.changes.size(), moved);
  EXPECT_TRUE(blocks.front().empty());
  expect_counts_follow_from_stages(world);
}

TEST(World, AChangeOfStageMustChangeTheStage) {
  Simulation simulation(setup_of("no_programme.yaml", {"population.agents=50"}), 1, 0);
  const Stage stage = simulation.world().firms.stage(FirmId(0), KetId(0));
  EXPECT_THROW(simulation.world().change_stage(FirmId(0), KetId(0), stage, Trigger::media),
               ContractViolation);
}

TEST(World, EngagementsCountProposalsUnderWayAndProjects) {
  Simulation simulation(setup_of("rocket.yaml", until_rocket_is_over()), 2, 0);
  while (!simulation.is_done()) {
    simulation.step();
    const World& world = simulation.world();
    if (world.month % 6 != 0) continue;
    std::vector<int> engagements(world.firms.count(), 0);
    const auto count = [&](const Member& member) {
      if (member.actor.kind == ActorKind::firm && !member.left) ++engagements[member.actor.row];
    };
    for (const Proposal& proposal : world.proposals) {
      if (proposal.status == ProposalStatus::forming || proposal.status == ProposalStatus::submitted)
        std::ranges::for_each(proposal.members, count);
    }
    for (const Project& project : world.projects) {
      if (project.status == ProjectStatus::running) std::ranges::for_each(project.members, count);
    }
    for (std::size_t i = 0; i < engagements.size(); ++i)
      ASSERT_EQ(world.firms.engagements[FirmId(i)], engagements[i]);
  }
}

TEST(World, ReachingCountsAnSmeOnceAndNeverALargeFirm) {
  Simulation simulation(setup_of("rocket.yaml", {"population.agents=2000"}), 1, 0);
  World& world = simulation.world();
  std::size_t large = 0;
  while (world.firms.size[FirmId(large)] != SizeClass::large) ++large;
  std::size_t small = 0;
  while (world.firms.size[FirmId(small)] == SizeClass::large) ++small;
  for (int twice = 0; twice < 2; ++twice) {
    world.reach(FirmId(large), ProgrammeId(0), PolicyId(3));
    world.reach(FirmId(small), ProgrammeId(0), PolicyId(3));
  }
  EXPECT_THAT(world.newly_reached, testing::ElementsAre(FirmId(small)));
  EXPECT_EQ(world.audience[0].size(), 2U);
  EXPECT_TRUE(world.knows_programme(FirmId(large), ProgrammeId(0)));
}

}  // namespace
}  // namespace ketsim
