#include "sweep_folder.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "ketsim/base/contracts.hpp"
#include "ketsim/io/csv.hpp"
#include "ketsim/io/output_file.hpp"
#include "ketsim/io/sha256.hpp"
#include "ketsim/io/yaml.hpp"
#include "scenario_setup.hpp"
#include "versions.hpp"

namespace ketsim {
namespace {

namespace fs = std::filesystem;

constexpr const char* plan_name = "plan.yaml";
constexpr const char* begun_plan_name = "plan.yaml.part";  // marks a folder whose plan was cut off
constexpr const char* points_name = "points.csv";
constexpr const char* scenarios_name = "scenarios";
constexpr const char* runs_name = "runs";
constexpr const char* format_version = "1";
constexpr std::size_t fixed_columns = 4;  // before the factors
constexpr const char* columns[fixed_columns] = {"design_point", "design_block", "design_part", "identity"};

std::string in(const std::string& folder, const std::string& name) {
  return (fs::path(folder) / name).string();
}

std::string cell(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + '"';
}

std::string hex(const RecordId& id) {
  return fmt::format("{:016x}{:016x}", id.high, id.low);
}

RecordId id_of(std::string_view text) {
  RecordId id;
  const auto read = [](std::string_view digits, std::uint64_t& to) {
    return std::from_chars(digits.data(), digits.data() + digits.size(), to, 16).ec == std::errc();
  };
  const bool is_good =
      text.size() == 32 && read(text.substr(0, 16), id.high) && read(text.substr(16), id.low);
  expect(is_good, "an identity has 32 hexadecimal digits");
  return id;
}

std::string points_text(const SweepPlan& plan) {
  std::string text = fmt::format("{}", fmt::join(columns, ","));
  for (const SweepFactor& factor : plan.factors) text += ',' + cell(factor.name);
  text += '\n';
  for (std::size_t p = 0; p < plan.points.size(); ++p) {
    const DesignPoint& point = plan.points[p];
    text += fmt::format("{},{},{},{}", p, point.block, cell(point.part), hex(plan.identities[p]));
    for (const std::string& value : point.values) text += ',' + cell(value);
    text += '\n';
  }
  return text;
}

//! The texts of a plan by their names in the folder. Scenarios stand there as they are written, not resolved:
//! a default that follows from another parameter, as a window from its programme's, must still follow from
//! it.
std::map<std::string, std::string> texts_of(const PlannedSweep& sweep) {
  std::map<std::string, std::string> texts;
  for (const LoadedScenario& loaded : sweep.scenarios) {
    Node document = loaded.document;
    const PopulationSettings& population = loaded.scenario.population;
    const std::pair<const char*, std::string> tables[] = {
        {"regions_file", population.regions_file},
        {"organisations_file", population.organisations_file},
        {"firms_file", population.firms_file},
        {"ties_file", population.ties_file}};
    for (const InputText& input : loaded.inputs) {
      const std::string name =
          fmt::format("{}-{}.csv", fs::path(input.path).stem().string(), sha256(*input.text).substr(0, 8));
      texts[fmt::format("{}/{}", scenarios_name, name)] = *input.text;
      for (const auto& [key, path] : tables) {
        if (path == input.path) set_at_path(document, {"population", key}, Node::scalar(name, {}, true));
      }
    }
    texts[fmt::format("{}/{}.yaml", scenarios_name, loaded.name)] = write_yaml(document);
  }
  texts[points_name] = points_text(sweep.plan);
  return texts;
}

//! The settings as the folder keeps them: ranges resolved, scenarios where they stand now.
SweepSettings settings_of(const PlannedSweep& sweep) {
  SweepSettings settings = sweep.plan.settings;
  for (std::size_t f = 0; f < settings.factors.size(); ++f)
    settings.factors[f].value = sweep.plan.factors[f].settings;
  settings.scenarios.clear();
  for (const LoadedScenario& loaded : sweep.scenarios)
    settings.scenarios.push_back(fmt::format("{}/{}.yaml", scenarios_name, loaded.name));
  if (!settings.baseline.empty()) {
    settings.baseline = settings.scenarios.front();
    settings.scenarios.erase(settings.scenarios.begin());
  }
  return settings;
}

std::string plan_text(const PlannedSweep& sweep, const std::map<std::string, std::string>& texts) {
  const SweepSettings settings = settings_of(sweep);
  Node plan = Node::mapping();
  plan.set("format_version", Node::scalar(format_version));
  plan.set("program", Node::scalar(program_text(), {}, true));
  Node sources = Node::mapping();
  for (const SweepSource& source : sweep.sources)
    sources.set(source.path, Node::scalar(source.sha256, {}, true));
  plan.set("sources", std::move(sources));
  Node files = Node::mapping();
  for (const auto& [name, text] : texts) files.set(name, Node::scalar(sha256(text), {}, true));
  plan.set("files", std::move(files));
  plan.set("sweep", sweep_schema().write(&settings));
  return "# Written by `ketsim sweep plan`; change the sweep file and plan again, not this one.\n" +
         write_yaml(plan);
}

[[noreturn]] void refuse(const std::string& folder, const std::string& what) {
  throw InputError(folder + ": " + what);
}

void check_folder(const std::string& folder) {
  std::error_code none;
  if (!fs::exists(folder, none)) return;
  if (!fs::is_directory(folder, none)) refuse(folder, "is a file; name a folder for the sweep");
  const bool is_own =
      fs::exists(in(folder, plan_name), none) || fs::exists(in(folder, begun_plan_name), none);
  if (!is_own && !fs::is_empty(folder, none))
    refuse(folder, "holds other files; name a folder of the sweep's own");
  for (const fs::directory_entry& entry : fs::directory_iterator(runs_folder(folder), none)) {
    if (is_being_written(entry.path().string()))
      refuse(folder, "a process is working on this sweep; plan anew when it is through");
  }
}

//! Of scenarios of earlier plans.
void remove_others(const std::string& folder, const std::map<std::string, std::string>& texts) {
  std::error_code none;
  for (const fs::directory_entry& entry : fs::directory_iterator(in(folder, scenarios_name), none)) {
    if (!texts.contains(fmt::format("{}/{}", scenarios_name, entry.path().filename().string())))
      fs::remove(entry.path(), none);
  }
}

const Node& required(const Node& node, const char* key, const std::string& folder) {
  const Node* value = node.find(key);
  if (value == nullptr) refuse(folder, fmt::format("its plan lacks '{}'; plan it again", key));
  return *value;
}

void check_plan(const Node& plan, const std::string& folder) {
  if (required(plan, "format_version", folder).text() != format_version)
    refuse(folder, fmt::format("its plan is of another format than {}; plan it again", format_version));
  if (const std::string& by = required(plan, "program", folder).text(); by != program_text())
    refuse(folder, fmt::format("was planned by {}, this is {}; plan it again, results of both are not mixed",
                               by, program_text()));
  for (const Node::Entry& file : required(plan, "files", folder).entries()) {
    if (sha256_of_file(in(folder, file.key)) != file.value.text())
      refuse(folder, fmt::format("{} is missing or was changed; plan the sweep again", file.key));
  }
}

void read_points(const std::string& folder, SweepPlan& plan, Diagnostics& problems) {
  const TextTable table = read_csv(in(folder, points_name), points_name, problems);
  problems.throw_if_any();
  expect(table.columns.size() == fixed_columns + plan.factors.size(), "the points have a column a factor");
  for (std::size_t row = 0; row < table.rows(); ++row) {
    DesignPoint point;
    const std::string_view block = table.cell(row, 1);
    std::from_chars(block.data(), block.data() + block.size(), point.block);
    point.part = table.cell(row, 2);
    plan.identities.push_back(id_of(table.cell(row, 3)));
    for (std::size_t f = 0; f < plan.factors.size(); ++f)
      point.values.emplace_back(table.cell(row, static_cast<int>(fixed_columns + f)));
    plan.points.push_back(std::move(point));
  }
}

}  // namespace

std::string runs_folder(const std::string& folder) {
  return in(folder, runs_name);
}

void write_plan(const std::string& folder, const PlannedSweep& sweep) {
  check_folder(folder);
  const std::map<std::string, std::string> texts = texts_of(sweep);
  fs::create_directories(folder);
  {
    std::ofstream mark(in(folder, begun_plan_name), std::ios::app);
  }  // before anything else is in the folder
  fs::create_directories(fs::path(folder) / scenarios_name);
  fs::create_directories(runs_folder(folder));
  for (const auto& [name, text] : texts) write_text_file(in(folder, name), text);
  write_text_file(in(folder, plan_name), plan_text(sweep, texts));
  remove_others(folder, texts);
}

PlannedSweep read_plan(const std::string& folder) {
  std::error_code none;
  if (!fs::is_regular_file(in(folder, plan_name), none))
    refuse(folder, "holds no planned sweep; `ketsim sweep plan SWEEP.yaml -o DIR` makes one");
  Diagnostics problems;
  const Node plan = read_yaml(in(folder, plan_name), problems);
  problems.throw_if_any();
  check_plan(plan, folder);
  PlannedSweep sweep;
  SweepSettings& settings = sweep.plan.settings;
  const Node& root = required(plan, "sweep", folder);
  sweep_schema().read(root, &settings, "", problems);
  for (const Node::Entry& source : required(plan, "sources", folder).entries())
    sweep.sources.push_back({source.key, source.value.text()});
  if (!settings.baseline.empty()) sweep.files.push_back(in(folder, settings.baseline));
  for (const std::string& file : settings.scenarios) sweep.files.push_back(in(folder, file));
  std::vector<std::vector<ParameterRow>> parameters;
  for (const std::string& file : sweep.files) {
    LoadedScenario loaded = load_scenario(file, {}, problems);
    parameters.push_back(scenario_schema().rows(&loaded.scenario));
    sweep.plan.scenario_names.push_back(loaded.name);
    sweep.scenarios.push_back(std::move(loaded));
  }
  sweep.plan.factors = resolve_factors(settings, parameters, root, problems);
  problems.throw_if_any();
  read_points(folder, sweep.plan, problems);
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

void take_luck_of(const SweepSettings& settings, Scenario& scenario) {
  scenario.seed = settings.seed;
  scenario.replicates = settings.replicates;
}

std::vector<ExperimentScenario> load_point(const PlannedSweep& sweep,
                                           const std::vector<std::string>& values) {
  Diagnostics problems;
  std::vector<LoadedScenario> scenarios;
  for (std::size_t s = 0; s < sweep.files.size(); ++s) {
    std::vector<Override> overrides;
    for (std::size_t f = 0; f < values.size(); ++f) {
      const SweepFactor& factor = sweep.plan.factors[f];
      if (factor.is_in[s])
        overrides.push_back(
            {fmt::format("factors[{}] = {}", factor.name, values[f]), factor.settings.path, values[f]});
    }
    scenarios.push_back(load_scenario(sweep.files[s], overrides, problems));
    take_luck_of(sweep.plan.settings, scenarios.back().scenario);
  }
  return set_up(scenarios, sweep.plan.compares(), problems);
}

std::vector<RecordId> identities_of(const PlannedSweep& sweep) {
  const SweepSettings& settings = sweep.plan.settings;
  std::string common = fmt::format("{}\n{} {} {}\n{}\n", program_text(), settings.seed, settings.every,
                                   settings.margins, sweep.plan.compares());
  for (const std::string& output : settings.outputs) common += output + '\n';
  for (const LoadedScenario& loaded : sweep.scenarios) {
    Scenario scenario = loaded.scenario;
    scenario.title.clear();  // what is said of a scenario changes no result
    scenario.description.clear();
    scenario.record.clear();
    scenario.seed = 0;
    scenario.replicates = 1;
    common += loaded.name + '\n' + resolved_yaml(scenario);
    for (const InputText& input : loaded.inputs) common += input.path + ' ' + sha256(*input.text) + '\n';
  }
  const std::string start = sha256(common) + '\n';
  std::vector<RecordId> identities;
  for (const DesignPoint& point : sweep.plan.points) {
    std::set<std::string> lines;  // whatever the order and the names of the factors
    for (std::size_t f = 0; f < point.values.size(); ++f)
      lines.insert(fmt::format("{}={}", sweep.plan.factors[f].settings.path, point.values[f]));
    identities.push_back(id_of(sha256(fmt::format("{}{}", start, fmt::join(lines, "\n"))).substr(0, 32)));
  }
  return identities;
}

}  // namespace ketsim
