#include "problems.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace ketsim {

Diagnostics in_reading_order(const Diagnostics& problems) {
  std::map<std::string, std::size_t> files;  // by their first problem
  const auto file_of = [&files](const Problem& problem) {
    return files.emplace(problem.where.file ? *problem.where.file : "", files.size()).first->second;
  };
  std::vector<Problem> sorted = problems.problems();
  for (const Problem& problem : sorted) file_of(problem);
  std::ranges::stable_sort(sorted, {}, [&file_of](const Problem& problem) {
    return std::tuple(file_of(problem), problem.where.line, problem.where.column);
  });
  return problems.in_order(std::move(sorted));
}

}  // namespace ketsim
