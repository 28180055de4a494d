// Outputs on money, read off the books.
#include <algorithm>

#include "ketsim/engine/observer.hpp"
#include "ketsim/scenario/catalogue.hpp"

namespace ketsim {
namespace {

class MoneyObserver final : public Observer {
 public:
  std::vector<Series> series() const override {
    const auto flow = [](const char* name, const char* doc, std::vector<std::string> dimensions) {
      return Series{.name = name,
                    .unit = "EUR",
                    .kind = SeriesKind::flow,
                    .dimensions = std::move(dimensions),
                    .doc = doc,
                    .chart = "Money"};
    };
    return {
        flow("public_money_committed", "public money committed in the month, gross of later releases",
             {"programme"}),
        flow("public_money_released", "public money committed before and given back in the month",
             {"programme"}),
        flow("public_money_paid", "public money paid out in the month, loans and advances included",
             {"programme"}),
        flow("public_money_repaid", "loans and advances that came back in the month, with interest",
             {"programme"}),
        flow("public_cost",
             "cost to the public of what was decided in the month: money committed less released, loans and "
             "advances at the interest saved and with their losses",
             {"programme"}),
        flow("net_commitments", "money committed in the month, less released and repaid", {"instrument"}),
        flow("private_contribution",
             "cost of projects that partners bore in the month, less grants that they got back", {}),
        flow("private_investment",
             "spending of firms on pilots and adoption in the month, bank loans included, outside projects",
             {}),
    };
  }

  void observe(const Context& context, Recorder& recorder) override {
    const World& world = context.world;
    cost_.resize(context.scenario().programmes.size());
    for (std::size_t p = 0; p < context.scenario().programmes.size(); ++p) {
      const MonthlyMoney& month = world.ledger.month(ProgrammeId(p));
      const std::size_t cell = cell_of(context, p);
      recorder.now("public_money_committed")[cell] = month.committed.euros();
      recorder.now("public_money_released")[cell] = month.released.euros();
      recorder.now("public_money_paid")[cell] = month.paid.euros();
      recorder.now("public_money_repaid")[cell] = month.repaid.euros();
      const Money cost = world.ledger.public_cost(ProgrammeId(p));
      recorder.now("public_cost")[cell] = (cost - cost_[p]).euros();
      cost_[p] = cost;
    }
    recorder.now("private_contribution")[0] = world.ledger.private_contribution().euros();
    recorder.now("private_investment")[0] = (world.private_investment - invested_).euros();
    invested_ = world.private_investment;
    committed_.resize(context.policies.size());
    static const std::vector<std::string> names = instrument_catalogue().names();
    for (const PolicyState& policy : context.policies) {
      const auto place = std::ranges::find(names, policy.policy->instrument) - names.begin();
      Money& before = committed_[policy.id.index()];
      recorder.now("net_commitments")[static_cast<std::size_t>(place)] += (policy.committed - before).euros();
      before = policy.committed;
    }
  }

  void save(ByteWriter& bytes, const World&) const override { bytes(invested_, cost_, committed_); }
  void restore(ByteReader& bytes, const World&) override { bytes(invested_, cost_, committed_); }

 private:
  static std::size_t cell_of(const Context& context, std::size_t programme) {
    const auto& labels = context.setup.programme_labels;
    const std::string& name = context.scenario().programmes[programme].name;
    return static_cast<std::size_t>(std::ranges::find(labels, name) - labels.begin());
  }

  Money invested_;
  std::vector<Money> cost_;       //!< by programme, so far
  std::vector<Money> committed_;  //!< by policy, so far
};

const RegisterObserver<MoneyObserver> registered{"money"};

}  // namespace
}  // namespace ketsim
