#include "check_scenario.hpp"

#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

#include "ketsim/scenario/catalogue.hpp"

namespace ketsim {
namespace {

//! Reads the tree beside the scenario, so that each complaint stands at the value it is about.
class Checker {
 public:
  Checker(const Node& root, const Scenario& scenario, Diagnostics& problems)
      : root_(root), scenario_(scenario), problems_(problems) {}

  void check() {
    check_time();
    check_technologies();
    check_sizes(scenario_.firms.initial_adopters, {"firms", "initial_adopters"});
    check_names(scenario_.population.large_firm_share, sector_names(), {"population", "large_firm_share"},
                "sector");
    check_sizes(scenario_.population.candidate_share, {"population", "candidate_share"});
    check_given_firms();
    check_process_maps();
    check_borders();
    for (const Named<Programme>& programme : scenario_.programmes) check_programme(programme);
  }

 private:
  using Path = std::vector<std::string>;

  [[nodiscard]] Location place(const Path& path) const {
    const Node* node = &root_;
    Location where = root_.where();
    for (const std::string& key : path) {
      node = node->find(key);
      if (node == nullptr) return where;
      if (node->where().file) where = node->where();
    }
    return where;
  }

  void complain(const Path& path, const std::string& what) { problems_.add(place(path), what); }

  [[nodiscard]] std::vector<std::string> sector_names() const {
    std::vector<std::string> names;
    for (const auto& sector : scenario_.sectors) names.push_back(sector.name);
    return names;
  }

  [[nodiscard]] std::vector<std::string> ket_names() const {
    std::vector<std::string> names;
    for (const auto& ket : scenario_.technologies) names.push_back(ket.name);
    return names;
  }

  void check_time() {
    const TimeSettings& time = scenario_.time;
    constexpr int longest = 12 * 200;
    if (time.end < time.start)
      complain({"time", "end"},
               fmt::format("time.end = {} is before time.start = {}", time.end.text(), time.start.text()));
    if (time.end - time.start >= longest) complain({"time", "end"}, "time spans more than 200 years");
    for (const Month& horizon : scenario_.horizons) {
      if (horizon < time.start || time.end < horizon) {
        complain({"horizons"}, fmt::format("horizons: {} is outside {} to {}", horizon.text(),
                                           time.start.text(), time.end.text()));
      }
    }
  }

  void check_names(const std::map<std::string, double>& values, const std::vector<std::string>& valid,
                   const Path& path, const char* kind) {
    for (const auto& [key, value] : values) {
      if (std::ranges::find(valid, key) != valid.end()) continue;
      Path full = path;
      full.push_back(key);
      problems_.add(place(full), fmt::format("'{}' is no {}{}", key, kind, name_hint(key, valid)));
    }
  }

  void check_sizes(const std::map<std::string, double>& values, const Path& path) {
    check_names(values, size_class_names(), path, "size class");
  }

  // The user's firms are all there are: nothing is left to be scaled or chosen.
  void check_given_firms() {
    const PopulationSettings& population = scenario_.population;
    if (population.firms_file.empty()) return;
    if (population.agents != 0)
      complain({"population", "agents"}, "population.agents cannot be given with population.firms_file");
    if (population.scope != Scope::core)
      complain({"population", "scope"}, "population.scope cannot be given with population.firms_file");
  }

  //! Values by name of processes are by size class.
  void check_process_maps() {
    for (const Named<Parameters>& process : scenario_.processes) {
      for (const Field& field : process.value.schema()->fields()) {
        if (field.type != ValueType::reals) continue;
        const Node values = field.write(process.value.data());
        for (const Node::Entry& entry : values.entries())
          check_names({{entry.key, 0.0}}, size_class_names(),
                      {"processes", process.name, field.declaration.name}, "size class");
      }
    }
  }

  void check_technologies() {
    if (scenario_.technologies.empty())
      complain({"technologies"}, "technologies is empty; at least one is needed");
    if (scenario_.technologies.size() > 16) complain({"technologies"}, "at most 16 technologies");
    if (scenario_.sectors.empty()) complain({"sectors"}, "sectors is empty; at least one is needed");
    if (scenario_.sectors.size() > 30) complain({"sectors"}, "at most 30 sectors");
    for (const Named<Technology>& ket : scenario_.technologies) {
      check_sizes(ket.value.cost, {"technologies", ket.name, "cost"});
      check_names(ket.value.relevance, sector_names(), {"technologies", ket.name, "relevance"}, "sector");
    }
  }

  void check_borders() {
    for (const Named<Border>& border : scenario_.borders) {
      const std::size_t dash = border.name.find('-');
      if (dash == std::string::npos || dash == 0 || dash + 1 == border.name.size() ||
          border.name.substr(0, dash) == border.name.substr(dash + 1)) {
        complain({"borders", border.name},
                 fmt::format("borders[{}] must name two countries, as DE-NL", border.name));
        continue;
      }
      const std::vector<std::string> countries = column(scenario_.regions, "country");
      for (const std::string& country : {border.name.substr(0, dash), border.name.substr(dash + 1)}) {
        if (countries.empty() || std::ranges::find(countries, country) != countries.end()) continue;
        complain({"borders", border.name}, fmt::format("borders[{}]: '{}' is no country of the regions{}",
                                                       border.name, country, name_hint(country, countries)));
      }
    }
  }

