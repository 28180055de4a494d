// Sweep: many runs of scenarios that differ in a few parameters, by a design.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ketsim/describe/schema.hpp"

namespace ketsim {

enum class FactorScale : std::uint8_t { linear, logarithmic };

//! A parameter that the sweep varies.
struct FactorSettings {
  static constexpr double no_bound = 1e300;
  std::string path;        //!< of the parameter in the scenario, as for --set
  double low = -no_bound;  //!< without both ends: the declared plausible range
  double high = no_bound;
  FactorScale scale = FactorScale::linear;
  std::vector<std::string> values;  //!< in place of a range
};

struct DesignSettings {
  std::string kind;
  Parameters params;  //!< declared by the design
};

struct SweepSettings {
  std::string title;
  std::string description;
  std::string baseline;                //!< file; given, each point compares the scenarios with it
  std::vector<std::string> scenarios;  //!< files
  std::int64_t seed = 1;
  std::int64_t replicates = 20;
  DesignSettings design;
  std::vector<Named<FactorSettings>> factors;
  std::vector<std::string> outputs;  //!< series; empty: all
  std::int64_t every = 12;           //!< [month] that a value of a series covers
  bool margins = false;              //!< series along all their dimensions, not as totals
};

[[nodiscard]] const Schema<SweepSettings>& sweep_schema();

}  // namespace ketsim
