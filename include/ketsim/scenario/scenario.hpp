// Scenario: everything that a run depends on beside the seed and the replicate. Immutable once read.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "ketsim/base/diagnostics.hpp"
#include "ketsim/describe/document.hpp"
#include "ketsim/describe/text_table.hpp"
#include "ketsim/rng/draws.hpp"
#include "ketsim/scenario/programme.hpp"
#include "ketsim/scenario/settings.hpp"

namespace ketsim {

struct Sector {
  double market_weight = 1.0;  //!< strength of rivalry in the sector [1]
};

//! A figure of the public record, for reports to compare with; the model itself never reads it.
struct RecordFigure {
  static constexpr double no_bound = 1e300;
  double value = 0.0;
  double low = -no_bound;
  double high = no_bound;
  std::string unit;
  std::string source;
  std::string doc;
};

struct Scenario {
  std::string title;
  std::string description;
  std::int64_t seed = 1;
  std::int64_t replicates = 100;
  Draws draws = Draws::thresholds;  //!< how luck is tied to time
  TimeSettings time;
  std::vector<Month> horizons;  //!< months at which `compare` measures
  PopulationSettings population;
  std::vector<Named<Sector>> sectors;
  std::vector<Named<Technology>> technologies;
  std::vector<Named<Border>> borders;  //!< named by the two country codes, as `DE-NL`
  FirmSettings firms;
  NetworkSettings network;
  DecisionSettings decisions;
  StateAidSettings state_aid;
  Knowledge knowledge;
  std::vector<Named<Parameters>> processes;
  std::vector<Named<Programme>> programmes;
  std::vector<Named<RecordFigure>> record;

  // Tables behind the paths of `population`, read with the scenario.
  TextTable regions;
  TextTable organisations;
  TextTable firm_table;  //!< without columns where there is none
  TextTable tie_table;   //!< without columns where there is none

  [[nodiscard]] std::size_t months() const { return static_cast<std::size_t>(time.end - time.start) + 1; }
  //! Frictions between two countries; none inside a country.
  [[nodiscard]] const Border& border(const std::string& country, const std::string& other) const;
};

[[nodiscard]] const Schema<Scenario>& scenario_schema();

//! Opens a table that the scenario names: `path` as written, `where` the place that names it.
using TableReader = std::function<TextTable(const std::string& path, const Location& where, Diagnostics&)>;

//! Reads and checks a scenario: every problem goes to `problems`, and the result is usable only without any.
[[nodiscard]] Scenario read_scenario(const Node& root, const TableReader& read_table, Diagnostics& problems);

}  // namespace ketsim
