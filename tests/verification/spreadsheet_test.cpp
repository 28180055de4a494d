// The books once more, kept by the test: it compares the world before and after each month, writes down what
// happened (awards, costs borne, claims paid, grants taken back, acts of outreach, management, pilots,
// investments, proposals written), and from that list alone works out every account and every firm's cash, to
// the cent.
#include <gtest/gtest.h>

#include <map>

#include "ketsim/engine/valuation.hpp"
#include "support/limits.hpp"

namespace ketsim {
namespace {

constexpr ProgrammeId rocket{0};

//! What a month moved, as the list of events says.
struct Flows {
  Money committed;
  Money released;
  Money paid;
  Money borne;  //!< by partners, net of grants
};

class Spreadsheet {
 public:
  explicit Spreadsheet(Simulation& simulation) : simulation_(simulation) {}

  //! Lets one month pass and writes down what it changed.
  void month() {
    const std::vector<Project> projects = world().projects;
    const std::vector<double> cost_factor = world().cost_factor;
    std::vector<Money> cash;
    for (std::size_t i = 0; i < world().firms.count(); ++i) cash.push_back(world().firms.cash[FirmId(i)]);
    std::vector<std::uint32_t> acts;
    for (const PolicyState& policy : simulation_.policies()) acts.push_back(policy.acts);
    this_month = {};

    simulation_.step();

    appropriation();
    for (std::size_t p = 0; p < world().projects.size(); ++p)
      project(p, p < projects.size() ? &projects[p] : nullptr, cash);
    for (std::size_t p = 0; p < acts.size(); ++p) outreach(simulation_.policies()[p], acts[p]);
    management();
    for (const StageChange& change : world().changes) own_work(change, cost_factor, cash);
    for (const Proposal& proposal : world().proposals) writing(proposal, cash);
    for (std::size_t i = 0; i < cash.size(); ++i) expect_cash(FirmId(i), cash[i]);
  }

  Flows this_month;
  std::map<Account, Money> balances;
  Money private_investment;
  std::size_t events = 0;
  std::size_t drop_outs = 0;

 private:
  [[nodiscard]] const World& world() const { return simulation_.world(); }
  [[nodiscard]] const Programme& programme() { return simulation_.context().scenario().programmes[0].value; }

  void post(AccountKind from, std::uint64_t from_index, AccountKind to, std::uint64_t to_index,
            Money amount) {
    if (amount == Money{}) return;
    balances[{from, from_index}] -= amount;
    balances[{to, to_index}] += amount;
    ++events;
  }
  void commit(Money amount) {
    post(AccountKind::unallocated, 0, AccountKind::outstanding, 0, amount);
    this_month.committed += amount;
  }
  void pay(Money amount) {
    post(AccountKind::outstanding, 0, AccountKind::paid, 0, amount);
    this_month.paid += amount;
  }

  void appropriation() {
    if (world().month == simulation_.context().index_of(programme().start))
      post(AccountKind::funder, 0, AccountKind::unallocated, 0, to_money(programme().budget));
  }

  void project(std::size_t number, const Project* before, std::vector<Money>& cash) {
    const Project& now = world().projects[number];
    for (std::size_t m = 0; m < now.members.size(); ++m) {
      const Member& member = now.members[m];
      const Member was = before != nullptr ? before->members[m] : Member{};
      if (before == nullptr) commit(member.grant);
      const Money spent = member.spent - was.spent;
      const Money received = member.received - was.received;
      const Money taken_back = before != nullptr ? was.grant - member.grant : Money{};
      EXPECT_GE(spent, Money{});
      EXPECT_GE(received, Money{});
      EXPECT_GE(taken_back, Money{});
      post(AccountKind::partner, member.actor.code(), AccountKind::project_cost, number, spent);
      post(AccountKind::project_cost, number, AccountKind::partner, member.actor.code(), received);
      post(AccountKind::outstanding, 0, AccountKind::unallocated, 0, taken_back);
      pay(received);
      this_month.released += taken_back;
      this_month.borne += spent - received;
      if (member.actor.kind == ActorKind::firm) cash[member.actor.row] += received - spent;
      drop_outs += member.left && !was.left;
    }
  }

  void outreach(const PolicyState& policy, std::uint32_t acts_before) {
    for (std::uint32_t act = acts_before; act < policy.acts; ++act) {
      commit(to_money(policy.instrument->cost_of_act()));
      pay(to_money(policy.instrument->cost_of_act()));
    }
  }

  void management() {
    const double months = programme().end - programme().start;
    const int done = world().month - simulation_.context().index_of(programme().start);
    if (done < 0 || done >= months) return;
    const Money whole = share_of(to_money(programme().budget), programme().management_share);
    const Money amount = share_of(whole, (done + 1) / months) - share_of(whole, done / months);
    commit(amount);
    pay(amount);
  }

  // A pilot costs its share of the investment, an investment is paid in part by the bank.
  void own_work(const StageChange& change, const std::vector<double>& cost_factor, std::vector<Money>& cash) {
    const DecisionSettings& decisions = simulation_.context().scenario().decisions;
    const Ket& ket = world().geography->ket(change.ket);
    const double cost =
        ket.cost[static_cast<std::size_t>(world().firms.size[change.firm])] * cost_factor[change.ket.index()];
    if (change.to == Stage::piloting && change.trigger == Trigger::own_pilot) {
      cash[change.firm.index()] -= to_money(decisions.pilot_share * cost);
      private_investment += to_money(decisions.pilot_share * cost);
    } else if (change.to == Stage::adopted) {
      cash[change.firm.index()] -= to_money(decisions.own_funds_share * cost);
      private_investment += to_money(cost);
    } else {
      return;
    }
    ++events;
  }

