// Problems as the command line tells them.
#pragma once

#include "ketsim/base/diagnostics.hpp"

namespace ketsim {

//! Each line once: two scenarios that extend one file share its mistakes.
[[nodiscard]] Diagnostics without_repeats(const Diagnostics& problems);

}  // namespace ketsim
