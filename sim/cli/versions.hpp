// What this program is made of: for `--version` and for result files.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace ketsim {

//! (name, version) of ketsim, its commit, compiler and libraries.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> versions();

//! The same as `--version` prints it: `ketsim 0.1.0`, then one line each.
[[nodiscard]] std::string version_text();

}  // namespace ketsim
