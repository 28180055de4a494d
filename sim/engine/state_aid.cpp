#include "ketsim/engine/state_aid.hpp"

#include <algorithm>

namespace ketsim {
namespace {

double base_of(const StateAidSettings& settings, AidCategory category) {
  switch (category) {
    case AidCategory::research:
      return settings.research;
    case AidCategory::development:
      return settings.development;
    case AidCategory::feasibility:
      return settings.feasibility;
    case AidCategory::investment:
      return settings.investment;
  }
  return 0.0;
}

}  // namespace

double aid_ceiling(const StateAidSettings& settings, AidCategory category, SizeClass size,
                   bool collaborates) {
  double share = base_of(settings, category);
  if (size == SizeClass::medium) share += settings.medium_bonus;
  if (size < SizeClass::medium) share += settings.small_bonus;
  const bool research = category == AidCategory::research || category == AidCategory::development;
  if (collaborates && research) share += settings.collaboration_bonus;
  return std::min(share, settings.most);
}

}  // namespace ketsim
