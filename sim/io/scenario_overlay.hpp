// One change of the command line, laid over the tree of a scenario. Private to io.
#pragma once

#include <optional>

#include "ketsim/base/diagnostics.hpp"
#include "ketsim/describe/document.hpp"
#include "ketsim/io/scenario_file.hpp"

namespace ketsim {

//! Sets, replaces or removes what stands at the path of `change`. Returns where the new values claim to
//! stand: the option; nothing where the change is optional and the scenario lacks what it names. Unknown
//! parameters are left to the schema, which reports them there.
std::optional<Location> lay_over(Node& root, const Override& change, Diagnostics& problems);

}  // namespace ketsim
