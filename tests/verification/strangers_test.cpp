// What one firm gets, or that it exists, is nobody else's affair as long as nothing connects it with others:
// neither ties nor the market. All else that could connect worlds (order, draws, money) must not.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ketsim/engine/awarding.hpp"
#include "support/compare_worlds.hpp"
#include "support/limits.hpp"

namespace ketsim {
namespace {

using testing::IsEmpty;

//! ROCKET with money for projects that nobody asks for, in a closed world of few ties.
Overrides idle_grants() {
  return together({closed_world(),
                   months_of("2014-01", "2022-12"),
                   {"network.mean_degree=2", "programmes[rocket].management_share=0",
                    "programmes[rocket].policies={only: {instrument: project_grant, share: 0.5,"
                    " params: {lead_propensity: 0}}}"}});
}

FirmId isolated_sme(const World& world) {
  for (std::size_t i = 0; i < world.firms.count(); ++i) {
    const FirmId firm(i);
    if (world.is_sme(actor(firm)) && is_isolated(world, firm) && world.firms.kets_used[firm] == 0)
      return firm;
  }
  throw std::invalid_argument("no isolated SME");
}

//! Gives a firm a project of its own, all at the programme's cost.
void award_by_hand(Simulation& simulation, FirmId firm, double grant) {
  Context context = simulation.context();
  Proposal proposal;
  proposal.policy = PolicyId(0);
  proposal.ket = KetId(1);
  proposal.lead = firm;
  proposal.status = ProposalStatus::submitted;
  proposal.submitted = proposal.decision_due = context.month();
  join_proposal(context, proposal, actor(firm));
  proposal.members[0].cost = proposal.members[0].grant = to_money(grant);
  context.world.proposals.push_back(proposal);
  award(context, context.policies.front(), ProposalId(context.world.proposals.size() - 1));
}

struct Twins {
  std::unique_ptr<Simulation> without;
  std::unique_ptr<Simulation> with;
  FirmId paid;
};

//! Two worlds, in one of which one isolated firm has an award three years in; `useless`: KETs can do nothing
//! for it.
Twins with_one_award(const Overrides& changes, bool useless) {
  const auto setup = setup_of("rocket.yaml", together({idle_grants(), changes}));
  Twins twins{std::make_unique<Simulation>(setup, 5, 0), std::make_unique<Simulation>(setup, 5, 0), {}};
  twins.paid = isolated_sme(twins.with->world());
  for (Simulation* world : {twins.without.get(), twins.with.get()}) {
    for (std::size_t k = 0; useless && k < world->world().ket_count(); ++k)
      world->world().firms.affinity(twins.paid, KetId(k)) = 0.0F;
    while (world->world().month < 36) world->step();
    if (world == twins.with.get()) award_by_hand(*world, twins.paid, 90e3);
    world->run();
  }
  EXPECT_EQ(twins.with->world().projects.size(), 1U);
  EXPECT_EQ(twins.with->world().ledger.outstanding(ProgrammeId(0)), Money{});
  EXPECT_GT(twins.with->world().ledger.paid(ProgrammeId(0)), Money{});
  return twins;
}

std::set<std::string> differences(const Twins& twins) {
  const World& world = twins.with->world();
  return differences_beside(twins.without->world(), world, {world.firms.key[twins.paid]});
}

TEST(OneAward, ToAnIsolatedFirmChangesNobodyElse) {
  const Twins twins = with_one_award(no_rivalry(), false);
  EXPECT_THAT(differences(twins), IsEmpty());
  EXPECT_THAT(differing_columns(twins.without->world(), twins.with->world(), {twins.paid}),
              testing::Contains("evidence"));
  // Exactly one firm's money differs, and no partner's.
  std::size_t richer_or_poorer = 0;
  for (std::size_t i = 0; i < twins.with->world().firms.count(); ++i)
    richer_or_poorer +=
        twins.with->world().firms.cash[FirmId(i)] != twins.without->world().firms.cash[FirmId(i)];
  EXPECT_EQ(richer_or_poorer, 1U);
  EXPECT_EQ(twins.with->world().ledger.borne_by_partners(), Money{});
}

TEST(OneAward, APlaceboChangesNobodyElseEvenThroughTheMarket) {
  const Twins twins = with_one_award({}, true);
  EXPECT_THAT(differences(twins), IsEmpty());
  EXPECT_EQ(twins.with->world().rivals, twins.without->world().rivals);
  EXPECT_EQ(twins.with->world().users, twins.without->world().users);
}

// The two tests above would notice an effect: a real award to a firm of the same market does reach others.
TEST(OneAward, ThroughTheMarketARealOneReachesOthers) {
  const Twins twins =
      with_one_award({"decisions.own_funds_share=0", "decisions.hurdle=0", "firms.risk_aversion=0",
                      "programmes[rocket].policies[only].params.benefit_gain=10",
                      "programmes[rocket].policies[only].params.technical_success=1",
                      "programmes[rocket].policies[only].params.cooperation_failure=0"},
                     false);
  EXPECT_THAT(differences(twins), testing::Not(IsEmpty()));
}

//! All that passes what one firm does on to others, by mechanism. Peers: talk, evidence and news of awards.
//! Institutes: knowledge, demand, capacity. Advisers: what their clients look into, and their hours. The
//! market, and the region.
Overrides no_spill_overs() {
  return together({no_rivalry(),
                   no_peer_ties(),
                   {"processes[learning].enabled=false", "processes[research_lines].enabled=false",
                    "processes[joint_pilots].enabled=false", "processes[advice_portfolios].enabled=false",
                    "processes[interest].advice_gain=0", "processes[awareness].contact_weight=0",
                    "processes[selection].hearsay=0", "processes[publicity].word_of_mouth=0",
                    "decisions.nearby_evidence=0"}});
}

//! Money for vouchers in a programme that nobody hears of.
Overrides unknown_vouchers() {
  return {
      "programmes={scheme: {owner: state, budget: 1000000, start: 2014-01, end: 2022-01, policies:"
      " {vouchers: {instrument: innovation_voucher, share: 1, target: {size_classes: [micro, small, medium]},"
      " allocation: {rule: first_come, decision_months: 0}}}}}"};
}

constexpr KetId ket_of_voucher{1};

//! An SME that looks into the KET, can pay for a voucher, and has an adviser.
FirmId sme_with_an_adviser(const World& world) {
  for (std::size_t i = 0; i < world.firms.count(); ++i) {
    const FirmId firm(i);
    if (world.is_sme(actor(firm)) && world.firms.stage(firm, ket_of_voucher) == Stage::interested &&
        world.firms.commitments(firm, ket_of_voucher) == 0 && world.firms.client_of[firm] != 255 &&
        world.firms.cash[firm] > to_money(60e3))
      return firm;
  }
  throw std::invalid_argument("no SME for a voucher");
}

//! The firm and an institute apply for a voucher; all else is the model's affair.
void apply_by_hand(Simulation& simulation, FirmId firm) {
  Context context = simulation.context();
  Proposal proposal;
  proposal.policy = PolicyId(0);
  proposal.kind = ProjectKind::innovation_voucher;
  proposal.ket = ket_of_voucher;
  proposal.lead = firm;
  proposal.status = ProposalStatus::submitted;
  proposal.submitted = proposal.decision_due = context.month();
  join_proposal(context, proposal, actor(firm));
  join_proposal(context, proposal, actor(ResearchId(0)));
  context.policies.front().instrument->set_budget(context, proposal);
  context.world.proposals.push_back(std::move(proposal));
}

//! Months in which another firm's row, or its cash, differs; and those in which the firm's own cash does.
struct VoucherEffect {
  int months_others_differ = 0;
  int months_cash_differs = 0;
  std::set<std::string> columns;  //!< in which any firm differed
  Money paid;
};

VoucherEffect effect_of_one_voucher(const Overrides& changes) {
  const auto setup =
      setup_of("no_programme.yaml",
               together({closed_world(), months_of("2014-01", "2019-12"), unknown_vouchers(), changes}));
  Simulation without(setup, 5, 0);
  Simulation with(setup, 5, 0);
  VoucherEffect effect;
  FirmId paid;
  while (!with.is_done()) {
    if (with.world().month == 11) {  // the month that has passed: the voucher is the second year's
      paid = sme_with_an_adviser(with.world());
      ++with.world().month;
      apply_by_hand(with, paid);
    }
    without.step();
    with.step();
    if (!paid.is_valid()) {
      EXPECT_THAT(differing_columns(without.world(), with.world()), IsEmpty());
      continue;
    }
    const std::set<std::string> others =
        differences_beside(without.world(), with.world(), {with.world().firms.key[paid]});
    // The institute remembers who asked it; that no firm's row differs is the claim.
    effect.months_others_differ +=
        std::ranges::any_of(others, [](const std::string& name) { return name != "organisations"; });
    effect.months_cash_differs += without.world().firms.cash[paid] != with.world().firms.cash[paid];
    for (const std::string& name : differing_columns(without.world(), with.world(), {paid}))
      effect.columns.insert(name);
  }
  effect.paid = with.world().ledger.paid(ProgrammeId(0));
  EXPECT_EQ(without.world().ledger.paid(ProgrammeId(0)), Money{});
  return effect;
}

TEST(OneVoucher, WithoutSpillOversOneFirmsMoneyDiffersAndNobodyElsesRow) {
  const VoucherEffect effect = effect_of_one_voucher(no_spill_overs());
  EXPECT_EQ(effect.months_others_differ, 0);
  EXPECT_GT(effect.months_cash_differs, 48);
  EXPECT_EQ(effect.paid, to_money(0.7 * 25e3));
  EXPECT_THAT(effect.columns, testing::IsSupersetOf({"cash", "first_award", "evidence"}));
}

// The test above would notice an effect: with all mechanisms at work others feel the voucher.
TEST(OneVoucher, WithSpillOversOthersFeelIt) {
  EXPECT_GT(effect_of_one_voucher({}).months_others_differ, 24);
}

//! A firm more: large, so that it can lead nothing; without an adviser, a contact or a KET in use.
struct OneMore {
  std::shared_ptr<Setup> setup;
  StableKey key = 0;
};

OneMore one_more_firm(const std::shared_ptr<Setup>& setup, std::uint64_t seed) {
  std::set<StableKey> present;
  const Simulation before(setup, seed, 0);
  for (std::size_t i = 0; i < before.world().firms.count(); ++i)
    present.insert(before.world().firms.key[FirmId(i)]);
  for (std::size_t c = 0; c < setup->population.cells.size(); ++c) {
    if (setup->population.cells[c].size != SizeClass::large) continue;
    auto longer = std::make_shared<Setup>(*setup);
    ++longer->population.cells[c].count;
    ++longer->population.firms;
    const Simulation after(longer, seed, 0);
    for (std::size_t i = 0; i < after.world().firms.count(); ++i) {
      const FirmId firm(i);
      const StableKey key = after.world().firms.key[firm];
      if (!present.contains(key) && is_isolated(after.world(), firm) &&
          after.world().firms.kets_used[firm] == 0)
        return {longer, key};
    }
  }
  throw std::invalid_argument("no cell whose next large firm is isolated");
}

// Initial ties are drawn among the firms of a region and sector, and a market share has all firms of a sector
// below its line: without both, one more firm that adopts nothing changes nobody in the whole of ROCKET.
TEST(OneMoreFirm, ThatIsIsolatedIneligibleAndAdoptsNothingChangesNobody) {
  Overrides changes =
      together({closed_world(), no_rivalry(), no_peer_ties(), months_of("2014-01", "2020-12")});
  for (const char* policy : {"events", "visits", "matchmaking"})
    changes.push_back(std::string("programmes[rocket].policies[") + policy +
                      "].target={size_classes: [micro, small, medium]}");
  const auto setup = setup_of("rocket.yaml", changes);
  for (const std::uint64_t seed : {3U, 4U}) {
    const OneMore more = one_more_firm(setup, seed);
    const auto before = run_of(setup, seed);
    Simulation after(more.setup, seed, 0);
    Firms& firms = after.world().firms;
    ASSERT_EQ(firms.count(), before->world().firms.count() + 1);
    for (std::size_t i = 0; i < firms.count(); ++i) {
      if (firms.key[FirmId(i)] != more.key) continue;
      for (std::size_t k = 0; k < after.world().ket_count(); ++k) firms.affinity(FirmId(i), KetId(k)) = 0.0F;
    }
    after.run();
    EXPECT_THAT(differences_beside(before->world(), after.world(), {more.key}), IsEmpty());
    EXPECT_GT(before->world().projects.size(), 2U);
    EXPECT_GT(total(*before, "firms_reached"), 100.0);
  }
}

}  // namespace
}  // namespace ketsim
