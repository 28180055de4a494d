// Exit codes that scripts depend on. An interrupted run ends with 128 and the signal's number: 130, 143 or
// 138.
#pragma once

namespace ketsim {

inline constexpr int exit_done = 0;
inline constexpr int exit_failed = 1;
inline constexpr int exit_bad_input = 2;

}  // namespace ketsim
