// The audit is content with every scenario, and names what is wrong where something is.
#include "ketsim/engine/audit.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "ketsim/engine/simulation.hpp"
#include "support/small_world.hpp"

namespace ketsim {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::ThrowsMessage;

const Overrides small{"population.agents=300", "time.end=2019-12", "horizons=[2019-12]"};

TEST(Audit, IsContentWithEveryExample) {
  for (const char* folder : {"", "instruments/"}) {
    for (const auto& entry : std::filesystem::directory_iterator(std::string(scenarios_folder) + folder)) {
      if (entry.path().extension() != ".yaml") continue;
      Simulation simulation(setup_of(folder + entry.path().filename().string(), small), 5, 1);
      simulation.audit_each_step();
      ASSERT_NO_THROW(simulation.run()) << entry.path();
    }
  }
}

TEST(Audit, ChangesNothing) {
  const auto setup = setup_of("rocket.yaml", small);
  Simulation audited(setup, 5, 1);
  audited.audit_each_step();
  audited.run();
  EXPECT_TRUE(audited.save() == run_of(setup, 5, 1)->save());
}

//! A world after a year, to be damaged.
class Damaged : public testing::Test {
 protected:
  Damaged() {
    for (int month = 0; month < 40; ++month) simulation_.step();
  }
  void expect_told(const std::string& entity, const std::string& what) {
    EXPECT_THAT([this] { audit(world_, simulation_.policies()); },
                ThrowsMessage<AuditFailure>(AllOf(HasSubstr(entity), HasSubstr(what))));
  }
  Simulation simulation_{setup_of("rocket.yaml", small), 5, 1};
  World& world_ = simulation_.world();
};

TEST_F(Damaged, MoneyFromNowhereIsFound) {
  ASSERT_FALSE(world_.projects.empty());
  world_.projects[0].members[0].received += Money{1};
  expect_told("project 0", "cost borne by its members");
}

TEST_F(Damaged, AFirmCountedTwiceIsFound) {
  ++world_.living;
  expect_told("world", "firms alive");
}

TEST_F(Damaged, AStageThatNobodyWasToldOfIsFound) {
  Stage& stage = world_.firms.stage(FirmId(std::size_t{7}), KetId(std::size_t{0}));
  ASSERT_NE(stage, Stage::gone);
  stage = knows(stage) ? Stage::unaware : Stage::aware;
  expect_told("firm ", "a recount gives");
}

TEST_F(Damaged, AForgottenExposureIsFound) {
  for (std::size_t i = 0; i < world_.firms.count(); ++i) {
    if (world_.peers.neighbours(FirmId(i)).empty()) continue;
    ++world_.firms.adopting_exposure(FirmId(i), KetId(std::size_t{1}));
    break;
  }
  expect_told("firm ", "exposure to firms that use it");
}

TEST_F(Damaged, AForgottenUserIsFound) {
  --world_.users[1];
  expect_told(world_.geography->kets[1].name, "firms that use it is");
}

TEST_F(Damaged, ATieThatCountsForLessIsFound) {
  TieEnds ends = world_.peers.ends();
  const auto tied = std::ranges::find_if(ends.inverse_strength, [](float inverse) { return inverse > 0.0F; });
  ASSERT_NE(tied, ends.inverse_strength.end());
  *tied *= 2.0F;
  world_.peers = PeerTies(std::move(ends));
  expect_told("firm ", "1 over the strength of its ties");
}

TEST_F(Damaged, SharesAboveOneAreFound) {
  for (double* share : {&world_.cost_factor[2], &world_.rivals[2][0], &world_.ecosystem[2][1]}) {
    const double value = std::exchange(*share, 1.5);
    expect_told(world_.geography->kets[2].name, "is 1.5, outside 0 to 1");
    *share = value;
  }
}

TEST_F(Damaged, KnowledgeBeyondTheFrontierIsFound) {
  world_.firms.knowledge(FirmId(std::size_t{3}), KetId(std::size_t{2})) = 1.5F;
  expect_told("(row 3)", "knowledge of");
}

TEST_F(Damaged, MoreThanAPolicysBudgetIsFound) {
  PolicyState& policy = simulation_.context().policies[1];
  policy.committed = policy.budget + Money{1};
  expect_told("policy " + policy.name, "of a budget of");
}

TEST_F(Damaged, MoneyThatNobodyClaimedIsFound) {
  ASSERT_FALSE(world_.projects.empty());
  Member& member = world_.projects[0].members[0];
  member.received = member.claimed + Money{1};
  expect_told("project 0", "claimed");
}

TEST_F(Damaged, AttentionThatNothingTakesIsFound) {
  ++world_.firms.engagements[FirmId(std::size_t{4})];
  expect_told("(row 4)", "proposals and projects is");
}

TEST_F(Damaged, StaffThatNothingTakesIsFound) {
  world_.research.free_projects[ResearchId(std::size_t{2})] += 1.0F;
  expect_told(world_.research.id[2], "can still take on");
}

TEST_F(Damaged, ReferencesThatLeadNowhereAreFound) {
  ASSERT_FALSE(world_.proposals.empty());
  const World before = world_;
  const auto expect_found = [&](const std::string& entity, const std::string& what) {
    expect_told(entity, what);
    world_ = before;
  };
  world_.proposals[0].lead = {};
  expect_found("proposal 0", "not there");
  world_.proposals[0].members[0].actor.kind = static_cast<ActorKind>(3);
  expect_found("proposal 0", "not there");
  world_.projects[0].tasks[0].supplier = 1000;
  expect_found("project 0", "not there");
  world_.contacts.row(0).b = world_.contacts.row(0).a;
  expect_found("a contact", "not there");
  world_.firms.paid_by.edit(FirmId(std::size_t{3}), KetId(std::size_t{0})) = PolicyId(std::size_t{99});
  expect_found("firms", "policy of the first award");
  world_.firms.stage(FirmId(std::size_t{3}), KetId(std::size_t{0})) = static_cast<Stage>(77);
  expect_found("firms", "stage of adoption");
  world_.firms.region[FirmId(std::size_t{3})] = 1000;
  expect_found("firm of row 3", "region");
  world_.audience[0].push_back(FirmId(world_.firms.count()));
  expect_found("those who know a programme", "not there");
  world_.firms.cash.push_back({});
  expect_found("firms", "liquid assets");
}

TEST_F(Damaged, TheStepInWhichItHappenedIsNamed) {
  simulation_.audit_each_step();
  ++world_.living;
  EXPECT_THAT([this] { simulation_.step(); },
              ThrowsMessage<AuditFailure>(AllOf(HasSubstr("audit, 2017-05, "), HasSubstr("firms alive"))));
}

}  // namespace
}  // namespace ketsim
