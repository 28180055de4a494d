// Ties: who knows whom. Peer ties are what firms seek for themselves, at the start and now and then anew;
// contacts arise through events, matchmaking, advice and joint work, carry knowledge while they are used, and
// fade when they are not.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "ketsim/model/organisations.hpp"
#include "ketsim/model/peer_ties.hpp"

namespace ketsim {

//! The steps of cooperation across a border (van den Broek et al.), each with its own friction.
enum class CooperationStep : std::uint8_t { initiate, select, set_up, carry_out };
inline constexpr std::size_t cooperation_step_count = 4;
[[nodiscard]] const std::vector<std::string>& cooperation_step_names();

//! Candidates across the border that leads met at their first search, and the steps at which they stopped.
struct BorderTally {
  std::uint32_t met = 0;
  std::array<std::uint32_t, cooperation_step_count> stopped{};
};

enum class ContactKind : std::uint8_t { acquaintance, advice, collaboration };

//! A tie between two actors that can arise, be used and fade.
struct Contact {
  Actor a;  //!< the smaller code of the two
  Actor b;
  ContactKind kind = ContactKind::acquaintance;
  float strength = 0.0F;         //!< 0 none to 1 closest
  MonthIndex used = 0;           //!< month of the last use
  MonthIndex active_until = -1;  //!< joint work goes on up to here: knowledge flows
  std::uint8_t repeats = 0;      //!< joint works so far
};

//! All contacts, with a look-up by pair and by actor. Rows are kept in the order of their making.
class Contacts {
 public:
  //! The contact of two actors, made with strength 0 if there is none.
  Contact& between(Actor a, Actor b);
  [[nodiscard]] const Contact* find(Actor a, Actor b) const;
  [[nodiscard]] std::span<const std::uint32_t> of(Actor actor) const;  //!< rows of the actor's contacts
  [[nodiscard]] const Contact& row(std::uint32_t r) const { return rows_[r]; }
  [[nodiscard]] Contact& row(std::uint32_t r) { return rows_[r]; }
  [[nodiscard]] const std::vector<Contact>& all() const { return rows_; }
  [[nodiscard]] std::vector<Contact>& all() { return rows_; }

 private:
  std::vector<Contact> rows_;
  std::unordered_map<std::uint64_t, std::vector<std::uint32_t>>
      rows_of_;  // looked up only: its order is never used
};

[[nodiscard]] constexpr Actor other_end(const Contact& contact, Actor self) {
  return contact.a == self ? contact.b : contact.a;
}

}  // namespace ketsim
