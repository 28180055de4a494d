// Contacts: one row a pair, found from either end.
#include "ketsim/model/ties.hpp"

#include <gtest/gtest.h>

#include "support/small_world.hpp"

namespace ketsim {
namespace {

TEST(Contacts, APairHasOneRowWhateverItsOrder) {
  Contacts contacts;
  const Actor firm = actor(FirmId(4));
  const Actor institute = actor(ResearchId(2));
  contacts.between(institute, firm).strength = 0.5F;
  EXPECT_EQ(contacts.between(firm, institute).strength, 0.5F);
  EXPECT_EQ(contacts.all().size(), 1U);
  EXPECT_EQ(contacts.find(firm, institute), contacts.find(institute, firm));
  EXPECT_EQ(contacts.find(firm, actor(ResearchId(3))), nullptr);
  EXPECT_EQ(other_end(contacts.row(*contacts.of(firm).begin()), firm), institute);
  EXPECT_TRUE(contacts.of(actor(FirmId(5))).empty());
}

TEST(Contacts, AnActorHasTheOldestFirst) {
  Contacts contacts;
  const Actor hub = actor(FirmId(3));
  const std::vector<Actor> others{actor(ResearchId(3)), actor(FirmId(7)), actor(IntermediaryId(3)),
                                  actor(FirmId(1))};
  for (const Actor other : others) contacts.between(hub, other);
  contacts.between(others[0], others[1]);  // not the hub's
  std::vector<Actor> found;
  for (const std::uint32_t row : contacts.of(hub)) found.push_back(other_end(contacts.row(row), hub));
  EXPECT_EQ(found, others);
  EXPECT_THROW(contacts.between(hub, hub), ContractViolation);
}

TEST(PeerTies, AreMutualAndOfEqualStrength) {
  const Simulation simulation(setup_of("no_programme.yaml"), 1, 0);
  const PeerTies& peers = simulation.world().peers;
  const std::size_t firms = simulation.world().firms.count();
  for (std::size_t i = 0; i < firms; ++i) {
    const auto neighbours = peers.neighbours(FirmId(i));
    for (std::size_t n = 0; n < neighbours.size(); ++n) {
      ASSERT_NE(neighbours[n], i);
      const auto back = peers.neighbours(FirmId(neighbours[n]));
      const auto place = std::ranges::find(back, static_cast<std::uint32_t>(i));
      ASSERT_NE(place, back.end());
      ASSERT_EQ(peers.strengths(FirmId(neighbours[n]))[static_cast<std::size_t>(place - back.begin())],
                peers.strengths(FirmId(i))[n]);
    }
  }
  // Each firm seeks half of its ties; double ones, and those that the border holds back, are lost.
  const double mean_degree = static_cast<double>(peers.ends().neighbour.size()) / static_cast<double>(firms);
  EXPECT_GT(mean_degree, 4.5);
  EXPECT_LT(mean_degree, 6.2);
}

// "The same world without the border" has all ties of the world with it, and more.
TEST(PeerTies, ABorderOnlyTakesTiesAway) {
  const auto pairs = [](const Overrides& changes) {
    const Simulation simulation(setup_of("no_programme.yaml", changes), 1, 0);
    std::vector<std::pair<std::size_t, std::uint32_t>> all;
    for (std::size_t i = 0; i < simulation.world().firms.count(); ++i) {
      for (const std::uint32_t neighbour : simulation.world().peers.neighbours(FirmId(i)))
        all.emplace_back(i, neighbour);
    }
    std::ranges::sort(all);
    return all;
  };
  const auto bounded = pairs({});
  const auto open = pairs({"borders[DE-NL]={language: 0, culture: 0, legislation: 0}"});
  EXPECT_TRUE(std::ranges::includes(open, bounded));
  EXPECT_GT(open.size(), bounded.size());
}

}  // namespace
}  // namespace ketsim
