// SHA-256 of a text, to know a file again that is too large to travel with the results. Private to io.
#pragma once

#include <string>
#include <string_view>

namespace ketsim {

//! 64 hexadecimal digits, as `sha256sum` prints them.
[[nodiscard]] std::string sha256(std::string_view text);

}  // namespace ketsim
