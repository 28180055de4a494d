// Names of files that ketsim writes, and text files that it writes for itself.
#pragma once

#include <string>
#include <string_view>

namespace ketsim {

//! Where a link leads, also to a file that is not there yet; any other path as it is. What stands beside a
//! result while it is made is then on the disk that the link was set for.
[[nodiscard]] std::string follow_links(const std::string& path);

//! Removes what stands under the name and is no file: opening a pipe would wait for its other end, and a link
//! leads elsewhere.
void make_way_for(const std::string& path);

//! Writes PATH.part, puts it on disk and gives it the name PATH: under that name the text is complete. Throws
//! std::runtime_error with path and reason.
void write_text_file(const std::string& path, std::string_view text);

}  // namespace ketsim
