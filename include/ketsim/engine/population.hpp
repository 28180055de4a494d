// Population synthesis: from regional counts to one agent per firm, with totals exact at every level.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ketsim/base/diagnostics.hpp"
#include "ketsim/model/world.hpp"
#include "ketsim/scenario/scenario.hpp"

namespace ketsim {

//! Firms to be made of one region, sector and size class. Founders are numbered 0 to count - 1 in their cell,
//! so that the firms of a narrow scope are the first firms of every wider one.
struct PopulationCell {
  RegionId region;
  SectorId sector;
  SizeClass size = SizeClass::micro;
  std::uint32_t count = 0;
};

//! What makes a firm this one: its other traits are drawn under its key.
struct FirmIdentity {
  StableKey key = 0;
  RegionId region;
  SectorId sector;
  SizeClass size = SizeClass::micro;
  Origin origin = Origin::founder;
};

//! A firm of the user's table; what the table leaves open is drawn as for any other firm.
struct GivenFirm {
  std::string id;
  FirmIdentity who;
  std::optional<double> employees;
  std::optional<Position> position;
  std::optional<double> cash;                    //!< [EUR]
  std::optional<double> margin;                  //!< [EUR/yr]
  std::optional<double> risk_aversion;           //!< [1]
  std::optional<double> language_ability;        //!< [1]
  std::vector<std::optional<double>> affinity;   //!< by KET [1]
  std::vector<std::optional<double>> knowledge;  //!< by KET [1]
  std::vector<std::optional<Stage>> stage;       //!< by KET
  std::string client_of;                         //!< id of an intermediary, or empty
};

//! A tie of the user's table, by rows of the founders.
struct GivenTie {
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  std::uint8_t strength = 255;  //!< 1 to 255
  bool supply = false;          //!< one delivers to the other: they have met
};

struct PopulationPlan {
  std::vector<PopulationCell> cells;  //!< sorted by region, sector, size class; empty cells left out
  std::uint64_t firms = 0;
  std::vector<GivenFirm> given;  //!< in the order of their ids; none: firms are synthesised from the cells
  std::optional<std::vector<GivenTie>> ties;  //!< of a table; none: founders seek theirs
  [[nodiscard]] std::uint64_t smes() const;
};

//! Parts of `total` in proportion to `weights`, whole numbers that add up to it exactly (Hamilton's method:
//! remainders by size, ties to the earlier part). Weights that sum to 0 give 0 to all.
[[nodiscard]] std::vector<std::uint64_t> largest_remainder(const std::vector<double>& weights,
                                                           std::uint64_t total);

[[nodiscard]] std::shared_ptr<const Geography> make_geography(const Scenario& scenario,
                                                              Diagnostics& problems);
[[nodiscard]] PopulationPlan plan_population(const Scenario& scenario, const Geography& geography,
                                             Diagnostics& problems);

//! Problems of the table of organisations: columns, ids, types, countries, places.
void check_organisations(const Scenario& scenario, const Geography& geography, Diagnostics& problems);

//! The user's firms instead of a synthesis; every problem of the table goes to `problems`.
[[nodiscard]] PopulationPlan read_given_firms(const Scenario& scenario, const Geography& geography,
                                              Diagnostics& problems);
//! The user's ties between the founders of `plan`, nothing where there is no table; problems likewise.
[[nodiscard]] std::optional<std::vector<GivenTie>> read_given_ties(const Scenario& scenario,
                                                                   const PopulationPlan& plan,
                                                                   Diagnostics& problems);

//! Firms with their traits and their state at the start.
void found_firms(World& world, const Scenario& scenario, const PopulationPlan& plan);
//! Universities, institutes and intermediaries from the table of organisations.
void found_organisations(World& world, const Scenario& scenario);
//! Peer ties; with network.per_replicate false those of the first replicate.
void found_ties(World& world, const Scenario& scenario, const PopulationPlan& plan);
//! Advisers, and contacts to research, of so many firms from `first` on.
void found_contacts(World& world, const Scenario& scenario, FirmId first, std::size_t firms);
//! Advisers and suppliers that the user names.
void take_given_contacts(World& world, const PopulationPlan& plan);
//! Who uses or knows a KET at the start.
void found_adoption(World& world, const Scenario& scenario, const PopulationPlan& plan);

//! What one firm knows, and where it stands with each KET: as given, or drawn. A newcomer is at most aware.
//! Only the firm's own row changes, its sparse columns apart; `changes` gets what World::publish asks for.
void found_stages(World& world, const Scenario& scenario, FirmId firm, const GivenFirm* given,
                  std::vector<StageChange>& changes);
//! Firms enter during the run: rows more, drawn as founders are, without peers until ties are renewed. The
//! first of them is the answer.
FirmId enter_firms(World& world, const Scenario& scenario, const std::vector<FirmIdentity>& newcomers);
//! Once a year: firms seek some ties anew, newcomers their first; ties of those that left are gone.
void renew_ties(World& world, const Scenario& scenario, std::uint32_t year);

}  // namespace ketsim
