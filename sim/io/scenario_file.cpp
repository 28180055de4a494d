#include "ketsim/io/scenario_file.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "ketsim/io/csv.hpp"
#include "ketsim/io/result_scenario.hpp"
#include "ketsim/io/sha256.hpp"
#include "ketsim/io/yaml.hpp"
#include "scenario_overlay.hpp"
#include "text_file.hpp"

namespace ketsim {
namespace {

namespace fs = std::filesystem;

//! FILE.h5#name without its name.
std::string file_part(const std::string& path) {
  std::error_code ignored;
  return fs::exists(path, ignored) ? path : path.substr(0, path.rfind('#'));
}

//! Reads one scenario with its tables.
class Loader {
 public:
  Loader(std::string path, Diagnostics& problems) : path_(std::move(path)), problems_(problems) {}

  //! Of a source that is no file.
  Loader(ResultScenarioSource source, Diagnostics& problems)
      : path_(source.name), problems_(problems), source_(std::move(source)) {}

  //! Of one that was read before.
  Loader(const LoadedScenario& read, Diagnostics& problems) : problems_(problems), read_(&read) {}

  LoadedScenario load(const std::vector<Override>& overrides) {
    Node root = read_document();
    if (root.entries().empty() && !problems_.empty()) return std::move(loaded_);
    const bool is_readable = problems_.empty() || root.find("population") != nullptr;
    for (const Override& change : overrides) {
      if (const std::optional<Location> where = lay_over(root, change, problems_))
        overlays_.insert(where->file);
      else
        loaded_.left_out.push_back(change.option);
    }
    loaded_.document = root;
    if (!is_readable) {  // a file that it extends is missing: only what is there can be checked, value by
                         // value
      scenario_schema().read(root, &loaded_.scenario, "", problems_);
      return std::move(loaded_);
    }
    loaded_.scenario = read_scenario(
        root,
        [this](const std::string& path, const Location& where, Diagnostics&) { return open(path, where); },
        problems_);
    check_table("regions_file", loaded_.scenario.population.regions_file, root);
    check_table("organisations_file", loaded_.scenario.population.organisations_file, root);
    // A table that had to be renamed is known by its new name.
    PopulationSettings& population = loaded_.scenario.population;
    population.regions_file = loaded_.scenario.regions.path;
    population.organisations_file = loaded_.scenario.organisations.path;
    if (!population.firms_file.empty()) population.firms_file = loaded_.scenario.firm_table.path;
    if (!population.ties_file.empty()) population.ties_file = loaded_.scenario.tie_table.path;
    return std::move(loaded_);
  }

 private:
  Node read_document() {
    if (read_ != nullptr) {
      loaded_.name = read_->name;
      loaded_.inputs = read_->inputs;
      loaded_.files = read_->files;
      return read_->document;
    }
    if (!source_ && is_result_file(path_)) {
      loaded_.files.push_back(file_part(path_));
      source_ = read_result_scenario(path_, problems_);
    }
    if (source_) {
      loaded_.name = source_->name;
      if (!problems_.empty()) return {};
      Node root = parse_yaml(source_->yaml, path_, problems_);
      if (problems_.empty() && !root.is_mapping()) problems_.add(root.where(), "holds no scenario");
      return root;
    }
    loaded_.name = fs::path(path_).stem().string();
    loaded_.files.push_back(path_);
    Node root = read_scenario_document(path_, problems_);
    remember_files(root);
    return root;
  }

  //! Files of the chain of `extends`, as the places of their values tell.
  void remember_files(const Node& node) {
    if (node.where().file && std::ranges::find(loaded_.files, *node.where().file) == loaded_.files.end())
      loaded_.files.push_back(*node.where().file);
    for (const Node& item : node.items()) remember_files(item);
    for (const Node::Entry& entry : node.entries()) remember_files(entry.value);
  }

  TextTable open(const std::string& path, const Location& where) {
    if (read_ != nullptr) return known_table(path, where);
    const bool from_command_line = overlays_.contains(where.file);
    if (source_ && !from_command_line) return open_of_result(path, where);
    const fs::path folder =
        from_command_line || !where.file ? fs::path() : fs::path(*where.file).parent_path();
    const std::string file = (folder / path).lexically_normal().string();
    loaded_.files.push_back(file);
    std::optional<std::string> text = read_text_file(file, where, most_table_bytes, problems_);
    return text ? take(std::move(*text), file, path) : TextTable{};
  }

