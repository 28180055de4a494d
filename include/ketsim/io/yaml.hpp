// YAML files as Documents, and Documents as YAML.
//
// ketsim reads a plain part of YAML 1.2: mappings, lists and texts. A scalar stays the text that was written:
// `NO` is the country, not false, and 010 is no octal number. Duplicate keys, `<<` merge keys, tags and keys
// that are not texts are errors; anchors and aliases work. Any file at all gives a Document or problems:
// size, depth and number of values are bounded, and no message quotes the content of a file that may not be
// ketsim's input.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "ketsim/base/diagnostics.hpp"
#include "ketsim/describe/document.hpp"

namespace ketsim {

//! Longer texts are refused.
inline constexpr std::size_t most_yaml_bytes = 2'000'000;

//! One file, whose top must be a mapping. After problems the tree holds what could be read.
[[nodiscard]] Node read_yaml(const std::string& path, Diagnostics& problems);

//! The same of a text: any value at its top, for `--set` too. `file_name` is what messages call it. Lines and
//! columns count from 1, columns in bytes.
[[nodiscard]] Node parse_yaml(std::string_view text, const std::string& file_name, Diagnostics& problems);

//! A file laid over the file that its `extends` names, and so on; paths count from the file that names them.
[[nodiscard]] Node read_scenario_document(const std::string& path, Diagnostics& problems);

//! Block style, the same bytes for the same tree; parse_yaml() takes it back to an equal tree.
[[nodiscard]] std::string write_yaml(const Node& node);

}  // namespace ketsim
