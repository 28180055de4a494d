// A result file in place of a scenario: it holds the scenario that it was made from, and the texts of its
// inputs.
#pragma once

#include <map>
#include <string>

#include "ketsim/base/diagnostics.hpp"

namespace ketsim {

//! A scenario taken from a result file.
struct ResultScenarioSource {
  std::string name;                           //!< its label in the file
  std::string yaml;                           //!< resolved: every default explicit
  std::map<std::string, std::string> inputs;  //!< texts of input files, by the paths that the YAML names
};

//! Does `path`, or `path` less `#name`, begin as HDF5 files do?
[[nodiscard]] bool is_result_file(const std::string& path);

//! The scenario of FILE.h5, or the one that FILE.h5#name picks among several.
[[nodiscard]] ResultScenarioSource read_result_scenario(const std::string& path, Diagnostics& problems);

}  // namespace ketsim