  //! By the place that names it: two tables may have one path, each in its folder.
  TextTable known_table(const std::string& path, const Location& where) {
    const Node* population = read_->document.find("population");
    const Scenario& scenario = read_->scenario;
    const std::pair<const char*, const TextTable*> tables[] = {
        {"regions_file", &scenario.regions},
        {"organisations_file", &scenario.organisations},
        {"firms_file", &scenario.firm_table},
        {"ties_file", &scenario.tie_table}};
    for (const auto& [key, table] : tables) {
      const Node* named = population == nullptr ? nullptr : population->find(key);
      if (named != nullptr && is_same_place(named->where(), where)) return *table;
    }
    problems_.add(where, fmt::format("'{}' was not read with the scenario", path));
    return {};
  }

  static bool is_same_place(const Location& a, const Location& b) {
    return a.file == b.file && a.line == b.line && a.column == b.column;
  }

  TextTable open_of_result(const std::string& path, const Location& where) {
    const auto input = source_->inputs.find(path);
    if (input == source_->inputs.end()) {
      problems_.add(where, fmt::format("'{}' is not among the inputs that the result file holds", path));
      return {};
    }
    const auto& [text, hash] = input->second;
    return hash.empty() ? take(text, path_ + ": " + path, path) : open_known(path, hash, where);
  }

  //! A file that was too large to travel: it must stand where the result file, which names it, says; or the
  //! user names another.
  TextTable open_known(const std::string& path, const std::string& hash, const Location& where) {
    const std::string file = (fs::path(file_part(path_)).parent_path() / path).lexically_normal().string();
    loaded_.files.push_back(file);
    Diagnostics reasons;
    std::optional<std::string> text = read_text_file(file, {}, most_table_bytes, reasons);
    if (!text) {
      problems_.add(where, fmt::format("'{}' is too large to travel in the result file; put it in its place "
                                       "or name another with --set: {}",
                                       path, reasons.text()));
    } else if (sha256(*text) != hash) {
      problems_.add(
          where,
          fmt::format("{} is not the file that the result was made with: its SHA-256 is another", file));
    } else {
      return take(std::move(*text), file, path);
    }
    return {};
  }

  TextTable take(std::string text, const std::string& file, const std::string& path) {
    TextTable table = parse_csv(std::move(text), file, path, problems_);
    const std::shared_ptr<const std::string>& own = table.content->text;
    const auto other_text = [&](const InputText& input) {
      return input.path == table.path && *input.text != *own;
    };
    for (int n = 2; std::ranges::any_of(loaded_.inputs, other_text); ++n)
      table.path = fmt::format("{} ({})", path, n);
    if (std::ranges::find(loaded_.inputs, table.path, &InputText::path) == loaded_.inputs.end())
      loaded_.inputs.push_back({table.path, own});
    return table;
  }

  //! Tables are read only where they are named; no name at all would leave an empty world.
  void check_table(const char* key, const std::string& path, const Node& root) {
    const Node* population = root.find("population");
    const Node* value = population == nullptr ? nullptr : population->find(key);
    if (value != nullptr && value->is_scalar() && path.empty())
      problems_.add(value->where(), fmt::format("population.{} names no file", key));
  }

  std::string path_;
  Diagnostics& problems_;
  LoadedScenario loaded_;
  std::optional<ResultScenarioSource> source_;
  const LoadedScenario* read_ = nullptr;
  std::set<std::shared_ptr<const std::string>> overlays_;
};

}  // namespace

LoadedScenario load_scenario(const std::string& path, const std::vector<Override>& overrides,
                             Diagnostics& problems) {
  Diagnostics own;
  LoadedScenario loaded = Loader(path, own).load(overrides);
  problems.add(own);
  return loaded;
}

LoadedScenario change_scenario(const LoadedScenario& read, const std::vector<Override>& overrides,
                               Diagnostics& problems) {
  Diagnostics own;
  LoadedScenario changed = Loader(read, own).load(overrides);
  problems.add(own);
  return changed;
}

LoadedScenario load_resolved_scenario(const ResultScenarioSource& source, Diagnostics& problems) {
  return Loader(source, problems).load({});
}

std::string resolved_yaml(const Scenario& scenario) {
  return write_yaml(scenario_schema().write(&scenario));
}

std::vector<InputText> gather_inputs(std::vector<LoadedScenario>& scenarios) {
  std::map<std::string, std::shared_ptr<const std::string>> texts;
  std::vector<InputText> all;
  for (LoadedScenario& loaded : scenarios) {
    for (InputText& input : loaded.inputs) {
      std::string name = input.path;
      while (texts.contains(name) && *texts[name] != *input.text) name.insert(0, loaded.name + '/');
      PopulationSettings& population = loaded.scenario.population;
      for (std::string* file : {&population.regions_file, &population.organisations_file,
                                &population.firms_file, &population.ties_file}) {
        if (*file == input.path) *file = name;
      }
      input.path = name;
      if (texts.emplace(name, input.text).second) all.push_back(input);
    }
  }
  return all;
}

}  // namespace ketsim
