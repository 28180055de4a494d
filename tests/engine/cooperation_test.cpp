// What decides whether two actors can work together and learn from each other.
#include "ketsim/engine/cooperation.hpp"

#include <gtest/gtest.h>

#include "support/small_world.hpp"

namespace ketsim {
namespace {

TEST(Learning, IsGreatestAtTheBestDistanceAndNothingBetweenTheAlike) {
  EXPECT_DOUBLE_EQ(learning_potential(0.0), 0.0);
  EXPECT_NEAR(learning_potential(0.3), 1.0, 1e-12);
  EXPECT_LT(learning_potential(0.2), 1.0);
  EXPECT_LT(learning_potential(0.5), 1.0);
  EXPECT_LT(learning_potential(1.0), learning_potential(0.5));
}

class CooperationTest : public testing::Test {
 protected:
  CooperationTest() : simulation_(setup_of("no_programme.yaml"), 1, 0), world_(simulation_.world()) {}

  void set_profile(FirmId firm, std::initializer_list<float> knowledge) {
    std::size_t k = 0;
    for (const float value : knowledge) world_.firms.knowledge(firm, KetId(k++)) = value;
  }

  Simulation simulation_;
  World& world_;
};

TEST_F(CooperationTest, DistanceIsOneMinusTheCosineOfTheProfiles) {
  set_profile(FirmId(0), {0.2F, 0.4F, 0.0F, 0.0F});
  set_profile(FirmId(1), {0.1F, 0.2F, 0.0F, 0.0F});
  set_profile(FirmId(2), {0.0F, 0.0F, 0.5F, 0.1F});
  set_profile(FirmId(3), {0.4F, 0.0F, 0.0F, 0.0F});
  EXPECT_NEAR(cognitive_distance(world_, actor(FirmId(0)), actor(FirmId(1))), 0.0, 1e-7);
  EXPECT_NEAR(cognitive_distance(world_, actor(FirmId(0)), actor(FirmId(2))), 1.0, 1e-7);
  EXPECT_NEAR(cognitive_distance(world_, actor(FirmId(0)), actor(FirmId(3))), 1.0 - 1.0 / std::sqrt(5.0),
              1e-6);
}

//! Shares of pairs of firms across the border, and inside a country, that can begin to work together.
std::pair<double, double> passing_shares(const World& world) {
  int tried[2] = {0, 0};
  int passed[2] = {0, 0};
  for (std::size_t i = 0; i + 701 < world.firms.count(); ++i) {
    for (const std::size_t step : {std::size_t{1}, std::size_t{701}}) {
      const Actor partner = actor(FirmId(i + step));
      const int crosses = world.crosses_border(actor(FirmId(i)), partner) ? 1 : 0;
      ++tried[crosses];
      passed[crosses] += overcomes_border(world, FirmId(i), partner);
    }
  }
  return {static_cast<double>(passed[1]) / tried[1], static_cast<double>(passed[0]) / tried[0]};
}

TEST_F(CooperationTest, InsideACountryNothingHinders) {
  EXPECT_EQ(passing_shares(world_).second, 1.0);
  const double across = passing_shares(world_).first;
  EXPECT_GT(across, 0.3);
  EXPECT_LT(across, 0.56);  // at most (1 - culture) (1 - legislation) pass
}

TEST_F(CooperationTest, ExperienceTakesTheFrictionAway) {
  for (std::size_t i = 0; i < world_.firms.count(); ++i) world_.firms.border_experience[FirmId(i)] = 1.0F;
  EXPECT_EQ(passing_shares(world_).first, 1.0);
}

TEST_F(CooperationTest, ThoseWhoHaveMetNeedNoInitiation) {
  for (std::size_t i = 0; i < world_.firms.count(); ++i) world_.firms.language_ability[FirmId(i)] = 0.0F;
  std::size_t helped = 0;
  for (std::size_t i = 0; i + 701 < world_.firms.count(); ++i) {
    const Actor partner = actor(FirmId(i + 701));
    const bool before = overcomes_border(world_, FirmId(i), partner);
    world_.contacts.between(actor(FirmId(i)), partner);
    const bool after = overcomes_border(world_, FirmId(i), partner);
    EXPECT_FALSE(before && !after);
    helped += after && !before;
  }
  EXPECT_GT(helped, 20U);
}

TEST_F(CooperationTest, JointWorkStrengthensTheContactAndKeepsItActive) {
  cooperate(world_, actor(FirmId(0)), actor(FirmId(1)), 12);
  cooperate(world_, actor(FirmId(1)), actor(FirmId(0)), 8);
  const Contact* contact = world_.contacts.find(actor(FirmId(0)), actor(FirmId(1)));
  ASSERT_NE(contact, nullptr);
  EXPECT_EQ(contact->strength, 1.0F);
  EXPECT_EQ(contact->active_until, 12);
  EXPECT_EQ(contact->repeats, 2);
  EXPECT_EQ(contact->kind, ContactKind::collaboration);
}

}  // namespace
}  // namespace ketsim
