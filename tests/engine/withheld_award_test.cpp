// One award withheld: nothing differs before its decision, nobody else gets its money, and the books close.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/call_by_hand.hpp"
#include "support/limits.hpp"

namespace ketsim {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

constexpr ProgrammeId first{0};
constexpr std::uint64_t seed = 3;

//! The first award of a kind that a world has made.
MadeAward award_of(const Simulation& simulation, ProjectKind kind) {
  for (MadeAward& award : awards_of(simulation)) {
    if (award.kind == kind) return award;
  }
  throw std::invalid_argument("no award of this kind");
}

std::vector<WithheldAward> names(const std::vector<MadeAward>& awards) {
  std::vector<WithheldAward> all;
  for (const MadeAward& award : awards) all.push_back(award.award);
  return all;
}

//! A world, and its twin without one award, month by month.
struct Twins {
  Twins(const std::shared_ptr<Setup>& setup, ProjectKind kind)
      : made(award_of(*run_of(setup, seed), kind)), world(setup, seed, 0), twin(setup, seed, 0) {
    twin.withhold(made.award);
  }
  void step_until(MonthIndex month) {
    while (world.world().month < month || !began) {
      began = true;
      world.step();
      twin.step();
    }
  }
  //! Up to the month before the decision.
  void expect_alike_before() {
    step_until(static_cast<MonthIndex>(made.decided - 1));
    EXPECT_THAT(differing_columns(world.world(), twin.world()), IsEmpty());
    EXPECT_EQ(world.world().ledger.unallocated(first), twin.world().ledger.unallocated(first));
    EXPECT_EQ(names(awards_of(world)), names(awards_of(twin)));
  }
  //! In the month of the decision all others get what they get, and the public pays as much.
  void expect_burnt() {
    step_until(made.decided);
    std::vector<WithheldAward> others = names(awards_of(world));
    EXPECT_EQ(std::erase(others, made.award), 1U);
    EXPECT_EQ(names(awards_of(twin)), others);
    const Ledger& with = world.world().ledger;
    const Ledger& without = twin.world().ledger;
    const Money repaid = with.month(first).repaid - without.month(first).repaid;  // a loan's first payment
    EXPECT_EQ(with.in(first)-repaid, without.in(first));
    EXPECT_EQ(with.unallocated(first) - repaid, without.unallocated(first));
    EXPECT_EQ(with.public_cost(first), without.public_cost(first));
    EXPECT_NO_THROW(without.check());
    EXPECT_THAT(differing_columns(world.world(), twin.world()), Not(IsEmpty()));
  }
  //! What the two say of the lead's application.
  [[nodiscard]] ProposalStatus status(const Simulation& simulation) const {
    const World& here = simulation.world();
    for (const Proposal& proposal : here.proposals) {
      if (here.firms.key[proposal.lead] == made.award.lead && proposal.ket == made.award.ket &&
          proposal.submitted == made.award.submitted)
        return proposal.status;
    }
    return ProposalStatus::forming;
  }

