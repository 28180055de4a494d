// Who talks to whom about KETs beside peers: contacts and advisers; and what adopters of the region show.
#include <gtest/gtest.h>

#include "ketsim/engine/meeting.hpp"
#include "ketsim/engine/valuation.hpp"
#include "support/small_world.hpp"

namespace ketsim {
namespace {

constexpr KetId ket{0};

//! A firm without peers, contacts and adviser that has not heard of the KET; media are silent.
class TalkTest : public testing::Test {
 protected:
  void begin(const Overrides& more = {}) {
    Overrides changes{"network.mean_degree=0", "network.research_tie_share=0", "network.advice_tie_share=0",
                      "processes[awareness].media_rate=0"};
    changes.insert(changes.end(), more.begin(), more.end());
    simulation_ = std::make_unique<Simulation>(setup_of("no_programme.yaml", changes), 1, 0);
    while (world().firms.stage(listener, ket) != Stage::unaware) listener = FirmId(listener.index() + 1);
    teller = FirmId(listener.index() + 1);
    while (!uses(world().firms.stage(teller, ket)) || world().crosses_border(actor(listener), actor(teller)))
      teller = FirmId(teller.index() + 1);
    world().firms.resistance(listener, ket) = to_hazard(10.0);
  }
  World& world() { return simulation_->world(); }
  //! Hazard of a month [1/yr].
  double heard() {
    Context context = simulation_->context();
    const Hazard before = world().firms.resistance(listener, ket);
    process_of(context.setup, "awareness")->step(context);
    return 12.0 * from_hazard(before - world().firms.resistance(listener, ket));
  }

  std::unique_ptr<Simulation> simulation_;
  FirmId listener{0};
  FirmId teller{0};
};

TEST_F(TalkTest, WhoTalksToNobodyHearsNothing) {
  begin();
  EXPECT_EQ(heard(), 0.0);
}

TEST_F(TalkTest, AContactThatUsesTheKetTellsOfItLikeAPeer) {
  begin();
  meet(world(), actor(listener), actor(teller), 0.4);
  EXPECT_NEAR(heard(), 0.1 + 0.4, 1e-5);  // talk_rate + peer_rate: all that the firm talks to use it
}

TEST_F(TalkTest, ContactsShareTheTalkByTheirStrength) {
  begin();
  meet(world(), actor(listener), actor(teller), 0.2);
  FirmId ignorant(teller.index() + 1);
  while (world().firms.stage(ignorant, ket) != Stage::unaware ||
         world().crosses_border(actor(listener), actor(ignorant)))
    ignorant = FirmId(ignorant.index() + 1);
  meet(world(), actor(listener), actor(ignorant), 0.6);
  EXPECT_NEAR(heard(), 0.25 * 0.5, 1e-5);
}

TEST_F(TalkTest, ContactsOfNoWeightTellNothing) {
  begin({"processes[awareness].contact_weight=0"});
  meet(world(), actor(listener), actor(teller), 0.4);
  EXPECT_EQ(heard(), 0.0);
}

TEST_F(TalkTest, AnInstituteTellsOfItsLinesOfResearch) {
  begin();
  ResearchId institute(0);
  while (world().research.line(institute, ket) != LineStage::running)
    institute = ResearchId(institute.index() + 1);
  meet(world(), actor(listener), actor(institute), 0.4);
  EXPECT_NEAR(heard(), 0.1, 1e-5);
  world().research.line(institute, ket) = LineStage::none;
  EXPECT_EQ(heard(), 0.0);
}

TEST_F(TalkTest, AnAdviserTellsOfTheKetsInItsAdvice) {
  begin();
  world().firms.client_of[listener] = 0;
  world().intermediaries.advice(IntermediaryId(0), ket) = AdviceStage::advising;
  EXPECT_NEAR(heard(), 0.1, 1e-5);
  world().intermediaries.advice(IntermediaryId(0), ket) = AdviceStage::learning;
  EXPECT_EQ(heard(), 0.0);
}

TEST_F(TalkTest, AnAdviserOfNoStrengthTellsNothing) {
  begin({"processes[awareness].advice_strength=0"});
  world().firms.client_of[listener] = 0;
  world().intermediaries.advice(IntermediaryId(0), ket) = AdviceStage::advising;
  EXPECT_EQ(heard(), 0.0);
}

TEST(Ecosystem, IsTheShareOfLivingFirmsOfTheRegionThatUseTheKet) {
  const auto simulation = run_of("no_programme.yaml",
                                 {"time.end=2017-12", "horizons=[2017-12]", "processes[exit].enabled=false"});
  const World& world = simulation->world();
  for (std::size_t r = 0; r < world.geography->regions.size(); ++r) {
    double firms = 0.0;
    double users = 0.0;
    for (std::size_t i = 0; i < world.firms.count(); ++i) {
      if (world.firms.region[FirmId(i)] != r) continue;
      firms += world.firms.alive[FirmId(i)];
      users += uses(world.firms.stage(FirmId(i), ket));
    }
    EXPECT_DOUBLE_EQ(world.ecosystem[0][r], firms > 0.0 ? users / firms : 0.0);
  }
}

TEST(Ecosystem, AdoptersNearbyAreEvidence) {
  for (const double worth : {0.0, 3.0}) {
    Simulation simulation(
        setup_of("no_programme.yaml", {"decisions.nearby_evidence=" + std::to_string(worth)}), 1, 0);
    World& world = simulation.world();
    const Valuation valuation(simulation.context().scenario());
    const double before = valuation.evidence(world, FirmId(0), ket);
    world.ecosystem[0][world.firms.region[FirmId(0)]] = 0.5;
    EXPECT_DOUBLE_EQ(valuation.evidence(world, FirmId(0), ket), before + 0.5 * worth);
  }
}

}  // namespace
}  // namespace ketsim
