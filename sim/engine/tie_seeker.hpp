// Whom firms seek as peers: draws partners by gravity and homophily, borders in between. Private to engine.
#pragma once

#include <cstdint>
#include <vector>

#include "ketsim/model/world.hpp"
#include "ketsim/scenario/settings.hpp"

namespace ketsim {

//! Draws the partners of ties as the world is now, in any order of firms and slots.
class TieSeeker {
 public:
  TieSeeker(const World& world, const NetworkSettings& network, const Randomness& randomness,
            std::uint32_t year);

  //! Slots of the firms that have none yet, each filled if chance and border let it.
  void seek_first(SoughtTies& sought) const;
  //! Slots that renew this year.
  void seek_anew(SoughtTies& sought) const;

 private:
  void gather_groups();
  void add_up_pulls();
  [[nodiscard]] std::size_t group_of(FirmId firm) const {
    return world_.firms.region[firm] * sectors_ + world_.firms.sector[firm];
  }
  [[nodiscard]] std::size_t firms_in(std::size_t group) const {
    return group_begin_[group + 1] - group_begin_[group];
  }
  [[nodiscard]] std::uint32_t slots_of(FirmId firm) const;
  // Partner word of a slot's draws in this year.
  [[nodiscard]] std::uint32_t draw_of(std::uint32_t slot) const { return year_ << 10 | slot; }
  void renew(SoughtTies& sought, FirmId firm) const;
  void seek(FirmId firm, StableKey key, std::uint32_t slot, std::uint32_t& found,
            std::uint8_t& strength) const;

  const World& world_;
  const NetworkSettings& network_;
  std::uint32_t year_;
  std::size_t sectors_;
  RandomKey degree_key_;
  RandomKey partner_key_;
  RandomKey border_key_;
  RandomKey renewal_key_;
  std::vector<std::uint32_t> group_begin_;  //!< place in members_ of each region and sector
  std::vector<std::uint32_t> members_;      //!< rows of firms that can be sought, group after group
  // Cumulative pulls on the firms of a region and sector.
  std::vector<std::vector<double>> same_sector_;  //!< of that sector, region after region
  std::vector<std::vector<double>> any_sector_;   //!< by region: of all groups
};

}  // namespace ketsim
