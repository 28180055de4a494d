// What firms hear of KETs from others than their peers: from their adviser, and over contacts (made at
// events, through matchmaking or joint work). Talk across the border is damped.
#pragma once

#include <cstdint>
#include <vector>

#include "ketsim/engine/hazard_rows.hpp"
#include "ketsim/model/world.hpp"

namespace ketsim {

//! Who talks to some firms in a row (rows_at_once), and to whom; rows count from the first of these firms.
struct Voices {
  //! A firm that others talk to, and what it hears of a KET: summed strength of talk, with peers too, with
  //! those that know it and with those that use it [1/255].
  struct Listener {
    std::uint32_t row = 0;
    float per_strength = 0.0F;  //!< one over the summed strength of all its talk; 0 without any [255]
    float informed = 0.0F;
    float adopting = 0.0F;
  };
  struct Adviser {
    std::uint32_t listener = 0;  //!< place in `listeners`
    IntermediaryId adviser;
    float strength = 0.0F;  //!< of talk [1/255]
  };
  struct Contact {
    std::uint32_t listener = 0;
    float strength = 0.0F;
  };
  std::vector<Listener> listeners;
  std::vector<Adviser> advisers;
  std::vector<Contact> contacts;
  std::vector<std::uint8_t> news;  //!< by contact and KET: 1 if it knows the KET, and 2 if it uses it
};

class OutsideTalk {
 public:
  //! `contact_weight`: talk over a contact, over talk with a peer as close; `advice_strength`: of talk with
  //! an adviser, 1 that of the closest peer.
  OutsideTalk(double contact_weight, double advice_strength)
      : contact_weight_(contact_weight), advice_strength_(advice_strength) {}

  //! Once a month: which firms have a contact now.
  void note(const World& world);
  //! Who talks to `rows` firms from `first` on (a multiple of rows_at_once), in place of what `voices` held;
  //! firms that know all KETs do not listen.
  void find(const World& world, std::size_t first, std::size_t rows, Voices& voices);
  //! What the listeners among the firms from `first` on hear of a KET.
  static void hear(const World& world, std::size_t first, KetId ket, Voices& voices);

 private:
  //! A contact of a firm, with what stays of it: to look that up each month was a sixth of awareness.
  struct End {
    std::uint32_t contact = 0;
    FirmId firm;  //!< that listens
    Actor other;
    bool crosses_border = false;
  };

  double contact_weight_;
  double advice_strength_;
  std::size_t noted_ = 0;  //!< contacts whose ends are in ends_
  //! By rows_at_once firms, the oldest contact first; without firms that turned out to listen no more.
  std::vector<std::vector<End>> ends_;
};

}  // namespace ketsim
