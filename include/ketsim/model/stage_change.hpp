// A change of stage, and how the peers of the firm come to feel it.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "ketsim/model/firms.hpp"
#include "ketsim/model/peer_ties.hpp"

namespace ketsim {

//! A firm's passage between two stages of a KET, kept for the month in which it happens.
struct StageChange {
  FirmId firm;
  KetId ket;
  Stage from = Stage::unaware;
  Stage to = Stage::unaware;
  Trigger trigger = Trigger::none;
  std::int8_t users_change = 0;    //!< +1: the firm's first KET in use; -1: its last one gone
  std::int8_t knowers_change = 0;  //!< +1: the first KET that the firm knows; -1: its last one gone

  //! +1: the firm now knows the KET; -1: no longer.
  [[nodiscard]] constexpr int informed() const {
    return static_cast<int>(knows(to)) - static_cast<int>(knows(from));
  }
  //! +1: the firm now uses the KET; -1: no longer.
  [[nodiscard]] constexpr int adopting() const {
    return static_cast<int>(uses(to)) - static_cast<int>(uses(from));
  }
  //! Whether the firm's peers come to feel it.
  [[nodiscard]] constexpr bool is_felt() const { return informed() != 0 || adopting() != 0; }
};
template <class Stream>
void stream(Stream& bytes, StageChange& c) {
  bytes(c.firm, c.ket, c.from, c.to, c.trigger, c.users_change, c.knowers_change);
}

//! Changes that firms of each block of rows (parallel/rows.hpp) decided on.
using ChangesByBlock = std::vector<std::vector<StageChange>>;

//! Exposures of all firms from the stages of their peers, anew.
void count_peers(Firms& firms, const PeerTies& peers, std::size_t kets);

//! Adds what firms know and use to the exposures of their peers, when it changes: nobody gathers it every
//! month.
class ExposureSpread {
 public:
  //! Changes of one KET, or that no peer feels. Exposures are whole numbers, so that the order of the changes
  //! does not matter.
  void spread(Firms& firms, const PeerTies& peers, std::span<const StageChange> changes);

 private:
  void spread_by_range(Firms& firms, const PeerTies& peers, std::span<const StageChange> changes);

  std::vector<std::vector<std::uint32_t>> parcels_;  //!< by lane and range of rows; empty between calls
};

}  // namespace ketsim
