// The names of a result file: PATH.part while it grows, PATH when it is complete. Private to io.
#pragma once

#include <string>

namespace ketsim {

//! Before hours of computing: can `path` be written at the end, and is nobody else writing `part`? Throws
//! std::runtime_error with path and reason.
void check_result_path(const std::string& path, const std::string& part);

//! Puts `part` on disk and renames it, so that after a power failure `path` is complete or absent.
void give_final_name(const std::string& part, const std::string& path);

}  // namespace ketsim
