// One world at one horizon, as far as comparisons need it.
#pragma once

#include <cstdint>
#include <vector>

#include "ketsim/engine/simulation.hpp"

namespace ketsim {

struct Snapshot {
  static constexpr std::uint8_t no_instrument = 255;

  // By firm
  std::vector<StableKey> key;  //!< the same firm in both worlds, whatever its row
  std::vector<std::uint16_t> region;
  std::vector<std::uint8_t> sector;
  std::vector<SizeClass> size;
  std::vector<std::uint8_t> reached_by;  //!< instrument of the first meeting in person; no_instrument: none

  // By KET and firm: ket * firms + firm
  std::vector<Stage> stage;
  std::vector<std::uint8_t> waits;     //!< 1 with a proposal or project under way, or while waiting for one
  std::vector<MonthIndex> adopted_in;  //!< month of adoption where the KET is in use, else never
  std::vector<std::uint8_t> paid_by;   //!< instrument of the first award for the KET; no_instrument: none
  std::vector<Money> awarded;          //!< awards for the KET so far

  Money public_money;    //!< cost to the public, all programmes
  Money private_money;   //!< own money of partners and firms in projects, pilots and adoption
  Money partners_match;  //!< of it, own money of partners in funded projects

  [[nodiscard]] std::size_t firms() const { return key.size(); }
  [[nodiscard]] std::size_t pair(KetId ket, std::size_t firm) const { return ket.index() * firms() + firm; }
};

template <class Stream>
void stream(Stream& bytes, Snapshot& s) {
  bytes(s.key, s.region, s.sector, s.size, s.reached_by, s.stage, s.waits, s.adopted_in, s.paid_by, s.awarded,
        s.public_money, s.private_money, s.partners_match);
}

[[nodiscard]] Snapshot take_snapshot(const Simulation& simulation);

}  // namespace ketsim
