// Problems as the command line tells them.
#pragma once

#include "ketsim/base/diagnostics.hpp"

namespace ketsim {

//! Those of one file together and in the order of its lines.
[[nodiscard]] Diagnostics in_reading_order(const Diagnostics& problems);

}  // namespace ketsim
