#include "step_wise.hpp"

#include "ketsim/model/stage_rows.hpp"
#include "ketsim/parallel/rows.hpp"

namespace ketsim {
namespace {

// What a pair in a stage is on its way to.
Purpose next_step(Stage stage) {
  if (stage == Stage::unaware) return Purpose::awareness;
  return stage == Stage::aware ? Purpose::interest : Purpose::review;
}

void redraw_thresholds(World& world) {
  Firms& firms = world.firms;
  const RandomKey closure = world.randomness.key(Purpose::closure);
  for_rows(firms.count(), [&](std::size_t begin, std::size_t end) {
    for (std::size_t row = begin; row < end; ++row) {
      const FirmId firm(row);
      if (firms.until_closure[firm] == 0) continue;  // has reached its closure
      Stream draw(closure, firms.key[firm], world.month_code());
      firms.until_closure[firm] = exponential_threshold(draw);
    }
    for (std::size_t k = 0; k < world.ket_count(); ++k) {
      const KetId ket(k);
      const Stage* stage = firms.stage.data(ket);
      for_stages<Stage::unaware, Stage::aware, Stage::interested>(stage, begin, end, [&](std::size_t row) {
        world.draw_resistance(FirmId(row), ket, next_step(stage[row]));
      });
    }
  });
}

class MonthlyDraws final : public Process {
 public:
  void step(Context& context) override { redraw_thresholds(context.world); }
};

}  // namespace

std::unique_ptr<Process> make_monthly_draws() {
  return std::make_unique<MonthlyDraws>();
}

}  // namespace ketsim
