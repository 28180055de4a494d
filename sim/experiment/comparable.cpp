// What scenarios of one experiment must have in common.
#include <algorithm>

#include <fmt/format.h>

#include "ketsim/experiment/experiment.hpp"

namespace ketsim {

void share_programmes(std::vector<std::shared_ptr<Setup>>& setups) {
  std::vector<std::string> labels;
  for (const auto& setup : setups) {
    for (const Named<Programme>& programme : setup->scenario.programmes) {
      if (std::ranges::find(labels, programme.name) == labels.end()) labels.push_back(programme.name);
    }
  }
  for (auto& setup : setups) setup->programme_labels = labels;
}

void check_comparable(const std::vector<std::shared_ptr<Setup>>& setups,
                      const std::vector<std::string>& names, Diagnostics& problems) {
  const Setup& first = *setups.front();
  const auto same_cells = [](const PopulationPlan& a, const PopulationPlan& b) {
    return std::ranges::equal(a.cells, b.cells, [](const PopulationCell& x, const PopulationCell& y) {
      return x.region == y.region && x.sector == y.sector && x.size == y.size && x.count == y.count;
    });
  };
  const auto ket_names = [](const Setup& setup) {
    std::vector<std::string> list;
    for (const Ket& ket : setup.geography->kets) list.push_back(ket.name);
    return list;
  };
  for (std::size_t s = 1; s < setups.size(); ++s) {
    const Setup& other = *setups[s];
    const auto differ = [&](const char* what) {
      problems.add({}, fmt::format("'{}' and '{}' cannot be compared: they have different {}", names.front(),
                                   names[s], what));
    };
    const TimeSettings& a = first.scenario.time;
    const TimeSettings& b = other.scenario.time;
    if (a.start != b.start || a.end != b.end) differ("months (time)");
    if (first.scenario.horizons != other.scenario.horizons) differ("horizons");
    if (first.scenario.draws != other.scenario.draws) differ("draws");
    if (ket_names(first) != ket_names(other)) differ("technologies");
    if (first.geography->sectors != other.geography->sectors) differ("sectors");
    if (!std::ranges::equal(first.geography->regions, other.geography->regions, {}, &Region::code,
                            &Region::code))
      differ("regions");
    if (!same_cells(first.population, other.population) ||
        !std::ranges::equal(first.population.given, other.population.given, {}, &GivenFirm::id,
                            &GivenFirm::id))
      differ("firms (population)");
  }
}

}  // namespace ketsim
