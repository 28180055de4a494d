// SHA-256 of a text, to know a file again that does not travel with what was made of it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ketsim {

//! 64 hexadecimal digits, as `sha256sum` prints them.
[[nodiscard]] std::string sha256(std::string_view text);

//! Of a regular file; none where it cannot be read.
[[nodiscard]] std::optional<std::string> sha256_of_file(const std::string& path);

}  // namespace ketsim
