// Declarations of what a user sets and no source is asked for. Private to scenario.
#pragma once

#include <string>
#include <utility>

#include "ketsim/describe/schema.hpp"

namespace ketsim {

inline Declaration setting(std::string name, std::string unit, std::string doc, Range range = {}) {
  return {.name = std::move(name),
          .unit = std::move(unit),
          .range = range,
          .doc = std::move(doc),
          .source = "setting",
          .grade = Grade::setting};
}

}  // namespace ketsim
