// Deferred acceptance, on random markets.
#include "ketsim/engine/matching.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

namespace ketsim {
namespace {

using testing::ElementsAre;

using Market = std::vector<MatchingLead>;
using Matches = std::vector<std::vector<std::uint32_t>>;

//! Leads with random wishes among `partners`. Partners like leads in so many degrees: with few, some equally.
Market random_market(std::mt19937& random, std::size_t leads, std::uint32_t partners, unsigned degrees = 3) {
  Market market(leads);
  for (std::size_t l = 0; l < leads; ++l) {
    market[l].places = random() % 4;
    std::vector<std::uint32_t> all(partners);
    for (std::uint32_t p = 0; p < partners; ++p) all[p] = p;
    std::shuffle(all.begin(), all.end(), random);
    all.resize(random() % (partners + 1));
    market[l].wishes = all;
    for (std::size_t w = 0; w < all.size(); ++w)
      market[l].welcome.push_back(static_cast<double>(random() % degrees));
  }
  return market;
}

std::size_t rank_of(const MatchingLead& lead, std::uint32_t partner) {
  return static_cast<std::size_t>(std::ranges::find(lead.wishes, partner) - lead.wishes.begin());
}

//! What a partner thinks of a lead: more is better, and of two liked equally the earlier one.
std::pair<double, double> taste(const Market& market, std::size_t lead, std::uint32_t partner) {
  return {market[lead].welcome[rank_of(market[lead], partner)], -static_cast<double>(lead)};
}

std::map<std::uint32_t, std::size_t> holders(const Matches& matches) {
  std::map<std::uint32_t, std::size_t> holder;
  for (std::size_t l = 0; l < matches.size(); ++l) {
    for (const std::uint32_t partner : matches[l])
      EXPECT_TRUE(holder.emplace(partner, l).second) << "one lead a partner";
  }
  return holder;
}

TEST(DeferredAcceptance, NoLeadAndPartnerWouldRatherHaveEachOther) {
  std::mt19937 random(1);
  for (int trial = 0; trial < 500; ++trial) {
    const Market market = random_market(random, 6, 8);
    const Matches matches = deferred_acceptance(market);
    const auto holder = holders(matches);
    for (std::size_t l = 0; l < market.size(); ++l) {
      ASSERT_LE(matches[l].size(), market[l].places);
      ASSERT_TRUE(
          std::ranges::is_sorted(matches[l], {}, [&](std::uint32_t p) { return rank_of(market[l], p); }));
      for (const std::uint32_t partner : market[l].wishes) {
        if (std::ranges::find(matches[l], partner) != matches[l].end()) continue;
        const bool lead_wants =
            market[l].places > matches[l].size() ||
            (!matches[l].empty() && rank_of(market[l], partner) < rank_of(market[l], matches[l].back()));
        const auto held = holder.find(partner);
        const bool partner_wants =
            held == holder.end() || taste(market, l, partner) > taste(market, held->second, partner);
        ASSERT_FALSE(lead_wants && partner_wants);
      }
    }
  }
}

TEST(DeferredAcceptance, OneMoreLeadNeverHelpsAnother) {
  std::mt19937 random(2);
  int worse = 0;
  for (int trial = 0; trial < 500; ++trial) {
    Market market = random_market(random, 6, 8);
    const Matches with = deferred_acceptance(market);
    market.pop_back();
    const Matches without = deferred_acceptance(market);
    for (std::size_t l = 0; l < market.size(); ++l) {
      ASSERT_LE(with[l].size(), without[l].size());
      for (std::size_t i = 0; i < with[l].size(); ++i)
        ASSERT_GE(rank_of(market[l], with[l][i]), rank_of(market[l], without[l][i]));
      worse += with[l] != without[l];
    }
  }
  EXPECT_GT(worse, 50);
}

TEST(DeferredAcceptance, TheOrderOfTheLeadsDoesNotMatterToWhoLikesNoTwoEqually) {
  std::mt19937 random(3);
  for (int trial = 0; trial < 200; ++trial) {
    Market market = random_market(random, 6, 8, 1U << 30);
    const Matches matches = deferred_acceptance(market);
    std::ranges::reverse(market);
    Matches reversed = deferred_acceptance(market);
    std::ranges::reverse(reversed);
    ASSERT_EQ(matches, reversed);
  }
}

TEST(DeferredAcceptance, APartnerTakesTheLeadThatItWelcomesMost) {
  const Market market{{.places = 1, .wishes = {7, 8}, .welcome = {1.0, 1.0}},
                      {.places = 1, .wishes = {7}, .welcome = {2.0}}};
  const Matches matches = deferred_acceptance(market);
  EXPECT_THAT(matches[0], ElementsAre(8));
  EXPECT_THAT(matches[1], ElementsAre(7));
}

TEST(DeferredAcceptance, APartnerThatLikesTwoLeadsEquallyTakesTheEarlierOne) {
  const Market market{{.places = 1, .wishes = {7}, .welcome = {1.0}},
                      {.places = 1, .wishes = {7}, .welcome = {1.0}}};
  const Matches matches = deferred_acceptance(market);
  EXPECT_THAT(matches[0], ElementsAre(7));
  EXPECT_THAT(matches[1], testing::IsEmpty());
}

TEST(DeferredAcceptance, WithoutLeadsThereAreNoMatches) {
  EXPECT_THAT(deferred_acceptance({}), testing::IsEmpty());
}

}  // namespace
}  // namespace ketsim
