// Twins share every draw: what a policy does not touch is the same in both, to the bit.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/small_world.hpp"

namespace ketsim {
namespace {

using testing::IsEmpty;

TEST(Twins, AProgrammeThatComesAfterTheLastMonthChangesNothing) {
  const Overrides short_run{"time.end=2014-12", "horizons=[2014-12]"};  // ROCKET is announced in 2015-01
  const auto none = run_of("no_programme.yaml", short_run);
  const auto later = run_of("rocket.yaml", short_run);
  EXPECT_THAT(differing_columns(none->world(), later->world()), IsEmpty());
}

TEST(Twins, NothingDiffersBeforeTheAnnouncement) {
  Simulation none(setup_of("no_programme.yaml"), 5, 0);
  Simulation rocket(setup_of("rocket.yaml"), 5, 0);
  for (int month = 0; month < 12; ++month) {
    none.step();
    rocket.step();
  }
  EXPECT_THAT(differing_columns(none.world(), rocket.world()), IsEmpty());
  for (int month = 12; month < 36; ++month) {
    none.step();
    rocket.step();
  }
  EXPECT_THAT(differing_columns(none.world(), rocket.world()), testing::Not(IsEmpty()));
}

//! Firms that nothing connects with the programme in either world: no ties, no adviser, never told, never
//! met.
std::vector<FirmId> untouched_firms(const World& world) {
  std::vector<FirmId> firms;
  for (std::size_t i = 0; i < world.firms.count(); ++i) {
    const FirmId firm(i);
    const bool tied = !world.peers.neighbours(firm).empty() || !world.contacts.of(actor(firm)).empty() ||
                      world.firms.client_of[firm] != 255;
    const bool met = world.firms.programmes_known[firm] != 0 || world.firms.first_reached[firm] != never ||
                     world.firms.first_award[firm] != never;
    if (!tied && !met) firms.push_back(firm);
  }
  return firms;
}

// Rivalry reaches everyone through the market; without it an isolated firm has no way to feel the programme.
// Firms and ties stay, so that the network at the end is that of every month.
TEST(Twins, AnUntouchedIsolatedFirmIsIdentical) {
  const Overrides changes{"time.end=2020-06",
                          "horizons=[2020-03]",
                          "decisions.rivalry=0",
                          "decisions.business_stealing=0",
                          "network.mean_degree=2",
                          "network.turnover=0",
                          "processes[entry].enabled=false",
                          "processes[exit].enabled=false",
                          "processes[spin_offs].enabled=false"};
  const auto none = run_of("no_programme.yaml", changes);
  const auto rocket = run_of("rocket.yaml", changes);
  const std::vector<FirmId> untouched = untouched_firms(rocket->world());
  ASSERT_GT(untouched.size(), 50U);
  EXPECT_THAT(differing_columns(none->world(), rocket->world(), untouched), IsEmpty());
  EXPECT_THAT(differing_columns(none->world(), rocket->world()),
              testing::Not(IsEmpty()));  // others do feel it
}

//! The tree with one more policy in front of the others.
Node with_policy_in_front(Node root, const std::string& name, const Node& policy) {
  Node* policies = root.find("programmes")->find("rocket")->find("policies");
  Node longer = Node::mapping();
  longer.set(name, policy);
  for (const Node::Entry& entry : policies->entries()) longer.set(entry.key, entry.value, entry.key_where);
  *policies = longer;
  return root;
}

// Draws belong to (seed, replicate, purpose, entity ...) and to no scenario: a policy that does nothing,
// wherever it stands in the file, leaves the luck of the other policies as it was.
TEST(Twins, AnIdlePolicyInFrontLeavesTheLuckOfTheOthers) {
  const Overrides changes{"time.end=2018-06", "horizons=[2018-03]"};
  const auto rocket = run_of("rocket.yaml", changes);
  const Node idle = yaml_of("{instrument: event, share: 0}");
  const auto longer =
      run_of(setup_of(scenario_of(with_policy_in_front(document_of("rocket.yaml", changes), "idle", idle))));
  std::vector<std::string> columns = differing_columns(rocket->world(), longer->world());
  std::erase(columns, "waits_for");  // holds the policy's row
  EXPECT_THAT(columns, IsEmpty());
}

TEST(Twins, MoreMediaNeverBringAwarenessLater) {
  const auto awareness_months = [](const std::string& media_rate) {
    // Interest is off, so that `since` keeps the month of awareness.
    const auto world =
        run_of("no_programme.yaml",
               {"time.end=2018-12", "horizons=[2018-12]", "processes[interest].enabled=false",
                "firms.initial_interested=0", "firms.initial_piloting=0", "processes[awareness].talk_rate=0",
                "processes[awareness].peer_rate=0", "processes[awareness].media_rate=" + media_rate});
    std::vector<int> months;
    const Firms& firms = world->world().firms;
    for (std::size_t k = 0; k < world->world().ket_count(); ++k) {
      for (std::size_t i = 0; i < firms.count(); ++i) {
        months.push_back(knows(firms.stage(FirmId(i), KetId(k))) ? firms.since(FirmId(i), KetId(k)) : never);
      }
    }
    return months;
  };
  const std::vector<int> few = awareness_months("0.05");
  const std::vector<int> many = awareness_months("0.08");
  std::size_t earlier = 0;
  for (std::size_t p = 0; p < few.size(); ++p) {
    ASSERT_LE(many[p], few[p]);
    earlier += many[p] < few[p];
  }
  EXPECT_GT(earlier, few.size() / 20);
}

}  // namespace
}  // namespace ketsim
