// Partnering: what joining is worth, and whom a firm joins that two leads ask.
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <map>

#include "ketsim/engine/awarding.hpp"
#include "ketsim/engine/partner_search.hpp"
#include "support/one_grant.hpp"

namespace ketsim {
namespace {

Proposal proposal_of(OneGrant& grant, FirmId lead) {
  Proposal proposal;
  proposal.policy = PolicyId(0);
  proposal.ket = OneGrant::ket;
  proposal.lead = lead;
  join_proposal(grant.context(), proposal, actor(lead));
  return proposal;
}

//! What joining a lead for this call is worth to those that it would ask.
std::map<FirmId, double> worth_joining(const std::string& call) {
  OneGrant grant(call, {"population.agents=100"});
  PartnerSearch search(grant.context().scenario(), {});
  search.begin_month();
  std::map<FirmId, double> worth;
  for (const Wish& wish : search.wishes(grant.context(), proposal_of(grant, FirmId(0)), true, false))
    worth[wish.firm] = wish.worth;
  return worth;
}

// A firm counts the time until the call that it joins for is decided.
TEST(Partnering, JoiningForADistantCallIsWorthLess) {
  const auto soon = worth_joining("2016-02");
  const auto late = worth_joining("2018-02");
  int both = 0;
  for (const auto& [firm, worth] : late) {
    if (!soon.contains(firm)) continue;
    EXPECT_LT(worth, soon.at(firm));
    ++both;
  }
  EXPECT_GT(both, 0);
}

// One firm that two leads of its country ask for the same KET likes both equally: each has it in half of the
// worlds.
TEST(Partnering, AFirmThatLikesTwoLeadsEquallyJoinsOneByLot) {
  constexpr int worlds = 100;
  const std::array<FirmId, 2> leads{FirmId(10), FirmId(20)};
  const FirmId asked(30);
  std::array<int, 2> joined{};
  for (std::uint32_t replicate = 0; replicate < worlds; ++replicate) {
    OneGrant grant("2016-06", {"population.agents=100"}, replicate);
    World& world = grant.world();
    for (std::size_t i = 0; i < world.firms.count(); ++i) {
      if (FirmId(i) != asked) world.firms.engagements[FirmId(i)] = 2;  // none of the others has time
    }
    world.firms.affinity(asked, OneGrant::ket) = 5.0F;  // joining is worth its while
    for (const FirmId lead : leads) {
      ASSERT_FALSE(world.crosses_border(actor(lead), actor(asked)));
      world.proposals.push_back(proposal_of(grant, lead));
    }
    grant.step("partnering");
    int has = 0;
    for (std::size_t p = 0; p < leads.size(); ++p) {
      const auto& members = world.proposals[p].members;
      const auto times = std::ranges::count(members, actor(asked), &Member::actor);
      joined[p] += static_cast<int>(times);
      has += static_cast<int>(times);
    }
    ASSERT_LE(has, 1);
  }
  const double all = joined[0] + joined[1];
  EXPECT_GT(all, worlds / 2);
  EXPECT_NEAR(joined[0], all / 2.0, 4.0 * std::sqrt(all / 4.0));  // four standard errors
}

}  // namespace
}  // namespace ketsim
