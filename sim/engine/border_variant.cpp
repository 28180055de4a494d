#include "ketsim/engine/border_variant.hpp"

namespace ketsim {

std::shared_ptr<Setup> without_border(const Setup& setup, BorderVariant variant) {
  auto open = std::make_shared<Setup>(setup);
  auto geography = std::make_shared<Geography>(*setup.geography);
  for (std::vector<Border>& row : geography->borders) row.assign(row.size(), Border{});
  open->geography = geography;
  if (variant == BorderVariant::lifted) return open;  // founded where `setup` founds its worlds
  open->founding_geography = geography;
  for (Named<Border>& border : open->scenario.borders) border.value = {};
  return open;
}

}  // namespace ketsim
