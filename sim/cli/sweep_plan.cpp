// `ketsim sweep plan`: from a sweep file to a plan.
#include <algorithm>
#include <filesystem>
#include <iostream>
#include <optional>

#include <fmt/format.h>

#include "exit_codes.hpp"
#include "ketsim/io/csv.hpp"
#include "ketsim/io/result_scenario.hpp"
#include "ketsim/io/sha256.hpp"
#include "ketsim/io/yaml.hpp"
#include "problems.hpp"
#include "scenario_setup.hpp"
#include "sweep_folder.hpp"
#include "sweep_verbs.hpp"

namespace ketsim {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_runs = 10'000'000;  // some 50 bytes of memory each, however few are done

//! A path of the sweep file counts from the file that names it.
std::string resolved(const std::string& path, const Node& named_by) {
  const Location& where = named_by.where();
  const fs::path folder = where.file ? fs::path(*where.file).parent_path() : fs::path();
  return (folder / path).lexically_normal().string();
}

//! Reads a sweep file and all that it names.
class Planner {
 public:
  explicit Planner(const std::string& file) : root_(read_scenario_document(file, problems_)) {
    check_readable();
    sweep_schema().read(root_, &settings(), "", problems_);
    sources_.push_back(file);
  }

  PlannedSweep plan() {
    read_scenarios();
    check_outputs();
    if (problems_.empty()) base_ = set_up(sweep_.scenarios, sweep_.plan.compares(), problems_);
    read_points();
    if (problems_.empty()) try_points();
    in_reading_order(problems_).throw_if_any();
    sweep_.plan.identities = identities_of(sweep_);
    for (const std::string& source : sources_) note(source);
    return std::move(sweep_);
  }

 private:
  SweepSettings& settings() { return sweep_.plan.settings; }

  //! Of a file that could not be read, what it lacks is no problem of its own.
  void check_readable() const {
    const auto lacks = [this](const char* key) { return root_.find(key) == nullptr; };
    if (lacks("scenarios") || lacks("factors") || lacks("design")) in_reading_order(problems_).throw_if_any();
  }

  void read_scenarios() {
    constexpr std::size_t most_scenarios = 100;
    if (settings().scenarios.empty())
      problems_.add(root_.where(), "scenarios is missing (files, one at least)");
    if (settings().scenarios.size() > most_scenarios) {
      problems_.add(root_.find("scenarios")->where(), fmt::format("scenarios: at most {}", most_scenarios));
      settings().scenarios.resize(most_scenarios);
    }
    if (const Node* baseline = root_.find("baseline"); baseline != nullptr && !settings().baseline.empty())
      read_scenario(settings().baseline, *baseline);
    const Node* list = root_.find("scenarios");
    for (std::size_t s = 0;
         list != nullptr && s < std::min(settings().scenarios.size(), list->items().size()); ++s)
      read_scenario(settings().scenarios[s], list->items()[s]);
    check_names_differ(files_, sweep_.scenarios, problems_);
  }

  void read_scenario(const std::string& path, const Node& named_by) {
    const std::string file = resolved(path, named_by);
    std::error_code none;
    if (!fs::exists(file.substr(0, file.rfind('#')), none) && !fs::exists(file, none)) {
      problems_.add(named_by.where(), fmt::format("there is no scenario {}", file));
      parameters_.emplace_back();
      return;
    }
    LoadedScenario loaded = load_scenario(file, {}, problems_);
    if (loaded.document.entries().empty()) {  // it could not be read, which has been told
      parameters_.emplace_back();
      return;
    }
    if (const std::string why = why_no_name(loaded.name); !why.empty())
      problems_.add(named_by.where(), fmt::format("the name of {} {}; rename it", file, why));
    take_luck_of(settings(), loaded.scenario);
    parameters_.push_back(scenario_schema().rows(&loaded.scenario));
    sweep_.plan.scenario_names.push_back(loaded.name);
    for (const std::string& source : loaded.files) sources_.push_back(source);
    files_.push_back(file);
    sweep_.scenarios.push_back(std::move(loaded));
  }

  void check_outputs() {
    const std::vector<std::string> known = series_names();
    const Node* list = root_.find("outputs");
    for (std::size_t i = 0; i < settings().outputs.size(); ++i) {
      const std::string& output = settings().outputs[i];
      if (std::ranges::find(known, output) == known.end())
        problems_.add(list->items()[i].where(),
                      fmt::format("outputs: '{}' is not known{}", output, name_hint(output, known)));
    }
  }

