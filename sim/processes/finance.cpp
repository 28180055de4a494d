// Finance: margins come in, owners take out what they do not want to keep in the firm.
//
//   income    = base_margin * shock
//               * (1 - business_stealing * weight * mean share of rivals that use KETs), 1 for who uses one
//               + benefits of the KETs in use - instalments                                    [EUR/month]
//   cash(t+1) = cash + income - payout_rate / 12 * max(0, cash - usual_cash)                       [EUR]
//   shock     = exp(spread * z - spread^2 / 2), z ~ N(0, 1) keyed by (firm, year): mean 1
// Operating income comes from outside the model: it is no posting of the ledger.
#include <algorithm>
#include <array>

#include "ketsim/base/portable_math.hpp"
#include "ketsim/engine/process.hpp"
#include "ketsim/engine/valuation.hpp"
#include "ketsim/model/stage_rows.hpp"
#include "ketsim/parallel/rows.hpp"
#include "ketsim/rng/samplers.hpp"

namespace ketsim {
namespace {

class Finance final : public Process {
 public:
  using Parameters = ProcessParameters;
  Finance(const Setup& setup, const Parameters&)
      : spread_(setup.scenario.firms.shock_spread),
        payout_(setup.scenario.firms.payout_rate / 12.0),
        stealing_(setup.scenario.decisions.business_stealing),
        valuation_(setup.scenario) {}

  void step(Context& context) override {
    World& world = context.world;
    if (context.month() % 12 == 0) draw_shocks(world);
    // Share of the margin that a firm keeps that uses no KET, by sector.
    std::vector<double> untouched(world.geography->sectors.size(), 0.0);
    for (std::size_t s = 0; s < untouched.size(); ++s) {
      double lost = 0.0;
      for (const auto& by_sector : world.rivals)
        lost += by_sector[s] / static_cast<double>(world.rivals.size());
      untouched[s] = 1.0 - lost * (stealing_ * world.geography->market_weight[s]);
    }
    for_rows(world.firms.count(), [&](std::size_t begin, std::size_t end) {
      constexpr std::size_t rows = 512;  // their margins stay in the fastest cache
      for (std::size_t first = begin; first < end; first += rows) {
        const std::size_t last = std::min(end, first + rows);
        std::array<double, rows> ket_margin{};
        for (std::size_t k = 0; k < world.ket_count(); ++k) {
          for_stages<Stage::adopted, Stage::confirmed>(
              world.firms.stage.data(KetId(k)), first, last, [&](std::size_t row) {
                ket_margin[row - first] += valuation_.yearly_benefit(world, FirmId(row), KetId(k)) / 12.0;
              });
        }
        earn(world, first, last, ket_margin.data(), untouched);
      }
    });
    // By loan, not by firm: few firms have one.
    for (const Loan& loan : world.loans) {
      if (world.firms.alive[loan.firm]) world.firms.cash[loan.firm] -= loan.payment;
    }
  }

 private:
  // Nothing comes in for those that have left. No branch asks which: it was mispredicted at every fourth
  // firm, and this took a quarter longer.
  void earn(World& world, std::size_t first, std::size_t last, const double* ket_margin,
            const std::vector<double>& untouched) const {
    const Firms& firms = world.firms;
    const std::uint8_t* alive = firms.alive.data();
    const std::uint8_t* used = firms.kets_used.data();
    const std::uint8_t* sector = firms.sector.data();
    const float* base_margin = firms.base_margin.data();
    const float* shock = firms.shock.data();
    const float* usual_cash = firms.usual_cash.data();
    Money* cash = world.firms.cash.data();
    for (std::size_t i = first; i < last; ++i) {
      const double untouched_share = untouched[sector[i]];
      const double share = used[i] > 0 ? 1.0 : untouched_share;
      const double income = static_cast<double>(base_margin[i]) * shock[i] * share + ket_margin[i - first];
      const double surplus = std::max(0.0, cash[i].euros() - usual_cash[i]);
      cash[i].cents += to_money(income - payout_ * surplus).cents * alive[i];
    }
  }

  void draw_shocks(World& world) const {
    const RandomKey key = world.randomness.key(Purpose::annual_shock);
    const auto year = static_cast<std::uint32_t>(world.month / 12);
    for_rows(world.firms.count(), [&](std::size_t begin, std::size_t end) {
      for (std::size_t i = begin; i < end; ++i) {
        if (!world.firms.alive[FirmId(i)]) continue;
        const double z = normal_of(first_bits(key, world.firms.key[FirmId(i)], year));
        world.firms.shock[FirmId(i)] =
            static_cast<float>(portable_exp(spread_ * z - 0.5 * spread_ * spread_));
      }
    });
  }

  double spread_;
  double payout_;  //!< [1/month]
  double stealing_;
  Valuation valuation_;
};

const Schema<ProcessParameters>& finance_schema() {
  static const Schema<ProcessParameters> schema =
      Schema<ProcessParameters>("finance", "Margins come in, owners take out")
          .boolean(&ProcessParameters::enabled, enabled_declaration());
  return schema;
}

const RegisterProcess<Finance> registered{finance_schema(), Phase::account, 10,
                                          "margins, rivals, KETs in use, instalments", "cash, shock"};

}  // namespace
}  // namespace ketsim