  void check_list(const std::vector<std::string>& values, const std::vector<std::string>& valid,
                  const Path& path, const char* kind) {
    const Node* node = &root_;
    for (const std::string& key : path) node = node == nullptr ? nullptr : node->find(key);
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (std::ranges::find(valid, values[i]) != valid.end()) continue;
      const Location where =
          node != nullptr && i < node->items().size() ? node->items()[i].where() : place(path);
      problems_.add(where, fmt::format("'{}' is no {}{}", values[i], kind, name_hint(values[i], valid)));
    }
  }

  [[nodiscard]] std::vector<std::string> column(const TextTable& table, const char* name) const {
    std::set<std::string> values;
    const int c = table.find_column(name);
    for (std::size_t r = 0; r < table.rows() && c >= 0; ++r) values.emplace(table.cell(r, c));
    return {values.begin(), values.end()};
  }

  // Ids of the organisations whose type is wanted.
  template <class F>
  [[nodiscard]] std::vector<std::string> organisations(F is_wanted) const {
    const TextTable& table = scenario_.organisations;
    const int id = table.find_column("id");
    const int type = table.find_column("type");
    std::vector<std::string> ids;
    for (std::size_t r = 0; r < table.rows() && id >= 0 && type >= 0; ++r) {
      if (is_wanted(std::string(table.cell(r, type)))) ids.emplace_back(table.cell(r, id));
    }
    return ids;
  }

  void check_programme(const Named<Programme>& named) {
    const Programme& programme = named.value;
    const Path path{"programmes", named.name};
    if (programme.start.count == 0 || programme.end.count == 0) {
      complain(path, fmt::format("programmes[{}] needs start and end", named.name));
    } else if (programme.end <= programme.start) {
      complain({"programmes", named.name, "end"},
               fmt::format("programmes[{}].end = {} is not after its start {}", named.name,
                           programme.end.text(), programme.start.text()));
    }
    if (!scenario_.organisations.columns.empty()) {
      const auto intermediaries =
          organisations([](const std::string& type) { return type == "intermediary"; });
      check_list(programme.partners, intermediaries, {"programmes", named.name, "partners"},
                 "intermediary of the table of organisations");
    }
    double shares = programme.management_share;
    for (const Named<Policy>& policy : programme.policies) {
      shares += policy.value.share;
      check_policy(named, policy);
    }
    if (shares > 1.0 + 1e-9) {
      complain(
          {"programmes", named.name, "policies"},
          fmt::format(
              "programmes[{}]: management_share and the shares of its policies add up to {:.4g}, above 1",
              named.name, shares));
    }
  }

  // A parameter `host` of an instrument names a university or institute.
  void check_host(const Policy& policy, const Path& path) {
    if (policy.params.schema() == nullptr || scenario_.organisations.columns.empty()) return;
    const Node params = policy.params.schema()->write(policy.params.data());
    const Node* host = params.find("host");
    if (host == nullptr || host->text().empty()) return;
    const std::vector<std::string> institutes = organisations(
        [](const std::string& type) { return type != "intermediary" && type != "programme_office"; });
    if (std::ranges::find(institutes, host->text()) != institutes.end()) return;
    complain(path, fmt::format("'{}' is no university or institute of the table of organisations{}",
                               host->text(), name_hint(host->text(), institutes)));
  }

  void check_policy(const Named<Programme>& programme, const Named<Policy>& named) {
    const Policy& policy = named.value;
    const Path path{"programmes", programme.name, "policies", named.name};
    const auto at = [&path](std::initializer_list<std::string> keys) {
      Path full = path;
      full.insert(full.end(), keys);
      return full;
    };
    if (!policy.instrument.empty() && instrument_catalogue().find(policy.instrument) == nullptr) {
      complain(at({"instrument"}), fmt::format("'{}' is no instrument{}", policy.instrument,
                                               name_hint(policy.instrument, instrument_catalogue().names())));
    }
    check_list(policy.target.countries, column(scenario_.regions, "country"), at({"target", "countries"}),
               "country of the regions");
    check_list(policy.target.sectors, sector_names(), at({"target", "sectors"}), "sector");
    check_list(policy.target.size_classes, size_class_names(), at({"target", "size_classes"}), "size class");
    check_list(policy.target.kets, ket_names(), at({"target", "kets"}), "technology");
    check_host(policy, at({"params", "host"}));
    if (!std::ranges::is_sorted(policy.window.calls))
      complain(at({"window", "calls"}), "calls must be in order of time");
    const Month start = policy.window.start.count ? policy.window.start : programme.value.start;
    const Month end = policy.window.end.count ? policy.window.end : programme.value.end;
    if (start.count != 0 && end.count != 0 && end <= start)
      complain(at({"window"}), "window ends before it starts");
    if (end.count != 0 && programme.value.end.count != 0 && programme.value.end < end) {
      complain(at({"window", "end"}),
               fmt::format("programmes[{}].policies[{}].window.end = {} is after the programme's end {}",
                           programme.name, named.name, end.text(), programme.value.end.text()));
    }
    for (const Month& call : policy.window.calls) {
      if (call < start || end <= call) {
        complain(at({"window", "calls"}), fmt::format("call {} is outside the window {} to {}", call.text(),
                                                      start.text(), end.text()));
      }
    }
  }

  const Node& root_;
  const Scenario& scenario_;
  Diagnostics& problems_;
};

}  // namespace

void check_scenario(const Node& root, const Scenario& scenario, Diagnostics& problems) {
  Checker(root, scenario, problems).check();
}

}  // namespace ketsim
