// Outputs on adoption: who knows and who uses which KET. Stocks are counted once and then kept up by the
// changes of the month, so that their cost follows what happens and not the number of firms.
#include "ketsim/engine/observer.hpp"

namespace ketsim {
namespace {

class AdoptionObserver final : public Observer {
 public:
  std::vector<Series> series() const override {
    return {
        {.name = "adopters",
         .unit = "1",
         .kind = SeriesKind::stock,
         .dimensions = {"region", "sector", "ket", "size_class"},
         .doc = "pairs of firm and KET in which the firm uses the KET (adopted or confirmed)",
         .chart = "Adoption"},
        {.name = "adopters_by_region",
         .unit = "1",
         .kind = SeriesKind::stock,
         .dimensions = {"region", "ket"},
         .doc = "adopters, with fewer dimensions: quick to read",
         .chart = ""},
        {.name = "firms_adopting",
         .unit = "1",
         .kind = SeriesKind::stock,
         .dimensions = {"region", "sector", "size_class"},
         .doc = "firms that use at least one KET",
         .chart = "Adoption"},
        {.name = "firms_adopting_by_region",
         .unit = "1",
         .kind = SeriesKind::stock,
         .dimensions = {"region"},
         .doc = "firms_adopting, with fewer dimensions: quick to read",
         .chart = ""},
        {.name = "firms_aware",
         .unit = "1",
         .kind = SeriesKind::stock,
         .dimensions = {"country", "size_class"},
         .doc = "firms that have heard of at least one KET",
         .chart = "Funnel"},
        {.name = "pairs_in_stage",
         .unit = "1",
         .kind = SeriesKind::stock,
         .dimensions = {"stage", "ket"},
         .doc = "pairs of firm and KET by stage of adoption; gone: of firms that have left",
         .chart = "Funnel"},
        {.name = "adoptions",
         .unit = "1",
         .kind = SeriesKind::flow,
         .dimensions = {"ket", "country"},
         .doc = "adoptions in the month",
         .chart = "Adoption"},
    };
  }

  void observe(const Context& context, Recorder& recorder) override {
    const auto adopters = recorder.carried("adopters");
    const auto adopting = recorder.carried("firms_adopting");
    const auto aware = recorder.carried("firms_aware");
    const auto stages = recorder.carried("pairs_in_stage");
    const auto adoptions = recorder.now("adoptions");
    if (recorder.month() == 0) count_all(context, adopters, adopting, aware, stages);
    const World& world = context.world;
    const std::size_t kets = world.ket_count();
    for (std::size_t k = 0; k < kets && recorder.month() > 0; ++k)  // newcomers begin unaware
      stages[static_cast<std::size_t>(Stage::unaware) * kets + k] +=
          static_cast<double>(world.entries.size());
    for (const StageChange& change : world.changes) {
      const bool now_uses = uses(change.to);
      if (now_uses && !uses(change.from))
        adoptions[change.ket.index() * context.geography().countries.size() +
                  world.country_of(change.firm).index()] += 1.0;
      if (recorder.month() == 0) continue;  // counted with all
      adopters[pair_cell(context, change.firm, change.ket)] +=
          static_cast<int>(now_uses) - static_cast<int>(uses(change.from));
      adopting[firm_cell(context, change.firm)] += change.users_change;
      aware[country_cell(context, change.firm)] += change.knowers_change;
      stages[static_cast<std::size_t>(change.from) * kets + change.ket.index()] -= 1.0;
      stages[static_cast<std::size_t>(change.to) * kets + change.ket.index()] += 1.0;
    }
    const std::size_t sectors = context.geography().sectors.size();
    add_up(adopters, sectors, kets, recorder.now("adopters_by_region"));
    add_up(adopting, sectors, 1, recorder.now("firms_adopting_by_region"));
  }

 private:
  // Sums of cells [region][sector][part][size class] over sectors and size classes.
  static void add_up(std::span<const double> cells, std::size_t sectors, std::size_t parts,
                     std::span<double> sums) {
    const double* cell = cells.data();
    for (std::size_t region = 0; region < sums.size() / parts; ++region) {
      for (std::size_t sector = 0; sector < sectors; ++sector) {
        for (std::size_t part = 0; part < parts; ++part) {
          for (std::size_t size = 0; size < size_class_count; ++size) sums[region * parts + part] += *cell++;
        }
      }
    }
  }

  static std::size_t firm_cell(const Context& context, FirmId firm) {
    const Firms& firms = context.world.firms;
    return (firms.region[firm] * context.geography().sectors.size() + firms.sector[firm]) * size_class_count +
           static_cast<std::size_t>(firms.size[firm]);
  }

  static std::size_t pair_cell(const Context& context, FirmId firm, KetId ket) {
    const Firms& firms = context.world.firms;
    const std::size_t place = firms.region[firm] * context.geography().sectors.size() + firms.sector[firm];
    return (place * context.world.ket_count() + ket.index()) * size_class_count +
           static_cast<std::size_t>(firms.size[firm]);
  }

  static std::size_t country_cell(const Context& context, FirmId firm) {
    return context.world.country_of(firm).index() * size_class_count +
           static_cast<std::size_t>(context.world.firms.size[firm]);
  }

  static void count_all(const Context& context, std::span<double> adopters, std::span<double> adopting,
                        std::span<double> aware, std::span<double> stages) {
    const World& world = context.world;
    const std::size_t kets = world.ket_count();
    for (std::size_t i = 0; i < world.firms.count(); ++i) {
      const FirmId firm(i);
      for (std::size_t k = 0; k < kets; ++k) {
        const Stage stage = world.firms.stage(firm, KetId(k));
        if (uses(stage)) adopters[pair_cell(context, firm, KetId(k))] += 1.0;
        stages[static_cast<std::size_t>(stage) * kets + k] += 1.0;
      }
      if (world.firms.kets_used[firm] > 0) adopting[firm_cell(context, firm)] += 1.0;
      if (world.firms.kets_known[firm] > 0) aware[country_cell(context, firm)] += 1.0;
    }
  }
};

const RegisterObserver<AdoptionObserver> registered{"adoption"};

}  // namespace
}  // namespace ketsim
