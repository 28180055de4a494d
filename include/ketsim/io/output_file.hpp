// Text files that ketsim writes for itself.
#pragma once

#include <string>
#include <string_view>

namespace ketsim {

//! Writes PATH.part, puts it on disk and gives it the name PATH: under that name the text is complete. Throws
//! std::runtime_error with path and reason.
void write_text_file(const std::string& path, std::string_view text);

}  // namespace ketsim
