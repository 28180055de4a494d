// What those that write and that read the folder of a sweep must agree on. Private to the sweep's folder.
#pragma once

#include <string>
#include <vector>

#include "ketsim/describe/document.hpp"
#include "ketsim/experiment/journal.hpp"
#include "sweep_folder.hpp"

namespace ketsim::sweep_folder {

inline constexpr const char* plan_name = "plan.yaml";
inline constexpr const char* begun_plan_name = "plan.yaml.part";  // marks a folder whose plan was cut off
inline constexpr const char* points_name = "points.csv";
inline constexpr const char* scenarios_name = "scenarios";
inline constexpr const char* format_version = "2";

//! Path of a file of the folder.
[[nodiscard]] std::string in(const std::string& folder, const std::string& name);

//! Columns of points.csv before those of the factors.
[[nodiscard]] const std::vector<std::string>& fixed_columns();
[[nodiscard]] std::vector<std::string> columns_of(const SweepPlan& plan);

//! As points.csv holds it.
[[nodiscard]] std::string text_of(const RecordId& id);

//! Of all that a plan says, but for this hash itself.
[[nodiscard]] std::string hash_of_plan(Node plan);

[[noreturn]] void refuse(const std::string& folder, const std::string& what);

}  // namespace ketsim::sweep_folder
