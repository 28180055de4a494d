// Contacts lose strength while nobody uses them.
#include <gtest/gtest.h>

#include "ketsim/engine/cooperation.hpp"
#include "ketsim/engine/meeting.hpp"
#include "support/small_world.hpp"

namespace ketsim {
namespace {

//! Strength of the contact of two firms after so many months in which they do not meet.
float strength_after(Simulation& simulation, const Contact& contact, int months) {
  Context context = simulation.context();
  const auto fading = process_of(context.setup, "contact_fading");
  for (int month = 0; month < months; ++month) {
    ++context.world.month;
    fading->step(context);
  }
  return contact.strength;
}

TEST(ContactFading, AnUnusedContactHalvesInItsHalfLife) {
  Simulation simulation(setup_of("no_programme.yaml"), 1, 0);
  meet(simulation.world(), actor(FirmId(0)), actor(FirmId(1)), 0.8);
  EXPECT_NEAR(
      strength_after(simulation, simulation.world().contacts.between(actor(FirmId(0)), actor(FirmId(1))), 24),
      0.4, 1e-5);
}

TEST(ContactFading, JointWorkKeepsAContactUntilItIsOver) {
  Simulation simulation(setup_of("no_programme.yaml"), 1, 0);
  cooperate(simulation.world(), actor(FirmId(0)), actor(FirmId(1)), 12);
  const Contact& contact = simulation.world().contacts.between(actor(FirmId(0)), actor(FirmId(1)));
  const float before = contact.strength;
  EXPECT_EQ(strength_after(simulation, contact, 12), before);
  EXPECT_NEAR(strength_after(simulation, contact, 24), 0.5 * before, 1e-5);
}

}  // namespace
}  // namespace ketsim
