// Designs of sweeps as a sweep file asks for them.
#pragma once

#include <gtest/gtest.h>

#include <charconv>
#include <string>
#include <utility>
#include <vector>

#include "ketsim/engine/design.hpp"

namespace ketsim {

using Settings = std::vector<std::pair<std::string, std::string>>;

inline std::vector<DesignPoint> design_points_of(const std::string& kind, const Settings& settings,
                                                 const DesignInput& input, Diagnostics& problems) {
  const DesignEntry* entry = find_design(kind);
  EXPECT_NE(entry, nullptr) << kind;
  Node node = Node::mapping();
  for (const auto& [name, value] : settings) node.set(name, Node::scalar(value));
  Parameters parameters(*entry->schema);
  entry->schema->read(node, parameters.data(), "design.params", problems);
  return entry->make(parameters)->points(input, {}, problems);
}

inline std::vector<DesignPoint> design_points_of(const std::string& kind, const Settings& settings,
                                                 const DesignInput& input) {
  Diagnostics problems;
  std::vector<DesignPoint> points = design_points_of(kind, settings, input, problems);
  EXPECT_EQ(problems.text(), "");
  return points;
}

//! Factors `f0`, `f1` ... that take their quantiles as values.
inline std::vector<Factor> unit_factors(std::size_t count) {
  std::vector<Factor> factors;
  for (std::size_t f = 0; f < count; ++f)
    factors.push_back(Factor::between("f" + std::to_string(f), 0.0, 1.0, Factor::Scale::linear, false));
  return factors;
}

inline double number_of(const std::string& text) {
  double value = 0.0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

}  // namespace ketsim
