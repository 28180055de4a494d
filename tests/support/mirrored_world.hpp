// A small world of two sides that mirror each other at the border: regions, firms by sector and size,
// institutes and intermediaries, all at the same distance from it and of the same size and competence.
#pragma once

#include <string>
#include <vector>

#include "support/limits.hpp"
#include "support/tables.hpp"

namespace ketsim {

//! The two sides, west and east of 6.5 degrees.
struct Side {
  std::string country;
  double sign;
};
inline const std::vector<Side>& two_sides() {
  static const std::vector<Side> sides{{"DE", 1.0}, {"NL", -1.0}};
  return sides;
}

//! Two regions a side, one at the border and one behind it.
inline TextTable mirrored_regions() {
  std::vector<std::string> columns{"region", "name",     "country", "lon",
                                   "lat",    "area_km2", "core",    "programme_area"};
  const std::vector<std::string> counts{
      "ent_micro",         "ent_small",    "ent_medium",    "ent_large",        "ket_candidate_sme",
      "health_micro",      "health_small", "health_medium", "production_micro", "production_small",
      "production_medium", "energy_micro", "energy_small",  "energy_medium"};
  const std::vector<std::string> firms{"60", "60", "45", "16", "165", "20", "20",
                                       "15", "20", "20", "15", "20",  "20", "15"};
  columns.insert(columns.end(), counts.begin(), counts.end());
  std::vector<std::vector<std::string>> rows;
  for (const Side& side : two_sides()) {
    for (const double degrees : {0.375, 1.125}) {
      std::vector<std::string> row{side.country + "M" + std::to_string(rows.size() % 2),
                                   "Region",
                                   side.country,
                                   real_text(6.5 + side.sign * degrees),
                                   "52",
                                   "1000",
                                   "1",
                                   "1"};
      row.insert(row.end(), firms.begin(), firms.end());
      rows.push_back(row);
    }
  }
  return table_from("mirrored regions", columns, rows);
}

//! A university, an institute and two intermediaries a side.
inline TextTable mirrored_organisations() {
  std::vector<std::vector<std::string>> rows;
  for (const Side& side : two_sides()) {
    const auto add = [&](const std::string& id, const std::string& type, double degrees,
                         const std::string& staff, const std::string& score) {
      std::vector<std::string> row{
          id + side.country, type, side.country, real_text(6.5 + side.sign * degrees), "52.05", staff};
      row.insert(row.end(), 7, score);
      rows.push_back(row);
    };
    add("UNI", "university", 0.5, "600", "2");
    add("INST", "institute", 1.0, "200", "3");
    add("AGENCY", "intermediary", 0.25, "40", "1");
    add("CLUSTER", "intermediary", 0.75, "15", "2");
  }
  return table_from(
      "mirrored organisations",
      {"id", "type", "country", "lon", "lat", "staff", "ket_nanotechnology", "ket_photonics",
       "ket_micro_electronics", "ket_smart_materials", "sector_health", "sector_production", "sector_energy"},
      rows);
}

//! A scenario of scenarios/ in this world, ROCKET run by all of its intermediaries.
inline std::shared_ptr<Setup> mirrored_setup(const std::string& file, const Overrides& changes) {
  Overrides all{"population.scope=sectors"};
  if (file == "rocket.yaml")
    all.push_back("programmes[rocket].partners=[AGENCYDE, AGENCYNL, CLUSTERDE, CLUSTERNL]");
  const Node root = document_of(file, together({all, changes}));
  Diagnostics problems;
  Scenario scenario = read_scenario(
      root,
      [](const std::string& path, const Location&, Diagnostics&) {
        return path.find("organisations") != std::string::npos ? mirrored_organisations()
                                                               : mirrored_regions();
      },
      problems);
  problems.throw_if_any();
  return setup_of(std::move(scenario));
}

}  // namespace ketsim
