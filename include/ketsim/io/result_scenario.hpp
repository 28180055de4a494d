// A result file in place of a scenario: it holds the scenario that it was made from, and the texts of its
// inputs, of those above 1 MB the SHA-256.
#pragma once

#include <map>
#include <string>

#include "ketsim/base/diagnostics.hpp"

namespace ketsim {

//! An input file of the scenario.
struct ResultInput {
  std::string text;    //!< empty where the file was too large to travel
  std::string sha256;  //!< of such a file; else empty
};

//! A scenario taken from a result file.
struct ResultScenarioSource {
  std::string name;                           //!< its label in the file
  std::string yaml;                           //!< resolved: every default explicit
  std::map<std::string, ResultInput> inputs;  //!< by the paths that the YAML names
};

//! Why a scenario cannot be called so: its name becomes that of a file, and a label in tables and messages.
//! Empty: it can.
[[nodiscard]] std::string why_no_name(const std::string& name);

//! Does `path`, or `path` less `#name`, begin as HDF5 files do?
[[nodiscard]] bool is_result_file(const std::string& path);

//! The scenario of FILE.h5, or the one that FILE.h5#name picks among several.
[[nodiscard]] ResultScenarioSource read_result_scenario(const std::string& path, Diagnostics& problems);

}  // namespace ketsim
