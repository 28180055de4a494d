#include "problems.hpp"

#include <set>

namespace ketsim {

Diagnostics without_repeats(const Diagnostics& problems) {
  Diagnostics result;
  std::set<std::string> lines;
  for (const Problem& problem : problems.problems()) {
    if (lines.insert(problem.where.text() + ": " + problem.what).second)
      result.add(problem.where, problem.what);
  }
  return result;
}

}  // namespace ketsim
