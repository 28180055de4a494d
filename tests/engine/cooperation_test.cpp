// What decides whether two actors can work together and learn from each other.
#include "ketsim/engine/cooperation.hpp"

#include <gtest/gtest.h>

#include <set>

#include "support/small_world.hpp"

namespace ketsim {
namespace {

TEST(Learning, IsGreatestAtTheBestDistanceAndNothingBetweenTheAlike) {
  EXPECT_DOUBLE_EQ(learning_potential(0.0, 0.3), 0.0);
  EXPECT_NEAR(learning_potential(0.3, 0.3), 1.0, 1e-12);
  EXPECT_LT(learning_potential(0.2, 0.3), 1.0);
  EXPECT_LT(learning_potential(0.5, 0.3), 1.0);
  EXPECT_LT(learning_potential(1.0, 0.3), learning_potential(0.5, 0.3));
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
  for (std::size_t i = 0; i < world_.firms.count(); ++i)
    world_.firms.border_experience.edit(FirmId(i)) = 1.0F;
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

TEST_F(CooperationTest, TheBestDistanceIsTheScenarios) {
  set_profile(FirmId(0), {0.2F, 0.4F, 0.0F, 0.0F});
  set_profile(FirmId(1), {0.4F, 0.2F, 0.0F, 0.0F});
  const double distance = cognitive_distance(world_, actor(FirmId(0)), actor(FirmId(1)));
  for (const char* best : {"0.1", "0.9"}) {
    Simulation other(setup_of("no_programme.yaml", {std::string("knowledge.best_distance=") + best}), 1, 0);
    for (std::size_t k = 0; k < 4; ++k) {
      for (std::size_t i = 0; i < 2; ++i)
        other.world().firms.knowledge(FirmId(i), KetId(k)) = world_.firms.knowledge(FirmId(i), KetId(k));
    }
    EXPECT_DOUBLE_EQ(learning_potential(other.world(), actor(FirmId(0)), actor(FirmId(1))),
                     learning_potential(distance, std::stod(best)));
  }
}

TEST_F(CooperationTest, AbsorptiveCapacityRisesWithStaffAndWithPriorKnowledge) {
  world_.firms.employees[FirmId(0)] = 1.0F;
  world_.firms.employees[FirmId(1)] = 100.0F;
  for (const FirmId firm : {FirmId(0), FirmId(1)}) set_profile(firm, {0.0F, 0.0F, 0.0F, 0.0F});
  EXPECT_DOUBLE_EQ(absorptive_capacity(world_, FirmId(0)), 0.25);
  EXPECT_NEAR(absorptive_capacity(world_, FirmId(1)), 0.25 + 0.08 * std::log(100.0), 1e-12);
  set_profile(FirmId(0), {0.8F, 0.0F, 0.0F, 0.0F});
  EXPECT_NEAR(absorptive_capacity(world_, FirmId(0)), 0.25 * (1.0 + 0.5 * 0.2), 1e-7);
  world_.firms.employees[FirmId(0)] = 1e6F;
  set_profile(FirmId(0), {1.0F, 1.0F, 1.0F, 1.0F});
  EXPECT_DOUBLE_EQ(absorptive_capacity(world_, FirmId(0)), 0.95);
}

//! A world whose border has one friction only, complete, and where nobody has learnt to overcome it.
class OneFriction : public testing::TestWithParam<std::pair<const char*, CooperationStep>> {
 protected:
  OneFriction()
      : simulation_(setup_of("no_programme.yaml", {std::string("borders[DE-NL]={") + GetParam().first + "}"}),
                    1, 0) {
    for (std::size_t i = 0; i < world().firms.count(); ++i) world().firms.language_ability[FirmId(i)] = 0.0F;
  }
  World& world() { return simulation_.world(); }
  //! Steps at which pairs across the border stop.
  std::set<std::optional<CooperationStep>> stops() {
    std::set<std::optional<CooperationStep>> found;
    for (std::size_t i = 0; i + 701 < world().firms.count(); ++i) {
      const Actor partner = actor(FirmId(i + 701));
      if (world().crosses_border(actor(FirmId(i)), partner))
        found.insert(stops_at(world(), FirmId(i), partner));
    }
    return found;
  }
  Simulation simulation_;
};

TEST_P(OneFriction, StopsAllAtItsOwnStep) {
  EXPECT_EQ(stops(), std::set<std::optional<CooperationStep>>{GetParam().second});
}

TEST_P(OneFriction, StopsNobodyWhoHasLearntToOvercomeIt) {
  for (std::size_t i = 0; i < world().firms.count(); ++i) {
    world().firms.language_ability[FirmId(i)] = 1.0F;
    world().firms.legal_ability.edit(FirmId(i)) = 1.0F;
  }
  const bool is_trust = GetParam().second == CooperationStep::select;  // which only experience brings
  EXPECT_EQ(stops().contains(std::nullopt), !is_trust);
  EXPECT_EQ(stops().size(), 1U);
}

TEST_P(OneFriction, StopsNobodyWhoHasWorkedTogetherBefore) {
  for (std::size_t i = 0; i + 701 < world().firms.count(); ++i)
    cooperate(world(), actor(FirmId(i)), actor(FirmId(i + 701)), 1);
  EXPECT_EQ(stops(), std::set<std::optional<CooperationStep>>{std::nullopt});
}

INSTANTIATE_TEST_SUITE_P(
    Steps, OneFriction,
    testing::Values(std::pair("language: 1, culture: 0, legislation: 0", CooperationStep::initiate),
                    std::pair("language: 0, culture: 1, legislation: 0", CooperationStep::select),
                    std::pair("language: 0, culture: 0, legislation: 1", CooperationStep::set_up)),
    [](const auto& tested) {
      return cooperation_step_names()[static_cast<std::size_t>(tested.param.second)];
    });

TEST_F(CooperationTest, TalkAcrossTheBorderIsDampedAndExperienceOpensIt) {
  FirmId here(0);
  FirmId abroad(1);
  while (!world_.crosses_border(actor(here), actor(abroad))) abroad = FirmId(abroad.index() + 1);
  world_.firms.language_ability[here] = 0.0F;
  EXPECT_DOUBLE_EQ(border_openness(world_, here, actor(here)), 1.0);
  EXPECT_DOUBLE_EQ(border_openness(world_, here, actor(abroad)), 0.5 * 0.75);
  gain_border_experience(world_, here, 0.5);
  EXPECT_DOUBLE_EQ(border_openness(world_, here, actor(abroad)), 0.75 * 0.875);
  gain_border_experience(world_, here, 1.0);
  EXPECT_DOUBLE_EQ(border_openness(world_, here, actor(abroad)), 1.0);
}

TEST(BorderSteps, CandidatesOfLeadsAreCountedWhereTheyStop) {
  Simulation& world = finished_rocket();
  const double met = total(world, "border_candidates_met");
  EXPECT_GT(met, 0.0);
  const double stopped = total(world, "border_candidates");
  EXPECT_GT(stopped, 0.1 * met);
  EXPECT_LT(stopped, met);
  const auto open =
      run_of("rocket.yaml", {"time.end=2018-12", "horizons=[2018-12]", "processes[exit].enabled=false",
                             "borders[DE-NL]={language: 0, culture: 0, legislation: 0}",
                             "programmes[rocket].policies[pioneers].params.cooperation_failure=0",
                             "programmes[rocket].policies[projects].params.cooperation_failure=0"});
  EXPECT_GT(total(*open, "border_candidates_met"), 0.0);
  EXPECT_EQ(total(*open, "border_candidates"), 0.0);
}

TEST(BorderSteps, ProjectsThatBreakUpStopPartnersAtTheLastStep) {
  const auto world = run_of("rocket.yaml", {"time.end=2019-06", "horizons=[2019-06]",
                                            "borders[DE-NL]={language: 0, culture: 0, legislation: 0}",
                                            "processes[projects].foreign_research_penalty=7"});
  EXPECT_GT(total(*world, "projects_failed"), 0.0);
  EXPECT_GE(total(*world, "border_candidates"), total(*world, "projects_failed"));
}

TEST(JointPilots, AcrossTheBorderErodeItsFrictions) {
  const auto experience = [](const char* erosion) {
    const auto world =
        run_of("no_programme.yaml", {"time.end=2017-12", "horizons=[2017-12]",
                                     std::string("processes[joint_pilots].erosion=") + erosion});
    double sum = 0.0;
    for (std::size_t i = 0; i < world->world().firms.count(); ++i)
      sum += world->world().firms.border_experience[FirmId(i)];
    return sum;
  };
  EXPECT_GT(experience("0.1"), 0.5);
  EXPECT_EQ(experience("0"), 0.0);
}

}  // namespace
}  // namespace ketsim
