// Partnering: what joining is worth, and whom a firm joins that two leads ask.
#include <gtest/gtest.h>

#include <cmath>

#include "ketsim/engine/awarding.hpp"
#include "ketsim/engine/partner_search.hpp"
#include "support/small_world.hpp"

namespace ketsim {
namespace {

constexpr KetId ket{3};

//! A programme with one grant for projects, open to all firms, which all know of it.
class PartneringTest : public testing::Test {
 protected:
  void begin(const std::string& call, std::uint32_t replicate = 0) {
    simulation_ = std::make_unique<Simulation>(
        setup_of("no_programme.yaml",
                 {"time.start=2016-01", "time.end=2022-12", "horizons=[2022-12]", "population.agents=100",
                  "programmes={scheme: {owner: state, budget: 2000000, start: 2016-01, end: 2023-01, "
                  "policies: {grant: {instrument: project_grant, share: 0.9, window: {announced: 2016-01, "
                  "calls: [" +
                      call + "]}}}}}"}),
        1, replicate);
    context_ = std::make_unique<Context>(simulation_->context());
    for (std::size_t i = 0; i < world().firms.count(); ++i) {
      const FirmId firm(i);
      world().firms.cash[firm] = to_money(1e6);
      world().tell_of_programme(firm, ProgrammeId(0));
      if (world().firms.stage(firm, ket) != Stage::interested)
        world().change_stage(firm, ket, Stage::interested, Trigger::founding);
    }
  }
  Proposal proposal_of(FirmId lead) {
    Proposal proposal;
    proposal.policy = PolicyId(0);
    proposal.ket = ket;
    proposal.lead = lead;
    join_proposal(*context_, proposal, actor(lead));
    return proposal;
  }
  World& world() { return simulation_->world(); }

  std::unique_ptr<Simulation> simulation_;
  std::unique_ptr<Context> context_;
};

// A firm counts the time until the call it joins for is decided.
TEST_F(PartneringTest, JoiningForADistantCallIsWorthLess) {
  std::vector<std::map<FirmId, double>> worth;
  for (const char* call : {"2016-02", "2018-02"}) {
    begin(call);
    PartnerSearch search(context_->scenario(), {});
    search.begin_month();
    auto& of_firms = worth.emplace_back();
    for (const Wish& wish : search.wishes(*context_, proposal_of(FirmId(0)), true, false))
      of_firms[wish.firm] = wish.worth;
  }
  ASSERT_FALSE(worth[1].empty());
  const Valuation valuation(context_->scenario());
  for (const auto& [firm, late] : worth[1]) {
    const auto early = worth[0].find(firm);
    if (early != worth[0].end()) EXPECT_LT(late, early->second);
  }
}

// One firm that two leads of its country ask for the same KET likes both equally: each has it in half of the
// worlds.
TEST_F(PartneringTest, AFirmThatLikesTwoLeadsEquallyJoinsOneByLot) {
  constexpr int worlds = 100;
  int first = 0;
  int joined = 0;
  for (std::uint32_t replicate = 0; replicate < worlds; ++replicate) {
    begin("2016-06", replicate);
    const std::array<FirmId, 2> leads{FirmId(10), FirmId(20)};
    const FirmId asked(30);
    ASSERT_FALSE(world().crosses_border(actor(leads[0]), actor(asked)));
    ASSERT_FALSE(world().crosses_border(actor(leads[1]), actor(asked)));
    for (std::size_t i = 0; i < world().firms.count(); ++i) {
      const FirmId firm(i);
      if (firm != asked) world().firms.engagements[firm] = 2;  // none of the others has time
    }
    world().firms.affinity(asked, ket) = 5.0F;  // joining is worth its while
    for (const FirmId lead : leads) world().proposals.push_back(proposal_of(lead));
    process_of(context_->setup, "partnering")->step(*context_);
    int has = 0;
    for (std::size_t p = 0; p < 2; ++p) {
      for (const Member& member : world().proposals[p].members) {
        if (member.actor != actor(asked)) continue;
        ++has;
        first += p == 0 ? 1 : 0;
      }
    }
    ASSERT_LE(has, 1);
    joined += has;
  }
  EXPECT_GT(joined, worlds / 2);
  EXPECT_NEAR(first, joined / 2.0, 4.0 * std::sqrt(joined / 4.0));  // four standard errors
}

}  // namespace
}  // namespace ketsim
