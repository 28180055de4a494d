// What this program is made of: for `--version` and for result files.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace ketsim {

//! (name, version) of ketsim, its commit, compiler and libraries.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> versions();

//! ketsim and its commit, as `ketsim 0.1.0 commit 1a2b3c`: work of different programs is never mixed.
[[nodiscard]] std::string program_text();

//! The same as `--version` prints it: `ketsim 0.1.0`, then one line each.
[[nodiscard]] std::string version_text();

}  // namespace ketsim
