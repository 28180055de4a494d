#include "sweep_folder.hpp"

#include <charconv>
#include <filesystem>
#include <optional>

#include <fmt/format.h>

#include "ketsim/io/csv.hpp"
#include "ketsim/io/sha256.hpp"
#include "ketsim/io/yaml.hpp"
#include "scenario_setup.hpp"
#include "sweep_folder_parts.hpp"
#include "versions.hpp"

namespace ketsim {

namespace fs = std::filesystem;

namespace sweep_folder {

std::string in(const std::string& folder, const std::string& name) {
  return (fs::path(folder) / name).string();
}

const std::vector<std::string>& fixed_columns() {
  static const std::vector<std::string> columns{"design_point", "design_block", "design_part", "identity"};
  return columns;
}

std::vector<std::string> columns_of(const SweepPlan& plan) {
  std::vector<std::string> columns = fixed_columns();
  for (const SweepFactor& factor : plan.factors) columns.push_back(factor.name);
  return columns;
}

std::string hash_of_plan(Node plan) {
  plan.erase("sha256");
  return sha256(write_yaml(plan));
}

void refuse(const std::string& folder, const std::string& what) {
  throw InputError(folder + ": " + what);
}

}  // namespace sweep_folder

namespace {

using namespace sweep_folder;

[[noreturn]] void refuse_change(const std::string& folder, const std::string& name) {
  refuse(folder, name + " was changed; plan the sweep again");
}

const Node& required(const Node& node, const char* key, const std::string& folder) {
  const Node* value = node.find(key);
  if (value == nullptr) refuse(folder, fmt::format("its plan lacks '{}'; plan it again", key));
  return *value;
}

std::vector<SweepSource> hashes(const Node& plan, const char* key, const std::string& folder) {
  std::vector<SweepSource> files;
  for (const Node& file : required(plan, key, folder).items())
    files.push_back({required(file, "path", folder).text(), required(file, "sha256", folder).text()});
  return files;
}

void check_plan(const Node& plan, const std::string& folder) {
  if (required(plan, "format_version", folder).text() != format_version)
    refuse(folder, fmt::format("its plan is of another format than {}; plan it again", format_version));
  if (const std::string& by = required(plan, "program", folder).text(); by != program_text())
    refuse(folder, fmt::format("was planned by {}, this is {}; plan it again, results of both are not mixed",
                               by, program_text()));
  if (required(plan, "sha256", folder).text() != hash_of_plan(plan)) refuse_change(folder, plan_name);
  for (const SweepSource& file : hashes(plan, "files", folder)) {
    if (sha256_of_file(in(folder, file.path)) != file.sha256)
      refuse(folder, fmt::format("{} is missing or was changed; plan the sweep again", file.path));
  }
}

Node read_plan_file(const std::string& folder) {
  std::error_code none;
  if (!fs::is_regular_file(in(folder, plan_name), none))
    refuse(folder, "holds no planned sweep; `ketsim sweep plan SWEEP.yaml -o DIR` makes one");
  Diagnostics problems;
  Node plan = read_yaml(in(folder, plan_name), problems);
  problems.throw_if_any();
  check_plan(plan, folder);
  return plan;
}

void read_scenarios(const std::string& folder, const Node& root, PlannedSweep& sweep, Diagnostics& problems) {
  const SweepSettings& settings = sweep.plan.settings;
  std::vector<std::string> files = settings.scenarios;
  if (sweep.plan.compares()) files.insert(files.begin(), settings.baseline);
  std::vector<std::vector<ParameterRow>> parameters;
  for (const std::string& file : files) {
    LoadedScenario loaded = load_scenario(in(folder, file), {}, problems);
    parameters.push_back(scenario_schema().rows(&loaded.scenario));
    sweep.plan.scenario_names.push_back(loaded.name);
    sweep.scenarios.push_back(std::move(loaded));
  }
  sweep.plan.factors = resolve_factors(settings, parameters, root, problems);
}

//! The point that a row holds, or none where it holds something else.
std::optional<DesignPoint> point_of(const TextTable& table, std::size_t row) {
  DesignPoint point;
  const std::string_view block = table.cell(row, 1);
  const auto [end, error] = std::from_chars(block.data(), block.data() + block.size(), point.block);
  if (error != std::errc() || end != block.data() + block.size()) return std::nullopt;
  point.part = table.cell(row, 2);
  for (std::size_t c = fixed_columns().size(); c < table.columns.size(); ++c)
    point.values.emplace_back(table.cell(row, static_cast<int>(c)));
  return point;
}

//! Identities are made anew and compared: what the plan says of scenarios, factors and seed must still lead
//! to those that it was made with.
void read_points(const std::string& folder, PlannedSweep& sweep, Diagnostics& problems) {
  const TextTable table = read_csv(in(folder, points_name), points_name, problems);
  problems.throw_if_any();
  if (table.columns != columns_of(sweep.plan)) refuse_change(folder, points_name);
  for (std::size_t row = 0; row < table.rows(); ++row) {
    std::optional<DesignPoint> point = point_of(table, row);
    if (!point) refuse_change(folder, points_name);
    sweep.plan.points.push_back(std::move(*point));
  }
  sweep.plan.identities = identities_of(sweep);
  for (std::size_t row = 0; row < table.rows(); ++row) {
    if (text_of(sweep.plan.identities[row]) != table.cell(row, 3))
      refuse(folder,
             fmt::format("{} and {} do not belong together; plan the sweep again", plan_name, points_name));
  }
}

}  // namespace

std::string runs_folder(const std::string& folder) {
  return in(folder, "runs");
}

std::vector<std::string> files_of(const std::string& folder) {
  std::vector<std::string> files{in(folder, plan_name), in(folder, points_name)};
  std::error_code none;
  for (const std::string& own : {in(folder, scenarios_name), runs_folder(folder)}) {
    for (const fs::directory_entry& entry : fs::directory_iterator(own, none))
      files.push_back(entry.path().string());
  }
  return files;
}

bool is_among_files_of(const std::string& folder, const std::string& path) {
  const fs::path parent = fs::absolute(path).parent_path();
  std::error_code none;
  return fs::equivalent(parent, in(folder, scenarios_name), none) ||
         fs::equivalent(parent, runs_folder(folder), none);
}

PlannedSweep read_plan(const std::string& folder) {
  const Node plan = read_plan_file(folder);
  const Node& root = required(plan, "sweep", folder);
  Diagnostics problems;
  PlannedSweep sweep;
  sweep_schema().read(root, &sweep.plan.settings, "", problems);
  sweep.sources = hashes(plan, "sources", folder);
  read_scenarios(folder, root, sweep, problems);
  problems.throw_if_any();
  read_points(folder, sweep, problems);
  return sweep;
}

std::vector<std::string> changed_sources(const PlannedSweep& sweep) {
  std::vector<std::string> changed;
  for (const SweepSource& source : sweep.sources) {
    const std::optional<std::string> hash = sha256_of_file(source.path);
    if (hash && *hash != source.sha256) changed.push_back(source.path);  // absent: on another machine
  }
  return changed;
}

std::vector<ExperimentScenario> load_point(const PlannedSweep& sweep,
                                           const std::vector<std::string>& values) {
  Diagnostics problems;
  std::vector<LoadedScenario> scenarios;
  for (std::size_t s = 0; s < sweep.scenarios.size(); ++s) {
    std::vector<Override> overrides;
    for (std::size_t f = 0; f < values.size(); ++f) {
      const SweepFactor& factor = sweep.plan.factors[f];
      if (factor.is_in[s])
        overrides.push_back(
            {fmt::format("factors[{}] = {}", factor.name, values[f]), factor.settings.path, values[f]});
    }
    scenarios.push_back(change_scenario(sweep.scenarios[s], overrides, problems));
    take_luck_of(sweep.plan.settings, scenarios.back().scenario);
  }
  return set_up(scenarios, sweep.plan.compares(), problems);
}

}  // namespace ketsim
