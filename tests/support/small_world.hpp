// Small worlds for tests: a scenario of scenarios/ with values laid over it, set up and run in one line each.
//
//   Simulation world(setup_of("rocket.yaml", {"population.agents=500", "time.end=2016-12"}), 7, 0);
#pragma once

#ifndef KETSIM_SERIAL
#include <tbb/task_arena.h>
#endif

#include <algorithm>
#include <cstring>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "ketsim/engine/process.hpp"
#include "ketsim/engine/simulation.hpp"
#include "ketsim/io/csv.hpp"
#include "ketsim/io/yaml.hpp"
#include "ketsim/parallel/rows.hpp"
#include "ketsim/scenario/scenario.hpp"

namespace ketsim {

using Overrides = std::vector<std::string>;  //!< `path=value`, the value in YAML

inline constexpr const char* scenarios_folder = KETSIM_SOURCE_DIR "/scenarios/";

inline Node yaml_of(std::string_view text, const std::string& name = "test.yaml") {
  Diagnostics problems;
  Node node = parse_yaml(text, name, problems);
  problems.throw_if_any();
  return node;
}

//! Lays `path=value` over a tree; `null` removes nothing but stands there as null.
inline void lay(Node& root, const std::string& change) {
  const std::size_t equals = change.find('=');
  const std::vector<std::string> path = split_path(change.substr(0, equals));
  if (equals == std::string::npos || path.empty()) throw std::invalid_argument(change + " is no path=value");
  set_at_path(root, path, yaml_of(change.substr(equals + 1), change));
}

//! A scenario of scenarios/ as a tree, with values laid over it.
inline Node document_of(const std::string& file, const Overrides& changes = {}) {
  Diagnostics problems;
  Node root = read_scenario_document(scenarios_folder + file, problems);
  problems.throw_if_any();
  for (const std::string& change : changes) lay(root, change);
  return root;
}

//! A table of scenarios/, read once.
inline TextTable table_of(const std::string& path) {
  static std::map<std::string, TextTable> read;
  const auto found = read.find(path);
  if (found != read.end()) return found->second;
  Diagnostics problems;
  TextTable table = read_csv(scenarios_folder + path, path, problems);
  problems.throw_if_any();
  return read.emplace(path, std::move(table)).first->second;
}

inline Scenario read_tree(const Node& root, Diagnostics& problems) {
  return read_scenario(
      root, [](const std::string& path, const Location&, Diagnostics&) { return table_of(path); }, problems);
}

inline Scenario scenario_of(const Node& root) {
  Diagnostics problems;
  Scenario scenario = read_tree(root, problems);
  problems.throw_if_any();
  return scenario;
}

inline Scenario scenario_of(const std::string& file, const Overrides& changes = {}) {
  return scenario_of(document_of(file, changes));
}

inline std::shared_ptr<Setup> setup_of(Scenario scenario) {
  Diagnostics problems;
  std::shared_ptr<Setup> setup = make_setup(std::move(scenario), problems);
  problems.throw_if_any();
  return setup;
}

inline std::shared_ptr<Setup> setup_of(const std::string& file, const Overrides& changes = {}) {
  return setup_of(scenario_of(file, changes));
}

//! A world run to its end.
inline std::unique_ptr<Simulation> run_of(std::shared_ptr<const Setup> setup, std::uint64_t seed = 1,
                                          std::uint32_t replicate = 0) {
  auto simulation = std::make_unique<Simulation>(std::move(setup), seed, replicate);
  simulation->run();
  return simulation;
}

inline std::unique_ptr<Simulation> run_of(const std::string& file, const Overrides& changes = {},
                                          std::uint64_t seed = 1, std::uint32_t replicate = 0) {
  return run_of(setup_of(file, changes), seed, replicate);
}

//! ROCKET on its own, until all its money is paid: run once for all tests that only look at it.
inline Overrides until_rocket_is_over() {
  return {"time.end=2020-12", "horizons=[2020-03]"};
}
inline Simulation& finished_rocket() {
  static const std::unique_ptr<Simulation> rocket = run_of("rocket.yaml", until_rocket_is_over(), 3);
  return *rocket;
}

//! One process with the parameters that the scenario gives it, to be stepped by hand.
inline std::unique_ptr<Process> process_of(const Setup& setup, const std::string& name) {
  for (const ProcessEntry& entry : schedule()) {
    if (entry.schema->name() != name) continue;
    for (const Named<Parameters>& parameters : setup.scenario.processes) {
      if (parameters.name == name) return entry.make(setup, parameters.value);
    }
  }
  throw std::invalid_argument("no process " + name);
}

//! The policy of a name.
inline PolicyState& policy_of(const Context& context, const std::string& name) {
  for (PolicyState& policy : context.policies) {
    if (policy.name == name) return policy;
  }
  throw std::invalid_argument("no policy " + name);
}

//! A member without cost or grant so far.
inline Member member_of(Actor who) {
  Member member;
  member.actor = who;
  return member;
}

//! All values of a series, summed over its cells, month by month.
inline std::vector<double> monthly(Simulation& simulation, const std::string& name) {
  Recorder& recorder = simulation.recorder();
  for (std::size_t s = 0; s < recorder.series().size(); ++s) {
    if (recorder.series()[s].name != name) continue;
    const std::vector<double>& values = recorder.values()[s];
    const std::size_t months = simulation.context().scenario().months();
    const std::size_t cells = values.size() / months;
    std::vector<double> sums(months, 0.0);
    for (std::size_t v = 0; v < values.size(); ++v) sums[v / cells] += values[v];
    return sums;
  }
  throw std::invalid_argument("no series " + name);
}

inline double total(Simulation& simulation, const std::string& name) {
  double sum = 0.0;
  for (const double value : monthly(simulation, name)) sum += value;
  return sum;
}

inline double last(Simulation& simulation, const std::string& name) {
  return monthly(simulation, name).back();
}

//! Calls f(name, value(firm)) for the bits of every trait and state of firms; KET by KET where there are
//! several.
template <class F>
void for_each_column(const Firms& firms, F&& f) {
#define KETSIM_COLUMN(name) f(#name, firms.name)
  KETSIM_COLUMN(origin), KETSIM_COLUMN(until_closure);
  KETSIM_COLUMN(key), KETSIM_COLUMN(region), KETSIM_COLUMN(sector), KETSIM_COLUMN(size),
      KETSIM_COLUMN(employees);
  KETSIM_COLUMN(position), KETSIM_COLUMN(risk_aversion), KETSIM_COLUMN(language_ability),
      KETSIM_COLUMN(base_margin);
  KETSIM_COLUMN(usual_cash), KETSIM_COLUMN(affinity), KETSIM_COLUMN(alive), KETSIM_COLUMN(cash);
  KETSIM_COLUMN(instalments), KETSIM_COLUMN(shock), KETSIM_COLUMN(legal_ability), KETSIM_COLUMN(belief_wins);
  KETSIM_COLUMN(belief_losses), KETSIM_COLUMN(border_experience), KETSIM_COLUMN(engagements);
  KETSIM_COLUMN(programmes_known), KETSIM_COLUMN(first_reached), KETSIM_COLUMN(first_award),
      KETSIM_COLUMN(kets_used);
  KETSIM_COLUMN(kets_known), KETSIM_COLUMN(client_of), KETSIM_COLUMN(stage), KETSIM_COLUMN(trigger);
  KETSIM_COLUMN(resistance), KETSIM_COLUMN(since), KETSIM_COLUMN(adopted_in), KETSIM_COLUMN(paid_in);
  KETSIM_COLUMN(attempt), KETSIM_COLUMN(commitments), KETSIM_COLUMN(waits_for), KETSIM_COLUMN(knowledge);
  KETSIM_COLUMN(evidence), KETSIM_COLUMN(informed_exposure), KETSIM_COLUMN(adopting_exposure);
#undef KETSIM_COLUMN
}

template <class T>
std::string bits_of(const T& value) {
  std::string bits(sizeof(T), '\0');
  std::memcpy(bits.data(), &value, sizeof(T));
  return bits;
}

template <class T>
std::string row_bits(const Column<FirmId, T>& column, FirmId firm, std::size_t) {
  return bits_of(column[firm]);
}

template <class T>
std::string row_bits(const KetColumn<FirmId, T>& column, FirmId firm, std::size_t kets) {
  std::string bits;
  for (std::size_t k = 0; k < kets; ++k) bits += bits_of(column(firm, KetId(k)));
  return bits;
}

inline std::string row_bits(const FirmKeys& keys, FirmId firm, std::size_t) {
  return bits_of(keys[firm]);
}

template <class T>
std::string row_bits(const SparseColumn<FirmId, T>& column, FirmId firm, std::size_t) {
  return bits_of(column[firm]);
}

template <class T>
std::string row_bits(const SparseKetColumn<FirmId, T>& column, FirmId firm, std::size_t kets) {
  std::string bits;
  for (std::size_t k = 0; k < kets; ++k) bits += bits_of(column(firm, KetId(k)));
  return bits;
}

//! Everything that a world says of one firm, bit for bit, by column.
inline std::map<std::string, std::string> firm_bits(const World& world, FirmId firm) {
  std::map<std::string, std::string> bits;
  for_each_column(world.firms, [&](const char* name, const auto& column) {
    bits[name] = row_bits(column, firm, world.ket_count());
  });
  return bits;
}

//! Names of the columns in which two worlds differ for these firms (for all firms without a list).
inline std::vector<std::string> differing_columns(const World& a, const World& b,
                                                  std::vector<FirmId> firms = {}) {
  if (a.firms.count() != b.firms.count()) return {"count"};
  if (firms.empty()) {
    for (std::size_t i = 0; i < a.firms.count(); ++i) firms.emplace_back(i);
  }
  std::map<std::string, std::string> left;
  std::map<std::string, std::string> right;
  const auto collect = [&](const World& world, auto& texts) {
    for_each_column(world.firms, [&](const char* name, const auto& column) {
      for (const FirmId firm : firms) texts[name] += row_bits(column, firm, world.ket_count());
    });
  };
  collect(a, left);
  collect(b, right);
  std::vector<std::string> differing;
  for (const auto& [name, bits] : left) {
    if (right.at(name) != bits) differing.push_back(name);
  }
  return differing;
}

//! Calls f with so many threads, also where there are fewer cores.
template <class F>
void with_threads(int threads, F&& f) {
  const ThreadLimit limit(threads);
#ifdef KETSIM_SERIAL
  f();
#else
  tbb::task_arena(std::max(threads, 1)).execute(f);
#endif
}

}  // namespace ketsim
