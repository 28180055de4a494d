// Regions, countries, sectors and technologies as tables: what the population lives in. Fixed during a run
// and shared by all replicates.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "ketsim/base/ids.hpp"

namespace ketsim {

//! Firms by size, EU definition by employees: micro below 10, small below 50, medium below 250, large from
//! 250.
enum class SizeClass : std::uint8_t { micro, small, medium, large };
inline constexpr std::size_t size_class_count = 4;
[[nodiscard]] const std::vector<std::string>& size_class_names();

//! A point on the map, in an equirectangular projection about the middle of the regions [km].
struct Position {
  float x = 0.0F;
  float y = 0.0F;
};
template <class Stream>
void stream(Stream& bytes, Position& position) {
  bytes(position.x, position.y);
}

[[nodiscard]] double distance_km(Position a, Position b);

//! Frictions between two countries, 0 none to 1 prohibitive.
struct Border {
  double language = 0.0;     //!< damps talk, and the initiation of cooperation [1]
  double culture = 0.0;      //!< damps trust: the selection of partners, the transfer of knowledge [1]
  double legislation = 0.0;  //!< damps the setting up of joint work [1]
};

//! How well actors take up what others know.
struct Knowledge {
  double best_distance = 0.3;     //!< cognitive distance at which partners learn most from each other [1]
  double absorption_base = 0.25;  //!< absorptive capacity of one person without prior knowledge [1]
  double absorption_size = 0.08;  //!< its rise with the logarithm of employees [1]
  double absorption_prior = 0.5;  //!< its rise, as a share, with full knowledge of all KETs [1]
};

struct Region {
  std::string code;  //!< as in the table of regions
  std::string name;
  CountryId country;
  Position centroid;
  double area = 0.0;        //!< [km2]
  double population = 0.0;  //!< inhabitants; 0 where the table has none
};

//! A technology as the processes read it: by id instead of by name.
struct Ket {
  std::string name;
  double complexity = 0.0;                      //!< [1]
  std::array<double, size_class_count> cost{};  //!< of adoption at the start [EUR]
  double benefit_share = 0.0;                   //!< [1/yr]
  double uncertainty = 0.0;                     //!< [1]
  double frontier_growth = 0.0;                 //!< [1/yr]
  double cost_decline = 0.0;                    //!< [1/yr]
  std::vector<double> relevance;                //!< by sector [1]
};

struct Geography {
  std::vector<std::string> countries;
  std::vector<Region> regions;
  std::vector<std::string> sectors;
  std::vector<double> market_weight;  //!< strength of rivalry by sector [1]
  std::vector<Ket> kets;
  Knowledge knowledge;
  std::vector<std::vector<Border>> borders;  //!< by two countries; none on the diagonal
  Position origin_degrees;                   //!< longitude and latitude of the projection's origin [degree]
  std::vector<double> closeness;  //!< pull of a firm on one of another region, by distance: from x to [1]

  [[nodiscard]] const Border& border(CountryId a, CountryId b) const { return borders[a.index()][b.index()]; }
  [[nodiscard]] const Ket& ket(KetId id) const { return kets[id.index()]; }
  [[nodiscard]] const Region& region(RegionId id) const { return regions[id.index()]; }
  [[nodiscard]] Position project(double longitude, double latitude) const;
};

}  // namespace ketsim
