// Facts about parameters that several pages of reference tell.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "ketsim/describe/schema.hpp"

namespace ketsim {

//! Type, unit, default, range, plausible range, source and grade of a parameter that is no section.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> facts_of(const Field& field,
                                                                        const void* defaults);

}  // namespace ketsim