  void writing(const Proposal& proposal, std::vector<Money>& cash) {
    if (proposal.submitted != world().month) return;
    const Context context = simulation_.context();
    for (const Member& member : proposal.members) {
      if (member.actor.kind != ActorKind::firm) continue;
      const Offer offer =
          context.policy(proposal.policy).instrument->offer(context, member.actor.firm(), proposal.ket);
      const bool leads = member.actor == actor(proposal.lead);
      cash[member.actor.row] -= to_money(leads ? offer.effort_lead : offer.effort_partner);
      ++events;
    }
  }

  // The month's business comes last: margins in, owners' share of what is above the usual level out.
  void expect_cash(FirmId firm, Money before_business) {
    const Firms& firms = world().firms;
    const Scenario& scenario = simulation_.context().scenario();
    double rivals = 0.0;
    for (const auto& by_sector : world().rivals)
      rivals += by_sector[firms.sector[firm]] / static_cast<double>(world().rivals.size());
    const double weight = world().geography->market_weight[firms.sector[firm]];
    const double kept =
        firms.kets_used[firm] > 0 ? 1.0 : 1.0 - rivals * scenario.decisions.business_stealing * weight;
    const double income =
        static_cast<double>(firms.base_margin[firm]) * static_cast<double>(firms.shock[firm]) * kept +
        from_kets(firm) - firms.instalments[firm].euros();
    const double above = std::max(0.0, before_business.euros() - static_cast<double>(firms.usual_cash[firm]));
    const double change = income - scenario.firms.payout_rate / 12.0 * above;
    ASSERT_NEAR(static_cast<double>((firms.cash[firm] - before_business).cents), 100.0 * change, 0.5001)
        << "firm " << firm.row << ", month " << world().month;
  }

  // What the KETs in use bring in, a month.
  double from_kets(FirmId firm) {
    const Firms& firms = world().firms;
    const std::size_t sector = firms.sector[firm];
    double sum = 0.0;
    for (std::size_t k = 0; k < world().ket_count(); ++k) {
      if (!uses(firms.stage(firm, KetId(k)))) continue;
      const Ket& ket = world().geography->kets[k];
      const double lost = simulation_.context().scenario().decisions.rivalry *
                          world().geography->market_weight[sector] * world().rivals[k][sector];
      sum += ket.benefit_share * ket.cost[static_cast<std::size_t>(firms.size[firm])] *
             ket.relevance[sector] * static_cast<double>(firms.affinity(firm, KetId(k))) * (1.0 - lost) /
             12.0;
    }
    return sum;
  }

  Simulation& simulation_;
};

//! All the instruments of this version on one budget; of the firms at work in projects some lose their cash
//! in a month and must leave.
void keep_books(std::uint64_t seed) {
  Simulation simulation(setup_of("rocket.yaml", together({closed_world(), months_of("2014-01", "2020-06")})),
                        seed, 0);
  std::set<std::string> instruments;
  for (const PolicyState& policy : simulation.policies()) instruments.insert(policy.policy->instrument);
  EXPECT_GE(instruments.size(), 6U);
  Spreadsheet sheet(simulation);
  World& world = simulation.world();
  while (!simulation.is_done() && !testing::Test::HasFatalFailure()) {
    if (world.month == 50) {
      for (std::size_t i = 0; i < world.firms.count(); i += 10) world.firms.cash[FirmId(i)] = Money{};
    }
    sheet.month();
    for (const auto& [account, amount] : sheet.balances)
      ASSERT_EQ(world.ledger.balance(account), amount)
          << "account of kind " << static_cast<int>(account.kind);
    const MonthlyMoney& month = world.ledger.month(rocket);
    ASSERT_EQ(month.committed, sheet.this_month.committed);
    ASSERT_EQ(month.released, sheet.this_month.released);
    ASSERT_EQ(month.paid, sheet.this_month.paid);
    ASSERT_EQ(world.ledger.private_contribution(), sheet.this_month.borne);
    ASSERT_EQ(world.private_investment, sheet.private_investment);
    ASSERT_EQ(simulation.recorder().now("public_money_committed")[0], sheet.this_month.committed.euros());
    ASSERT_EQ(simulation.recorder().now("public_money_released")[0], sheet.this_month.released.euros());
    ASSERT_EQ(simulation.recorder().now("public_money_paid")[0], sheet.this_month.paid.euros());
    ASSERT_EQ(simulation.recorder().now("private_contribution")[0], sheet.this_month.borne.euros());
  }
  // No account of the ledger is missing from the sheet: its own ones add up to the same totals.
  Money borne;
  for (const auto& [account, amount] : sheet.balances)
    if (account.kind == AccountKind::partner) borne -= amount;
  EXPECT_EQ(borne, world.ledger.borne_by_partners());
  EXPECT_EQ(world.ledger.outstanding(rocket), Money{});
  EXPECT_GT(sheet.events, 2000U);
  EXPECT_GT(sheet.drop_outs, 0U);
}

class SpreadsheetOfSeed : public testing::TestWithParam<std::uint64_t> {};
INSTANTIATE_TEST_SUITE_P(Seeds, SpreadsheetOfSeed, testing::Values(3, 8, 13));

TEST_P(SpreadsheetOfSeed, AgreesWithEveryAccountEveryMonth) {
  keep_books(GetParam());
}

}  // namespace
}  // namespace ketsim
