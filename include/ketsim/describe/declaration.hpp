// One declaration per parameter: its unit, range, meaning and source. Readers, error messages, JSON Schema,
// reference pages, `--set` and sweep paths and `/parameters` of a result file all come from it.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace ketsim {

//! How well a default is known (the grades of scenarios/data/parameters.csv, and two of our own).
enum class Grade : std::uint8_t {
  measured,    //!< M: stated in a source that was read
  derived,     //!< D: arithmetic on measured figures
  estimate,    //!< E: estimate anchored on figures
  assumption,  //!< A: our judgement, no figure found
  fitted,      //!< F: fitted to a target, which `source` names
  setting,     //!< S: a choice of the user, not a fact about the world
};

[[nodiscard]] char letter(Grade grade);
[[nodiscard]] std::string name(Grade grade);

//! Closed interval of valid (or plausible) values.
struct Range {
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  [[nodiscard]] bool contains(double x) const { return low <= x && x <= high; }
  [[nodiscard]] bool is_bounded() const { return low > -1e300 && high < 1e300; }
};

//! What is said of a parameter beside its type and default.
struct Declaration {
  std::string name{};    //!< YAML key = C++ member = name in the result file
  std::string unit{};    //!< "1" for a pure number, "" for text
  Range range{};         //!< values outside are errors
  Range plausible{};     //!< default range of sensitivity studies; unbounded where none applies
  std::string doc{};     //!< one sentence
  std::string source{};  //!< id in scenarios/data/parameters.csv, a citation, or "assumption"
  Grade grade = Grade::assumption;
};

//! Types of value that a YAML scalar, list or mapping can hold.
enum class ValueType : std::uint8_t {
  real,
  integer,
  boolean,
  text,
  choice,
  month,
  months,
  texts,
  reals,
  section,
  named,
  plugin
};

[[nodiscard]] std::string name(ValueType type);

//! A row of a parameter listing: `path` in the scenario with its present value.
struct ParameterRow {
  std::string path;
  std::string value;
  std::string default_value;
  ValueType type = ValueType::real;
  Declaration declaration;
  std::vector<std::string> choices;
};

}  // namespace ketsim
