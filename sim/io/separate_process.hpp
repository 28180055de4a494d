// Work on files of strangers in a process of its own, so that a library that crashes over them, or asks for
// all memory, takes nothing else along. Private to io.
#pragma once

#include <functional>
#include <optional>
#include <string>

namespace ketsim {

//! What `work` returns, done in a copy of this process with little time and memory of its own; nothing where
//! it came to a bad end. `work` throws nothing. Throws std::system_error where the system gives no process.
[[nodiscard]] std::optional<std::string> in_separate_process(const std::function<std::string()>& work);

}  // namespace ketsim
