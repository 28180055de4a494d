// Any value that its declaration allows gives a run: none breaks a contract inside the model.
#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "support/small_world.hpp"

namespace ketsim {
namespace {

//! Left out at their ends, for the time or memory that they would take: the size of the world and of the
//! budget.
bool is_too_large_to_run(const std::string& path, bool high) {
  static const std::set<std::string> sizes{"population.agents", "replicates", "seed",
                                           "programmes[rocket].budget"};
  return high && sizes.contains(path);
}

std::string failure_at(const Node& base, const ParameterRow& row, double value) {
  Node root = base;
  const std::string text =
      row.type == ValueType::integer ? std::to_string(static_cast<long long>(value)) : real_text(value);
  set_at_path(root, split_path(row.path), Node::scalar(text));
  Diagnostics problems;
  Scenario scenario = read_tree(root, problems);
  std::shared_ptr<Setup> setup;
  if (problems.empty()) setup = make_setup(std::move(scenario), problems);
  if (!problems.empty()) return {};  // a clear error is an answer too
  try {
    (void)run_of(setup);
    return {};
  } catch (const std::exception& error) {
    return row.path + " = " + text + ": " + error.what() + '\n';
  }
}

TEST(Ranges, TheEndsOfEveryRangeGiveARun) {
  const Node base =
      document_of("rocket.yaml", {"time.start=2016-01", "time.end=2017-09", "horizons=[2017-09]",
                                  "population.agents=200", "programmes[rocket].budget=300000"});
  const Scenario scenario = scenario_of(base);
  std::string failures;
  std::size_t tried = 0;
  for (const ParameterRow& row : scenario_schema().rows(&scenario)) {
    const bool is_number =
        row.type == ValueType::real || row.type == ValueType::integer || row.type == ValueType::reals;
    if (!is_number || row.path.starts_with("record")) continue;
    const Range range = row.declaration.range;
    if (std::isfinite(range.low) && !is_too_large_to_run(row.path, false))
      failures += failure_at(base, row, range.low), ++tried;
    if (std::isfinite(range.high) && !is_too_large_to_run(row.path, true))
      failures += failure_at(base, row, range.high), ++tried;
  }
  EXPECT_GT(tried, 200U);
  EXPECT_EQ(failures, "");
}

}  // namespace
}  // namespace ketsim
