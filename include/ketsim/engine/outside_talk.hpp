// What firms hear of KETs from others than their peers: from their adviser, and over contacts (made at
// events, through matchmaking or joint work). Talk across the border is damped.
#pragma once

#include <cstdint>
#include <vector>

#include "ketsim/model/world.hpp"

namespace ketsim {

//! Firms with an adviser or a contact, and what is the same for all KETs.
struct Talkers {
  struct Firm {
    std::uint32_t row;
    std::uint32_t adviser;
    float
        per_strength;  //!< one over the summed strength of all its talk, with peers too; 0 without any [255]
    float advice;      //!< strength of talk with its adviser; 0 without one [1/255]
    std::uint32_t first;  //!< its contacts stand at `first` to `last`
    std::uint32_t last;
  };
  struct Contact {
    Actor other;
    float strength = 0.0F;  //!< of talk [1/255]
  };
  std::vector<Firm> firms;
  std::vector<Contact> contacts;
};

class OutsideTalk {
 public:
  //! `contact_weight`: talk over a contact, over talk with a peer as close; `advice_strength`: of talk with
  //! an adviser, 1 that of the closest peer.
  OutsideTalk(double contact_weight, double advice_strength)
      : contact_weight_(contact_weight), advice_strength_(advice_strength) {}

  //! Once a month: which firms have a contact now.
  void note(const World& world);
  //! These, as far as there is a KET that they do not know, among `rows` living firms from `first` on (a
  //! multiple of 64), ascending, in place of what `talkers` held.
  void find(const World& world, std::size_t first, std::size_t rows, Talkers& talkers) const;

  //! Summed strength of a firm's talk with those that know a KET, and with those that use it [1/255].
  struct Heard {
    float informed;
    float adopting;
  };
  //! Of a talker and one KET, peers included.
  [[nodiscard]] static Heard hear(const World& world, const Talkers& talkers, const Talkers::Firm& talker,
                                  KetId ket);

 private:
  void add_talker(const World& world, FirmId firm, bool has_contact, Talkers& talkers) const;
  [[nodiscard]] float strength_of(const World& world, FirmId firm, const Contact& contact) const;

  double contact_weight_;
  double advice_strength_;
  std::size_t noted_ = 0;                   //!< contacts whose firms are marked
  std::vector<std::uint64_t> has_contact_;  //!< bit i % 64 of word i / 64: firm i
};

}  // namespace ketsim
