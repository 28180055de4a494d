// CSV files as tables of texts: RFC 4180, in UTF-8, with a heading row.
//
// Cells may stand in quotes and then hold commas, line ends and doubled quotes. Blanks belong to their cell.
// Empty lines are skipped; `#` starts no comment.
#pragma once

#include <string>

#include "ketsim/base/diagnostics.hpp"
#include "ketsim/describe/text_table.hpp"

namespace ketsim {

//! Reads `file_path`; messages name it so. `path_as_named` is what the scenario calls it. After problems the
//! table holds the rows that were right.
[[nodiscard]] TextTable read_csv(const std::string& file_path, const std::string& path_as_named,
                                 Diagnostics& problems);

//! The same of a text.
[[nodiscard]] TextTable parse_csv(std::string text, const std::string& file_name,
                                  const std::string& path_as_named, Diagnostics& problems);

}  // namespace ketsim
