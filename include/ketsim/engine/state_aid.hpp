// The ceiling of state aid: no stack of awards may pay more than a share of the eligible cost, by kind of
// cost, size of the firm and collaboration (Regulation (EU) 651/2014, articles 17, 25 and 28).
#pragma once

#include "ketsim/model/geography.hpp"
#include "ketsim/scenario/settings.hpp"

namespace ketsim {

//! Kinds of cost that the rules tell apart.
enum class AidCategory : std::uint8_t { research, development, feasibility, investment };

//! Most that all aid together may be of the eligible cost, gross grant equivalents added up [1].
[[nodiscard]] double aid_ceiling(const StateAidSettings& settings, AidCategory category, SizeClass size,
                                 bool collaborates);

}  // namespace ketsim
