// Knowledge against the frontier: what it loses, what own work adds, and what joint work carries over.
#include <gtest/gtest.h>

#include "ketsim/engine/cooperation.hpp"
#include "support/small_world.hpp"

namespace ketsim {
namespace {

constexpr KetId ket{0};
constexpr FirmId learner{0};

class LearningTest : public testing::Test {
 protected:
  LearningTest() : simulation_(setup_of("no_programme.yaml"), 1, 0), world_(simulation_.world()) {
    for (std::size_t i = 0; i < world_.firms.count(); ++i) {
      for (std::size_t k = 0; k < world_.ket_count(); ++k)
        world_.firms.stage(FirmId(i), KetId(k)) = Stage::aware;
    }
  }

  //! The learner's knowledge of the KET after a month of learning alone.
  double after_a_month() {
    Context context = simulation_.context();
    process_of(context.setup, "learning")->step(context);
    return world_.firms.knowledge(learner, ket);
  }
  //! Part of its knowledge that the moving frontier leaves it.
  double kept() { return world_.firms.knowledge(learner, ket) * (1.0 - 0.06 / 12.0); }
  //! A firm that knows more, and something else, in the learner's country or in the other one.
  FirmId teacher(bool abroad) {
    FirmId firm(1);
    while (world_.crosses_border(actor(learner), actor(firm)) != abroad) firm = FirmId(firm.index() + 1);
    for (std::size_t k = 0; k < world_.ket_count(); ++k) {
      world_.firms.knowledge(learner, KetId(k)) = 0.1F * static_cast<float>(k + 1);
      world_.firms.knowledge(firm, KetId(k)) = 0.9F - 0.1F * static_cast<float>(k);
    }
    return firm;
  }

  Simulation simulation_;
  World& world_;
};

// k' = k (1 - frontier_growth / 12) + own_rate / 12 * capacity * (1 - k): the less there is to learn, the
// less is learnt.
TEST_F(LearningTest, OwnWorkClosesTheGapToTheFrontierAndNeverPassesIt) {
  world_.firms.stage(learner, ket) = Stage::confirmed;
  for (const float before : {0.0F, 0.5F, 1.0F}) {
    world_.firms.knowledge(learner, ket) = before;
    const double own = 0.25 / 12.0 * absorptive_capacity(world_, learner) * (1.0 - before);
    const double expected = kept() + own;
    EXPECT_NEAR(after_a_month(), expected, 1e-6);
  }
}

TEST_F(LearningTest, WhoDoesNotWorkOnAKetFallsBehind) {
  world_.firms.knowledge(learner, ket) = 0.5F;
  const double expected = kept();
  EXPECT_NEAR(after_a_month(), expected, 1e-6);
}

// A share of the gap to the partner gets across: of language and culture what the firm does not master stays
// behind.
TEST_F(LearningTest, JointWorkTeachesLessAcrossTheBorder) {
  world_.firms.language_ability[learner] = 0.0F;
  for (const bool abroad : {false, true}) {
    const FirmId partner = teacher(abroad);
    cooperate(world_, actor(learner), actor(partner), world_.month);
    const double strength = world_.contacts.find(actor(learner), actor(partner))->strength;
    const double openness = abroad ? 0.5 * 0.75 : 1.0;
    const double gap = world_.firms.knowledge(partner, ket) - world_.firms.knowledge(learner, ket);
    const double expected = kept() + 0.8 / 12.0 * absorptive_capacity(world_, learner) * strength * openness *
                                         learning_potential(world_, actor(learner), actor(partner)) * gap;
    EXPECT_NEAR(after_a_month(), expected, 1e-4);
    world_.contacts.between(actor(learner), actor(partner)).active_until = -1;
  }
}

TEST_F(LearningTest, NobodyLearnsFromAPartnerWhenTheWorkIsOver) {
  const FirmId partner = teacher(false);
  cooperate(world_, actor(learner), actor(partner), 3);
  world_.month = 4;
  const double expected = kept();
  EXPECT_NEAR(after_a_month(), expected, 1e-6);
}

}  // namespace
}  // namespace ketsim
