// Text files from the user: bounded in size, checked to be text. Private to io.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "ketsim/base/diagnostics.hpp"

namespace ketsim {

//! Content of a regular file of at most `most_bytes`, without byte-order mark. Otherwise reports at `where`:
//! the place that names the file, or the file itself.
[[nodiscard]] std::optional<std::string> read_text_file(const std::string& path, const Location& where,
                                                        std::size_t most_bytes, Diagnostics& problems);

//! Is it UTF-8 without NUL and other control characters (but tab, line feed and carriage return)? Reports the
//! first place.
[[nodiscard]] bool check_text(std::string_view text, const std::shared_ptr<const std::string>& file,
                              Diagnostics& problems);

//! Without UTF-8 byte-order mark.
[[nodiscard]] std::string_view without_mark(std::string_view text);

//! Length of the UTF-8 sequence at `at`, 0 where it is none (overlong forms and surrogates are none).
[[nodiscard]] std::size_t utf8_length(std::string_view text, std::size_t at);

}  // namespace ketsim
