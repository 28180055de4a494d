// Outputs on the population: firms, and who enters and leaves.
#include "ketsim/engine/observer.hpp"

namespace ketsim {
namespace {

class PopulationObserver final : public Observer {
 public:
  std::vector<Series> series() const override {
    return {
        {.name = "firms",
         .unit = "1",
         .kind = SeriesKind::stock,
         .dimensions = {"country", "size_class"},
         .doc = "firms alive",
         .chart = "Firms"},
        {.name = "entries",
         .unit = "1",
         .kind = SeriesKind::flow,
         .dimensions = {"size_class"},
         .doc = "firms that entered in the month, spin-offs among them",
         .chart = "Firms"},
        {.name = "exits",
         .unit = "1",
         .kind = SeriesKind::flow,
         .dimensions = {"size_class"},
         .doc = "firms that closed or failed in the month",
         .chart = "Firms"},
        {.name = "spin_offs",
         .unit = "1",
         .kind = SeriesKind::flow,
         .dimensions = {"ket"},
         .doc = "firms founded on what an institute or another firm knows of a KET",
         .chart = "Firms"},
    };
  }

  void observe(const Context& context, Recorder& recorder) override {
    const World& world = context.world;
    const auto firms = recorder.carried("firms");
    const auto entries = recorder.now("entries");
    const auto exits = recorder.now("exits");
    const auto spin_offs = recorder.now("spin_offs");
    const bool first = recorder.month() == 0;
    if (first) {
      for (std::size_t i = 0; i < world.firms.count(); ++i)
        firms[cell(world, FirmId(i))] += world.firms.alive[FirmId(i)];
    }
    for (const Entry& entry : world.entries) {
      entries[static_cast<std::size_t>(world.firms.size[entry.firm])] += 1.0;
      if (entry.ket.is_valid()) spin_offs[entry.ket.index()] += 1.0;
      if (!first) firms[cell(world, entry.firm)] += 1.0;
    }
    for (const FirmId firm : world.exits) {
      exits[static_cast<std::size_t>(world.firms.size[firm])] += 1.0;
      if (!first) firms[cell(world, firm)] -= 1.0;
    }
  }

 private:
  static std::size_t cell(const World& world, FirmId firm) {
    return world.country_of(firm).index() * size_class_count +
           static_cast<std::size_t>(world.firms.size[firm]);
  }
};

const RegisterObserver<PopulationObserver> registered{"population"};

}  // namespace
}  // namespace ketsim
