// What stdout and stderr are connected to, and text that fits there.
#pragma once

#include <cstddef>
#include <string>

namespace ketsim {

[[nodiscard]] bool is_stdout_terminal();
[[nodiscard]] bool is_stderr_terminal();

//! Columns of the terminal behind stdout, at least 60; 100 where there is none.
[[nodiscard]] std::size_t stdout_width();

//! `text` in lines of at most `width` columns, all but the first after `indent` blanks. Long words stand
//! alone.
[[nodiscard]] std::string wrapped(const std::string& text, std::size_t indent, std::size_t width);

}  // namespace ketsim
