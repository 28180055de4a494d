// Ties between firms that know each other: what each firm sought, and the network of peers that comes of it.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "ketsim/base/column.hpp"
#include "ketsim/base/ids.hpp"

namespace ketsim {

//! The ties that each firm seeks: a slot holds one partner until it renews. Peer ties are built from these.
struct SoughtTies {
  static constexpr std::uint32_t nobody = FirmId::none;
  std::vector<std::uint32_t> offset{0};  //!< slots of firm i stand at offset[i] to offset[i+1]
  std::vector<std::uint32_t> partner;    //!< row of a firm, or nobody
  std::vector<std::uint8_t> strength;    //!< 1 to 255, damped across the border; 0 with nobody
  std::uint64_t given = 0;               //!< the first so many slots are the user's: they never renew

  [[nodiscard]] std::size_t firms() const { return offset.size() - 1; }
};
template <class Stream>
void stream(Stream& bytes, SoughtTies& ties) {
  bytes(ties.offset, ties.partner, ties.strength, ties.given);
}

//! Ends of ties, both directions, compressed by rows: neighbours of firm i stand at offset[i] to offset[i+1].
struct TieEnds {
  std::vector<std::uint32_t> offset{0};
  std::vector<std::uint32_t> neighbour;  //!< ascending in each row
  std::vector<std::uint8_t> strength;    //!< 1 to 255, damped across the border
  std::vector<float>
      inverse_strength;  //!< one over the summed strength of a firm's ties; 0 without ties [255]
};
template <class Stream>
void stream(Stream& bytes, TieEnds& ends) {
  bytes(ends.offset, ends.neighbour, ends.strength, ends.inverse_strength);
}

//! The network of peers. It is built as a whole and never changed, so that worlds can share one; firms that
//! have entered since have no peers yet.
class PeerTies {
 public:
  PeerTies() : ends_(std::make_shared<const TieEnds>()) {}
  explicit PeerTies(TieEnds ends) : ends_(std::make_shared<const TieEnds>(std::move(ends))) {}

  [[nodiscard]] std::size_t firms() const { return ends_->offset.size() - 1; }
  [[nodiscard]] std::span<const std::uint32_t> neighbours(FirmId firm) const {
    return of(ends_->neighbour.data(), firm);
  }
  [[nodiscard]] std::span<const std::uint8_t> strengths(FirmId firm) const {
    return of(ends_->strength.data(), firm);
  }
  //! One over the summed strength of a firm's ties; 0 without ties [255].
  [[nodiscard]] float inverse_strength(FirmId firm) const {
    return firm.index() < firms() ? ends_->inverse_strength[firm.index()] : 0.0F;
  }
  //! Tells the memory that a firm's ties are to be read soon: first where they stand, then what they are.
  void prefetch_place(FirmId firm) const { __builtin_prefetch(ends_->offset.data() + firm.index()); }
  void prefetch(FirmId firm) const {
    if (firm.index() >= firms()) return;
    const std::uint32_t place = ends_->offset[firm.index()];
    __builtin_prefetch(ends_->neighbour.data() + place);
    __builtin_prefetch(ends_->neighbour.data() + place + 8);
    __builtin_prefetch(ends_->strength.data() + place);
  }
  [[nodiscard]] const TieEnds& ends() const { return *ends_; }

 private:
  template <class T>
  [[nodiscard]] std::span<const T> of(const T* values, FirmId firm) const {
    if (firm.index() >= firms()) return {};
    return {values + ends_->offset[firm.index()], values + ends_->offset[firm.index() + 1]};
  }

  std::shared_ptr<const TieEnds> ends_;
};

//! Both, as one world hands them to another: the graph of all replicates where network.per_replicate is
//! false.
struct TieNetwork {
  std::shared_ptr<const SoughtTies> sought = std::make_shared<const SoughtTies>();
  PeerTies peers;
};

}  // namespace ketsim
