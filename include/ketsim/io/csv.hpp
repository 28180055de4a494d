// CSV files as tables of texts: RFC 4180, in UTF-8, with a heading row.
//
// Cells may stand in quotes and then hold commas, line ends and doubled quotes. Blanks belong to their cell.
// Empty lines are skipped; `#` starts no comment. Every size is bounded, so that no file takes more than half
// a gigabyte to be refused.
#pragma once

#include <cstddef>
#include <string>

#include "ketsim/base/diagnostics.hpp"
#include "ketsim/describe/text_table.hpp"

namespace ketsim {

inline constexpr std::size_t most_table_bytes = 200'000'000;

//! Reads `file_path`; messages name it so. `path_as_named` is what the scenario calls it. A table with a
//! wrong row has no columns, like one that cannot be read.
[[nodiscard]] TextTable read_csv(const std::string& file_path, const std::string& path_as_named,
                                 Diagnostics& problems);

//! The same of a text.
[[nodiscard]] TextTable parse_csv(std::string text, const std::string& file_name,
                                  const std::string& path_as_named, Diagnostics& problems);

}  // namespace ketsim