  void read_points() {
    const Node* design = root_.find("design");
    if (design == nullptr || design->is_null())  // of what is there, the schema tells what it lacks
      problems_.add(root_.where(),
                    "design is missing (kind and params; `ketsim describe sweeps` lists them)");
    const bool is_any_known = !std::ranges::all_of(parameters_, &std::vector<ParameterRow>::empty);
    if (!is_any_known && !settings().scenarios.empty()) {  // no factor could be found anywhere
      check_design_kind();
      return;
    }
    sweep_.plan.factors = resolve_factors(settings(), parameters_, root_, problems_);
    const bool can_design = problems_.empty() || !settings().design.kind.empty();
    if (!can_design) return;
    if (!problems_.empty()) {  // a design of factors that are wrong would only repeat it
      check_design_kind();
      return;
    }
    sweep_.plan.points = design_points(settings(), sweep_.plan.factors, read_table(), root_, problems_);
    if (sweep_.plan.points.size() > most_runs / sweep_.plan.replicates())
      problems_.add(root_.where(),
                    fmt::format("{} points with {} replicates are more runs than {}",
                                sweep_.plan.points.size(), sweep_.plan.replicates(), most_runs));
  }

  void check_design_kind() {
    if (find_design(settings().design.kind) == nullptr)
      (void)design_points(settings(), {}, {}, root_, problems_);
  }

  //! The table that the design's parameter `file` names.
  TextTable read_table() {
    const Node* design = root_.find("design");
    const Node* params = design == nullptr ? nullptr : design->find("params");
    const Node* file = params == nullptr ? nullptr : params->find("file");
    if (file == nullptr || !file->is_scalar() || file->text().empty()) return {};
    const std::string path = resolved(file->text(), *file);
    sources_.push_back(path);
    return read_csv(path, file->text(), problems_);
  }

  //! What contradicts itself only together, as a start after its end, shows when a scenario is made. Tried at
  //! the ends of each factor, with all others as the scenarios have them, and at the first and the last
  //! point.
  void try_points() {
    SweepPlan& plan = sweep_.plan;
    if (plan.points.empty()) return;
    for (const std::size_t p : {std::size_t{0}, plan.points.size() - 1})
      try_values(plan.factors, plan.points[p].values);
    for (const SweepFactor& factor : plan.factors) {
      if (factor.settings.values.empty() && factor.for_design().levels() == 0 &&
          factor.settings.low <= -FactorSettings::no_bound)
        continue;  // its values stand in the points
      std::vector<std::string> ends = factor.settings.values;
      if (ends.empty()) ends = {factor.for_design().at(0.0), factor.for_design().at(1.0)};
      for (const std::string& value : ends) try_values({factor}, {value});
    }
  }

  void try_values(const std::vector<SweepFactor>& factors, const std::vector<std::string>& values) {
    PlannedSweep part;
    part.plan.settings = settings();
    part.plan.factors = factors;
    part.scenarios = sweep_.scenarios;
    try {
      const std::string why = why_out_of_shape(base_, load_point(part, values));
      if (why.empty()) return;
      const Node* factor = root_.find("factors")->find(factors.front().name);
      problems_.add(factor == nullptr ? root_.where() : factor->where(), why);
    } catch (const InputError& error) {
      problems_.add({}, error.what());
    }
  }

  void note(const std::string& source) {
    const std::string path = fs::absolute(source).lexically_normal().string();
    if (std::ranges::find(sweep_.sources, path, &SweepSource::path) != sweep_.sources.end()) return;
    if (const std::optional<std::string> hash = sha256_of_file(path)) sweep_.sources.push_back({path, *hash});
  }

  Diagnostics problems_;
  Node root_;
  PlannedSweep sweep_;
  std::vector<std::string> files_;  //!< of the scenarios, the baseline first
  std::vector<std::vector<ParameterRow>> parameters_;
  std::vector<std::string> sources_;
  std::vector<ExperimentScenario> base_;
};

}  // namespace

bool is_sweep_file(const std::string& file) {
  if (is_result_file(file)) return false;
  Diagnostics ignored;
  const Node root = read_yaml(file, ignored);
  return root.find("factors") != nullptr || root.find("design") != nullptr;
}

std::string check_sweep(const std::string& file) {
  const PlannedSweep sweep = Planner(file).plan();
  return fmt::format("{} points x {} replicates = {} runs", sweep.plan.points.size(), sweep.plan.replicates(),
                     sweep.plan.runs());
}

int plan_sweep(const std::string& file, const std::string& folder) {
  const PlannedSweep sweep = Planner(file).plan();
  write_plan(folder, sweep);
  const SweepStatus status = sweep_status(sweep.plan, runs_folder(folder));
  std::cout << fmt::format(
      "{}: {} points x {} replicates = {} runs, {} of them done; next: ketsim sweep run {}\n", folder,
      sweep.plan.points.size(), sweep.plan.replicates(), status.runs, status.done, folder);
  return exit_done;
}

}  // namespace ketsim
