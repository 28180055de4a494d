// Writes the folder of a sweep.
#include <filesystem>
#include <fstream>
#include <map>

#include <fmt/format.h>

#include "ketsim/io/csv.hpp"
#include "ketsim/io/output_file.hpp"
#include "ketsim/io/sha256.hpp"
#include "ketsim/io/yaml.hpp"
#include "sweep_folder.hpp"
#include "sweep_folder_parts.hpp"
#include "versions.hpp"

namespace ketsim {
namespace {

namespace fs = std::filesystem;
using namespace sweep_folder;

std::string cell(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + '"';
}

std::string points_text(const SweepPlan& plan) {
  std::string text = fmt::format("{}\n", fmt::join(columns_of(plan), ","));
  for (std::size_t p = 0; p < plan.points.size(); ++p) {
    const DesignPoint& point = plan.points[p];
    text += fmt::format("{},{},{},{}", p, point.block, cell(point.part), text_of(plan.identities[p]));
    for (const std::string& value : point.values) text += ',' + cell(value);
    text += '\n';
  }
  return text;
}

//! In the folder. Its own name stays readable, unless no file could be called so with the hash behind it.
std::string name_of_table(const InputText& table) {
  constexpr std::size_t longest = 200;  // [byte]
  const std::string stem = fs::path(table.path).stem().string();
  return fmt::format("{}-{}.csv", stem.size() > longest ? "table" : stem, sha256(*table.text).substr(0, 8));
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
      const std::string name = name_of_table(input);
      texts[fmt::format("{}/{}", scenarios_name, name)] = *input.text;
      for (const auto& [key, path] : tables) {
        if (path == input.path) set_at_path(document, {"population", key}, Node::scalar(name, {}, true));
      }
    }
    texts[fmt::format("{}/{}.yaml", scenarios_name, loaded.name)] = write_yaml(document);
  }
  texts[points_name] = points_text(sweep.plan);
  if (texts[points_name].size() > most_table_bytes)
    throw InputError(fmt::format(
        "the points with all their values take more than {} MB; take fewer points or shorter values",
        most_table_bytes / 1'000'000));
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

//! A list, not a mapping: a key may not be as long as a path.
Node hashes_node(const std::vector<SweepSource>& files) {
  Node list = Node::sequence();
  for (const SweepSource& file : files) {
    Node entry = Node::mapping();
    entry.set("path", Node::scalar(file.path, {}, true));
    entry.set("sha256", Node::scalar(file.sha256, {}, true));
    list.append(std::move(entry));
  }
  return list;
}

std::string plan_text(const PlannedSweep& sweep, const std::map<std::string, std::string>& texts) {
  const SweepSettings settings = settings_of(sweep);
  std::vector<SweepSource> files;
  for (const auto& [name, text] : texts) files.push_back({name, sha256(text)});
  Node plan = Node::mapping();
  plan.set("format_version", Node::scalar(format_version));
  plan.set("program", Node::scalar(program_text(), {}, true));
  plan.set("sources", hashes_node(sweep.sources));
  plan.set("files", hashes_node(files));
  plan.set("sweep", sweep_schema().write(&settings));
  Diagnostics ignored;  // as it will be read: bytes of a path that are no text become escapes
  const std::string hash = hash_of_plan(parse_yaml(write_yaml(plan), plan_name, ignored));
  plan.set("sha256", Node::scalar(hash, {}, true));
  return "# Written by `ketsim sweep plan`; change the sweep file and plan again, not this one.\n" +
         write_yaml(plan);
}

//! What is done must be readable and stay as it is.
void check_runs(const std::string& folder) {
  std::error_code error;
  const fs::directory_iterator runs(runs_folder(folder), error);
  if (error == std::errc::no_such_file_or_directory) return;
  if (error) refuse(runs_folder(folder), "cannot be read: " + error.message());
  for (const fs::directory_entry& entry : runs) {
    if (is_being_written(entry.path().string()))
      refuse(folder, "a process is working on this sweep; plan anew when it is through");
  }
}

void check_folder(const std::string& folder) {
  std::error_code none;
  if (!fs::exists(folder, none)) return;
  if (!fs::is_directory(folder, none)) refuse(folder, "is a file; name a folder for the sweep");
  const bool is_own =
      fs::exists(in(folder, plan_name), none) || fs::exists(in(folder, begun_plan_name), none);
  if (!is_own && !fs::is_empty(folder, none))
    refuse(folder, "holds other files; name a folder of the sweep's own");
  check_runs(folder);
}

//! No plan is written over what it is made from.
void check_sources_stay(const std::string& folder, const std::vector<SweepSource>& sources) {
  const std::vector<std::string> files = files_of(folder);
  for (const SweepSource& source : sources) {
    for (const std::string& file : files) {
      std::error_code none;
      if (fs::equivalent(file, source.path, none))
        refuse(folder, fmt::format("the plan would write over {}, which it is made from; name another folder",
                                   source.path));
    }
  }
}

//! Before anything else is in the folder.
void mark_as_begun(const std::string& folder) {
  const std::string path = in(folder, begun_plan_name);
  make_way_for(path);
  std::ofstream mark(path, std::ios::app);
}

//! Of scenarios of earlier plans.
void remove_others(const std::string& folder, const std::map<std::string, std::string>& texts) {
  std::error_code none;
  for (const fs::directory_entry& entry : fs::directory_iterator(in(folder, scenarios_name), none)) {
    if (!texts.contains(fmt::format("{}/{}", scenarios_name, entry.path().filename().string())))
      fs::remove(entry.path(), none);
  }
}

}  // namespace

void write_plan(const std::string& folder, const PlannedSweep& sweep) {
  check_folder(folder);
  check_sources_stay(folder, sweep.sources);
  const std::map<std::string, std::string> texts = texts_of(sweep);
  fs::create_directories(folder);
  mark_as_begun(folder);
  fs::create_directories(fs::path(folder) / scenarios_name);
  fs::create_directories(runs_folder(folder));
  for (const auto& [name, text] : texts) write_text_file(in(folder, name), text);
  write_text_file(in(folder, plan_name), plan_text(sweep, texts));
  remove_others(folder, texts);
}

}  // namespace ketsim
