// Problems as the command line tells them.
#pragma once

#include "ketsim/base/diagnostics.hpp"

namespace ketsim {

//! Those of one file together and in the order of its lines; each once, since two scenarios that extend one
//! file share its mistakes.
[[nodiscard]] Diagnostics in_reading_order(const Diagnostics& problems);

}  // namespace ketsim
