// Ties: who knows whom. Peer ties are what firms seek for themselves, at the start and now and then anew;
// contacts arise through events, matchmaking, advice and joint work, carry knowledge while they are used, and
// fade when they are not.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
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
template <class Stream>
void stream(Stream& bytes, Contact& c) {
  bytes(c.a, c.b, c.kind, c.strength, c.used, c.active_until, c.repeats);
}

[[nodiscard]] constexpr Actor other_end(const Contact& contact, Actor self) {
  return contact.a == self ? contact.b : contact.a;
}

//! All contacts, with a look-up by pair and by actor. Rows are kept in the order of their making.
//!
//! The contacts of an actor form a ring: each contact holds the next one of either end, and the actor its
//! latest, which leads on to its first. This takes 8 bytes a contact and 4 a firm, and no search.
class Contacts {
 public:
  class Ring;

  //! The contact of two actors, made with strength 0 if there is none.
  Contact& between(Actor a, Actor b);
  [[nodiscard]] const Contact* find(Actor a, Actor b) const;
  [[nodiscard]] Ring of(Actor actor) const;  //!< rows of the actor's contacts, the oldest first
  [[nodiscard]] const Contact& row(std::uint32_t r) const { return rows_[r]; }
  [[nodiscard]] Contact& row(std::uint32_t r) { return rows_[r]; }
  [[nodiscard]] const std::vector<Contact>& all() const { return rows_; }
  [[nodiscard]] std::vector<Contact>& all() { return rows_; }

  template <class Stream>
  friend void stream(Stream& bytes, Contacts& contacts) {
    bytes(contacts.rows_);
    if constexpr (Stream::is_reading) contacts.index();
  }

 private:
  static constexpr std::uint32_t none = 0xffffffffU;
  struct Next {
    std::uint32_t of_a = none;
    std::uint32_t of_b = none;
  };

  [[nodiscard]] std::uint32_t latest(Actor actor) const {
    return latest_[static_cast<std::size_t>(actor.kind)][EndId(actor.row)];
  }
  [[nodiscard]] std::uint32_t& next(std::uint32_t r, Actor self) {
    return rows_[r].a == self ? next_[r].of_a : next_[r].of_b;
  }
  [[nodiscard]] std::uint32_t next(std::uint32_t r, Actor self) const {
    return rows_[r].a == self ? next_[r].of_a : next_[r].of_b;
  }
  void append(Actor self, std::uint32_t r);
  void index();  //!< all rings, anew from the rows

  std::vector<Contact> rows_;
  std::vector<Next> next_;                 //!< by row
  using EndId = Id<struct ContactEndTag>;  // a row of any kind of actor
  using Latest = SparseColumn<EndId, std::uint32_t>;
  static std::array<Latest, 3> no_latest() {
    return {Latest{"1", "of a firm", none}, Latest{"1", "of an institute", none},
            Latest{"1", "of an intermediary", none}};
  }
  std::array<Latest, 3> latest_ = no_latest();  //!< row of the newest contact, by kind of actor
};

//! The rows of one actor's contacts, to be gone through once; valid until contacts are made.
class Contacts::Ring {
 public:
  class Iterator {
   public:
    using difference_type = std::ptrdiff_t;
    using value_type = std::uint32_t;
    Iterator() = default;
    Iterator(const Contacts* contacts, Actor self, std::uint32_t r)
        : contacts_(contacts), self_(self), row_(r) {}
    std::uint32_t operator*() const { return row_; }
    Iterator& operator++() {
      row_ = row_ == contacts_->latest(self_) ? none : contacts_->next(row_, self_);
      return *this;
    }
    Iterator operator++(int) {
      const Iterator before = *this;
      ++*this;
      return before;
    }
    bool operator==(const Iterator& other) const { return row_ == other.row_; }

   private:
    const Contacts* contacts_ = nullptr;
    Actor self_;
    std::uint32_t row_ = none;
  };

  Ring(const Contacts& contacts, Actor self) : contacts_(&contacts), self_(self) {}
  [[nodiscard]] Iterator begin() const {
    const std::uint32_t last = contacts_->latest(self_);
    return {contacts_, self_, last == none ? none : contacts_->next(last, self_)};
  }
  [[nodiscard]] Iterator end() const { return {}; }
  [[nodiscard]] bool empty() const { return begin() == end(); }

 private:
  const Contacts* contacts_;
  Actor self_;
};

inline Contacts::Ring Contacts::of(Actor actor) const {
  return {*this, actor};
}

}  // namespace ketsim
