// The program `ketsim` as a function: what its verbs do stands in sim/cli, one file each.
#pragma once

namespace ketsim {

//! Does what the arguments ask for. Returns the exit code: 0 done, 1 the run failed, 2 bad input or usage,
//! 130, 138 or 143 interrupted. Throws nothing; every failure is told on stderr.
[[nodiscard]] int run_command_line(int argc, const char* const* argv);

}  // namespace ketsim
