// Problems in the user's input, collected so that all of them are told at once, each with its place.
#pragma once

#include <cstddef>
#include <memory>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace ketsim {

//! Where a value stands in the user's input. Lines and columns count from 1; 0 means unknown.
struct Location {
  std::shared_ptr<const std::string>
      file;  //!< as the user would name it; null for values that ketsim supplies
  int line = 0;
  int column = 0;

  [[nodiscard]] std::string text() const;  //!< `file:line:column`, or as much of it as is known
};

//! One problem: where, and what is wrong and what would be right.
struct Problem {
  Location where;
  std::string what;
};

//! Collects problems; reading goes on after each one so that the user sees them all: or the first thousand,
//! as one wrong habit spoils a million rows.
class Diagnostics {
 public:
  //! Each is kept once: two scenarios that extend one file share its mistakes. A long text is cut: it quotes
  //! what may be a whole file.
  void add(Location where, std::string what);
  void add(const Diagnostics& others);
  [[nodiscard]] bool empty() const { return problems_.empty(); }
  //! The first thousand.
  [[nodiscard]] const std::vector<Problem>& problems() const { return problems_; }
  //! Of all that were added.
  [[nodiscard]] std::size_t count() const { return problems_.size() + left_out_; }
  //! Whether problems were left out: time to stop reading.
  [[nodiscard]] bool is_full() const { return left_out_ > 0; }
  //! The same problems in another order.
  [[nodiscard]] Diagnostics in_order(std::vector<Problem> problems) const;
  //! One line a problem: `file:line:column: what`. A last line says so where some were left out.
  [[nodiscard]] std::string text() const;
  //! Throws InputError with text() unless empty.
  void throw_if_any() const;

 private:
  std::vector<Problem> problems_;
  std::set<std::string> told_;
  std::size_t left_out_ = 0;
};

//! Bad input or usage: exit code 2. what() holds every problem, one a line.
class InputError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

//! The beginning of a text from the user, as far as a message should quote it.
[[nodiscard]] std::string_view shortened(std::string_view text);

//! The candidate nearest to `word` in edit distance (capitals ignored), or empty when none is near, or when
//! there are thousands: all hints together must not take long.
[[nodiscard]] std::string nearest_name(std::string_view word, const std::vector<std::string>& candidates);

//! "; did you mean 'x'?", or a list of the valid names when none is near and the list is short.
[[nodiscard]] std::string name_hint(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace ketsim
