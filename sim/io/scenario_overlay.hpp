// One change of the command line, laid over the tree of a scenario. Private to io.
#pragma once

#include "ketsim/base/diagnostics.hpp"
#include "ketsim/describe/document.hpp"
#include "ketsim/io/scenario_file.hpp"

namespace ketsim {

//! Sets, replaces or removes what stands at the path of `change`. Returns where the new values claim to
//! stand: the option. Unknown parameters are left to the schema, which reports them there.
Location lay_over(Node& root, const Override& change, Diagnostics& problems);

}  // namespace ketsim
