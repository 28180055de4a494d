// Outputs on universities and intermediaries: what they have taken up, and how busy they are.
#include <cmath>

#include "ketsim/engine/observer.hpp"

namespace ketsim {
namespace {

class OrganisationObserver final : public Observer {
 public:
  std::vector<Series> series() const override {
    return {
        {.name = "research_lines",
         .unit = "1",
         .kind = SeriesKind::stock,
         .dimensions = {"line_stage", "ket"},
         .doc = "universities and institutes by stage of the KET as a line of research",
         .chart = "Organisations"},
        {.name = "advice_portfolios",
         .unit = "1",
         .kind = SeriesKind::stock,
         .dimensions = {"ket"},
         .doc = "intermediaries that advise on the KET",
         .chart = "Organisations"},
        {.name = "adviser_hours",
         .unit = "h",
         .kind = SeriesKind::flow,
         .dimensions = {},
         .doc = "hours that the staff of intermediaries had for advice and programmes in the month",
         .chart = "Organisations"},
        {.name = "adviser_hours_used",
         .unit = "h",
         .kind = SeriesKind::flow,
         .dimensions = {},
         .doc = "of them, hours used for advice to clients and for acts of outreach",
         .chart = "Organisations"},
    };
  }

  void observe(const Context& context, Recorder& recorder) override {
    const World& world = context.world;
    const auto lines = recorder.now("research_lines");
    const auto portfolios = recorder.now("advice_portfolios");
    for (std::size_t k = 0; k < world.ket_count(); ++k) {
      for (std::size_t i = 0; i < world.research.count(); ++i)
        lines[static_cast<std::size_t>(world.research.line(ResearchId(i), KetId(k))) * world.ket_count() +
              k] += 1.0;
      for (std::size_t a = 0; a < world.intermediaries.count(); ++a)
        portfolios[k] += world.intermediaries.advises(IntermediaryId(a), KetId(k)) ? 1.0 : 0.0;
    }
    for (std::size_t a = 0; a < world.intermediaries.count(); ++a) {
      const IntermediaryId id(a);
      if (!std::isfinite(world.intermediaries.hours[id])) continue;  // nobody counts them
      recorder.now("adviser_hours")[0] += world.intermediaries.hours[id];
      recorder.now("adviser_hours_used")[0] +=
          world.intermediaries.hours[id] - world.intermediaries.hours_left[id];
    }
  }
};

const RegisterObserver<OrganisationObserver> registered{"organisations"};

}  // namespace
}  // namespace ketsim
