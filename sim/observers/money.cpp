// Outputs on money, read off the books.
#include <algorithm>

#include "ketsim/engine/observer.hpp"

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
        flow("public_money_paid", "public money paid out in the month", {"programme"}),
        flow("private_contribution",
             "cost of projects that partners bore in the month, less grants that they got back", {}),
        flow("private_investment",
             "own money of firms for pilots and adoption in the month, outside projects", {}),
    };
  }

  void observe(const Context& context, Recorder& recorder) override {
    const World& world = context.world;
    for (std::size_t p = 0; p < context.scenario().programmes.size(); ++p) {
      const MonthlyMoney& month = world.ledger.month(ProgrammeId(p));
      const std::size_t cell = cell_of(context, p);
      recorder.now("public_money_committed")[cell] = month.committed.euros();
      recorder.now("public_money_released")[cell] = month.released.euros();
      recorder.now("public_money_paid")[cell] = month.paid.euros();
    }
    recorder.now("private_contribution")[0] = world.ledger.private_contribution().euros();
    recorder.now("private_investment")[0] = (world.private_investment - invested_).euros();
    invested_ = world.private_investment;
  }

 private:
  static std::size_t cell_of(const Context& context, std::size_t programme) {
    const auto& labels = context.setup.programme_labels;
    const std::string& name = context.scenario().programmes[programme].name;
    return static_cast<std::size_t>(std::ranges::find(labels, name) - labels.begin());
  }

  Money invested_;
};

const RegisterObserver<MoneyObserver> registered{"money"};

}  // namespace
}  // namespace ketsim
