#include "sweep_outputs.hpp"

#include <algorithm>

#include "ketsim/engine/observer.hpp"

namespace ketsim {
namespace {

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::ranges::find(names, name) != names.end();
}

}  // namespace

SweepOutputs::SweepOutputs(const SweepSettings& settings, const Setup& setup)
    : start_(setup.scenario.time.start),
      months_(setup.scenario.months()),
      every_(static_cast<std::size_t>(settings.every)) {
  const std::vector<Dimension> all = dimensions_of(setup);
  std::size_t source = 0;
  for (const auto& observer : make_observers()) {
    for (Series& series : observer->series()) {
      const std::size_t cells = cells_of(series, all);
      // Ratios add up to nothing: they keep their dimensions.
      const bool is_total = !settings.margins && series.kind != SeriesKind::ratio;
      if (is_total) series.dimensions.clear();
      if (settings.outputs.empty() || contains(settings.outputs, series.name)) {
        shapes_.push_back({source, cells, is_total ? 1 : cells});
        series_.push_back(std::move(series));
      }
      ++source;
    }
  }
  std::ranges::copy_if(all, std::back_inserter(dimensions_), [this](const Dimension& dimension) {
    return std::ranges::any_of(
        series_, [&](const Series& series) { return contains(series.dimensions, dimension.name); });
  });
}

std::vector<Month> SweepOutputs::time() const {
  std::vector<Month> time;
  for (std::size_t span = 0; span < spans(); ++span)
    time.push_back(start_ + static_cast<int>(std::min((span + 1) * every_, months_) - 1));
  return time;
}

std::vector<std::vector<double>> SweepOutputs::keep(const std::vector<std::vector<double>>& recorded) const {
  std::vector<std::vector<double>> values;
  for (std::size_t s = 0; s < series_.size(); ++s) {
    const auto& [source, cells, kept] = shapes_[s];
    std::vector<double> own(size(s), 0.0);
    for (std::size_t span = 0; span < spans(); ++span) {
      const std::size_t end = std::min((span + 1) * every_, months_);
      const std::size_t begin = series_[s].kind == SeriesKind::flow ? span * every_ : end - 1;
      for (std::size_t month = begin; month < end; ++month) {
        for (std::size_t cell = 0; cell < cells; ++cell)
          own[span * kept + (kept == 1 ? 0 : cell)] += recorded[source][month * cells + cell];
      }
    }
    values.push_back(std::move(own));
  }
  return values;
}

bool SweepOutputs::are_kept(const std::vector<std::vector<double>>& values) const {
  if (values.size() != series_.size()) return false;
  for (std::size_t s = 0; s < values.size(); ++s) {
    if (values[s].size() != size(s)) return false;
  }
  return true;
}

}  // namespace ketsim
