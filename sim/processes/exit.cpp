// Exit: firms close, or fail.
//
//   closure     hazard = closure_rate[size class] / 12 [1/month], against one threshold Exp(1) a firm, drawn
//               once under its key (Sellke's construction): an end that no policy brings or prevents. It
//               stands for all that the model leaves out: age of the owner, illness, sale, markets lost.
//   insolvency  cash < -overdraft * 12 * base_margin: the bank lends up to a part of an ordinary year's
//               margin. Homogeneous of degree one in money.
// A firm that leaves takes its knowledge along: its pairs are gone, its contacts carry nothing any more.
#include <algorithm>
#include <array>
#include <cstring>

#include "ketsim/engine/process.hpp"
#include "ketsim/parallel/row_finds.hpp"
#include "ketsim/rng/threshold.hpp"

namespace ketsim {
namespace {

struct ExitParameters : ProcessParameters {
  std::map<std::string, double> closure_rate{
      {"micro", 0.05}, {"small", 0.03}, {"medium", 0.02}, {"large", 0.01}};
  double overdraft = 0.25;
};

const Schema<ExitParameters>& exit_schema() {
  using P = ExitParameters;
  static const Schema<P> schema =
      Schema<P>("exit", "Firms close, or fail")
          .boolean(&P::enabled, enabled_declaration())
          .reals(&P::closure_rate,
                 {.name = "closure_rate",
                  .unit = "1/yr",
                  .range = {0, 12},
                  .plausible = {0.005, 0.09},
                  .doc = "hazard of closure, by size class",
                  .source = "assumption, below the 8.5 % of all enterprises of the EU, most of them without "
                            "employees, that ended in 2021 (Eurostat, business demography)",
                  .grade = Grade::assumption})
          .real(&P::overdraft, {.name = "overdraft",
                                .unit = "1",
                                .range = {0, 10},
                                .plausible = {0.1, 0.5},
                                .doc = "debt beyond which a firm fails, over its ordinary margin of a year",
                                .source = "assumption (three months' margin)",
                                .grade = Grade::assumption});
  return schema;
}

class Exit final : public Process {
 public:
  using Parameters = ExitParameters;
  Exit(const Setup&, const Parameters& parameters) : overdraft_(parameters.overdraft) {
    for (std::size_t size = 0; size < size_class_count; ++size) {
      const auto rate = parameters.closure_rate.find(size_class_names()[size]);
      hazard_[size] = to_hazard(rate == parameters.closure_rate.end() ? 0.0 : rate->second / 12.0);
    }
  }

  void step(Context& context) override {
    World& world = context.world;
    leavers_.gather(world.firms.count(), [&](std::size_t begin, std::size_t end, auto& leavers) {
      for (std::size_t first = begin; first < end; first += rows_at_once)
        find_leavers(world.firms, first, std::min(end, first + rows_at_once), leavers);
    });
    std::vector<FirmId> leaving;
    leavers_.for_each([&](FirmId firm) { leaving.push_back(firm); });
    world.close(leaving);
  }

 private:
  static constexpr std::size_t rows_at_once = 256;  // few enough for the fastest cache

  // No branch but for those that may leave, eight at a time: this takes a quarter less than firm after firm.
  void find_leavers(Firms& firms, std::size_t first, std::size_t last, std::vector<FirmId>& leavers) const {
    const std::uint8_t* alive = firms.alive.data() + first;
    const SizeClass* size = firms.size.data() + first;
    const Money* cash = firms.cash.data() + first;
    Hazard* until_closure = firms.until_closure.data() + first;
    std::array<std::uint8_t, rows_at_once> may_leave{};
    for (std::size_t i = 0; i < last - first; ++i) {
      // Also of firms that failed before: who would have closed by now must not depend on that.
      until_closure[i] -= std::min(hazard_[static_cast<std::size_t>(size[i])], until_closure[i]);
      may_leave[i] = static_cast<std::uint8_t>(((until_closure[i] == 0) | (cash[i] < Money{})) & alive[i]);
    }
    for (std::size_t from = 0; from < rows_at_once; from += 8) {
      std::uint64_t any = 0;
      std::memcpy(&any, may_leave.data() + from, sizeof any);
      if (any == 0) continue;
      for (std::size_t i = from; i < from + 8; ++i) {
        const FirmId firm(first + i);
        if (may_leave[i] != 0 && (until_closure[i] == 0 || is_insolvent(firms, firm)))
          leavers.push_back(firm);
      }
    }
  }

  [[nodiscard]] bool is_insolvent(const Firms& firms, FirmId firm) const {
    return firms.cash[firm] < Money{} &&
           firms.cash[firm].euros() < -overdraft_ * 12.0 * static_cast<double>(firms.base_margin[firm]);
  }

  std::array<Hazard, size_class_count> hazard_{};  //!< of closure in a month
  double overdraft_;
  RowFinds<FirmId> leavers_;
};

const RegisterProcess<Exit> registered{exit_schema(), Phase::exit, 10, "size class, cash, margins",
                                       "alive, stage (all to gone), contacts, until_closure"};

}  // namespace
}  // namespace ketsim