  MadeAward made;
  Simulation world;
  Simulation twin;
  bool began = false;
};

TEST(WithheldAward, OfAConsortiumIsTurnedDownAndItsMoneyBurnt) {
  const auto setup = setup_of("rocket.yaml", until_rocket_is_over());
  for (const ProjectKind kind : {ProjectKind::innovation_project, ProjectKind::feasibility_study}) {
    Twins twins(setup, kind);
    twins.expect_alike_before();
    const Money paid = twins.twin.world().ledger.paid(first);
    twins.expect_burnt();
    EXPECT_GE(twins.twin.world().ledger.paid(first) - paid, twins.made.amount);
    EXPECT_EQ(twins.status(twins.world), ProposalStatus::awarded);
    EXPECT_EQ(twins.status(twins.twin), ProposalStatus::rejected);
    for (const StableKey key : twins.made.firms) {
      for (std::size_t i = 0; i < twins.twin.world().firms.count(); ++i) {
        if (twins.twin.world().firms.key[FirmId(i)] != key) continue;
        EXPECT_EQ(twins.twin.world().firms.belief_losses[FirmId(i)],
                  twins.world.world().firms.belief_losses[FirmId(i)] + 1.0F);
      }
    }
    twins.twin.run();  // the books are checked every month
    const Ledger& books = twins.twin.world().ledger;
    EXPECT_EQ(books.in(first), books.unallocated(first) + books.outstanding(first) + books.paid(first));
  }
}

//! Support of single firms: a grant, a loan, an advance, a guarantee; an entitlement among them.
struct OfOneFirm {
  const char* policy;
  ProjectKind kind;
};

class WithheldSupport : public testing::TestWithParam<OfOneFirm> {};

TEST_P(WithheldSupport, IsTurnedDownAndItsMoneyBurnt) {
  const auto setup =
      setup_of("rocket.yaml",
               together({months_of("2014-01", "2018-12"),
                         {"population.agents=800", "programmes[rocket].known_share=0.5",
                          "programmes[rocket].budget=1e7",
                          "programmes[rocket].policies={projects: {instrument: project_grant, share: 0.5,"
                          " target: {size_classes: [micro, small, medium]},"
                          " window: {announced: 2016-04, calls: [2016-12, 2017-06]}},"
                          " support: " +
                              std::string(GetParam().policy) + "}"}}));
  Twins twins(setup, GetParam().kind);
  twins.expect_alike_before();
  twins.expect_burnt();
  EXPECT_NE(twins.status(twins.twin), ProposalStatus::awarded);
  twins.twin.run();
  EXPECT_NO_THROW(twins.twin.world().ledger.check());
}

INSTANTIATE_TEST_SUITE_P(
    All, WithheldSupport,
    testing::Values(
        OfOneFirm{
            "{instrument: rd_tax_credit, share: 0.2, allocation: {rule: first_come, decision_months: 0}}",
            ProjectKind::pilot},
        OfOneFirm{
            "{instrument: rd_tax_credit, share: 0.01, allocation: {rule: entitlement, decision_months: 1}}",
            ProjectKind::pilot},
        OfOneFirm{"{instrument: soft_loan, share: 0.2, allocation: {rule: first_come, decision_months: 2}}",
                  ProjectKind::investment},
        OfOneFirm{"{instrument: loan_guarantee, share: 0.2, allocation: {decision_months: 1}}",
                  ProjectKind::investment},
        OfOneFirm{"{instrument: pre_financing, share: 0.2, allocation: {decision_months: 0}}",
                  ProjectKind::advance}));

TEST(WithheldAward, ThatWasNeverMadeChangesNothing) {
  const auto setup = setup_of("rocket.yaml", together({until_rocket_is_over(), {"population.agents=900"}}));
  const auto usual = run_of(setup, seed);
  const WithheldAward made = award_of(*usual, ProjectKind::innovation_project).award;
  std::vector<WithheldAward> never_made(4, made);
  ++never_made[0].submitted;
  never_made[1].ket = KetId((made.ket.index() + 1) % 4);
  ++never_made[2].lead;
  ++never_made[3].policy;
  Simulation twin(setup, seed, 0);
  for (const WithheldAward& award : never_made) twin.withhold(award);
  twin.run();
  EXPECT_THAT(differing_columns(usual->world(), twin.world()), IsEmpty());
  EXPECT_EQ(usual->recorder().values(), twin.recorder().values());
}

TEST(AwardsOf, AreThoseThatTheMonthsReport) {
  Simulation simulation(setup_of("rocket.yaml", until_rocket_is_over()), seed, 0);
  std::map<MonthIndex, Money> reported;
  while (!simulation.is_done()) {
    simulation.step();
    for (const Award& award : simulation.world().awards) reported[simulation.world().month] += award.amount;
  }
  std::map<MonthIndex, Money> listed;
  const std::vector<MadeAward> made = awards_of(simulation);
  for (const MadeAward& award : made) {
    listed[award.decided] += award.amount;
    EXPECT_EQ(award.firms.front(), award.award.lead);
  }
  EXPECT_EQ(listed, reported);
  EXPECT_EQ(made.size(), simulation.world().projects.size());
  std::vector<WithheldAward> all = names(made);
  for (const WithheldAward& one : all) EXPECT_EQ(std::ranges::count(all, one), 1);
}

const std::string perfect = "{rule: ranked, jury_reliability: 1, decision_months: 0}";

void withhold(Call& call, std::size_t proposal) {
  call.policy().withheld.push_back(
      {call.policy().key, call.world().firms.key[FirmId(proposal)], KetId(0), 0});
}

TEST(WithheldAward, GoesToNobodyElse) {
  Call call(perfect, 250);
  for (const double quality : {0.9, 0.8, 0.7}) call.propose(quality, 100);
  withhold(call, 0);
  EXPECT_THAT(call.winners(), ElementsAre(1));
  EXPECT_EQ(call.world().ledger.paid(first), to_money(100));
  EXPECT_EQ(call.world().ledger.outstanding(first), to_money(100));
  EXPECT_EQ(call.policy().left(), to_money(50));
}

TEST(WithheldAward, CountsForTheQuotaAsIfItHadBeenMade) {
  Call call("{rule: ranked, jury_reliability: 1, decision_months: 0, newcomer_quota: 0.5}", 400);
  for (const double quality : {0.9, 0.8, 0.7, 0.6}) call.propose(quality, 100);
  for (const std::size_t p : {0U, 1U, 2U}) call.world().firms.first_award.edit(FirmId(p)) = 0;
  withhold(call, 0);
  EXPECT_THAT(call.winners(), ElementsAre(1, 3));
}

// A lead that cannot carry the cost would have left the award unused: there is nothing to burn.
TEST(WithheldAward, ThatWouldHaveGoneUnusedIsNone) {
  Call call(perfect, 250);
  for (const double quality : {0.9, 0.8}) call.propose(quality, 100);
  call.world().firms.cash[FirmId(0)] = Money{};
  withhold(call, 0);
  EXPECT_THAT(call.winners(), ElementsAre(1));
  EXPECT_EQ(call.world().proposals[0].status, ProposalStatus::unused);
  EXPECT_EQ(call.world().ledger.paid(first), Money{});
  EXPECT_EQ(call.policy().left(), to_money(150));
}

}  // namespace
}  // namespace ketsim
