// A column of which nearly all rows hold the same value: only the others take memory.
//
// Most firms never have an award, a loan or a pilot of their own. As full columns, what belongs to these
// would be a third of a firm's memory. Reading means a search, so that nothing that every firm needs every
// month belongs here.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "ketsim/base/ids.hpp"

namespace ketsim {

//! One value per row, `usual` until it is edited. Rows are never listed in an order, so none can matter.
//! Reading from several threads is safe while nobody edits.
template <class IdType, class T>
class SparseColumn {
 public:
  SparseColumn(std::string_view unit, std::string_view meaning, T usual = T{})
      : unit_(unit), meaning_(meaning), usual_(usual) {}

  [[nodiscard]] T operator[](IdType id) const {
    if (rows_.empty()) return usual_;
    const std::size_t place = place_of(id.row);
    return rows_[place] == id.row ? values_[place] : usual_;
  }
  //! The row's value to be changed; valid until the next edit().
  [[nodiscard]] T& edit(IdType id) {
    if (4 * (used_ + 1) > 3 * rows_.size()) grow();
    const std::size_t place = place_of(id.row);
    if (rows_[place] != id.row) {
      rows_[place] = id.row;
      ++used_;
    }
    return values_[place];
  }

  [[nodiscard]] std::string_view unit() const { return unit_; }
  [[nodiscard]] std::string_view meaning() const { return meaning_; }

  //! Whether it can be read and edited, holds rows below `rows` alone, and `is_value` of each value: for a
  //! column that came out of a file.
  template <class IsValue>
  [[nodiscard]] bool is_sound(std::size_t rows, IsValue is_value) const {
    if (values_.size() != rows_.size()) return false;
    if (rows_.empty()) return used_ == 0;
    const auto taken = static_cast<std::size_t>(
        std::ranges::count_if(rows_, [](std::uint32_t row) { return row != empty; }));
    if (!std::has_single_bit(rows_.size()) || used_ != taken || 4 * used_ > 3 * rows_.size()) return false;
    for (std::size_t place = 0; place < rows_.size(); ++place) {
      if (rows_[place] == empty) continue;
      if (rows_[place] >= rows || place_of(rows_[place]) != place || !is_value(values_[place])) return false;
    }
    return true;
  }

  template <class Stream>
  friend void stream(Stream& bytes, SparseColumn& column) {
    bytes(column.used_, column.rows_, column.values_);
  }

 private:
  static constexpr std::uint32_t empty = IdType::none;

  // Where the row stands, or the empty place where it would: open addressing with linear probing, spread by
  // the golden ratio (Knuth, The Art of Computer Programming 3, 6.4).
  [[nodiscard]] std::size_t place_of(std::uint32_t row) const {
    const std::size_t last = rows_.size() - 1;
    std::size_t place = (row * 0x9e3779b97f4a7c15ULL >> 32) & last;
    while (rows_[place] != row && rows_[place] != empty) place = (place + 1) & last;
    return place;
  }

  void grow() {
    const std::size_t places = rows_.empty() ? 16 : 2 * rows_.size();
    std::vector<std::uint32_t> rows(places, empty);
    std::vector<T> values(places, usual_);
    rows.swap(rows_);
    values.swap(values_);
    for (std::size_t old = 0; old < rows.size(); ++old) {
      if (rows[old] == empty) continue;
      const std::size_t place = place_of(rows[old]);
      rows_[place] = rows[old];
      values_[place] = std::move(values[old]);
    }
  }

  std::string_view unit_;
  std::string_view meaning_;
  T usual_;
  std::size_t used_ = 0;             //!< rows that were ever edited
  std::vector<std::uint32_t> rows_;  //!< a power of two of places, `empty` where none is taken
  std::vector<T> values_;
};

//! The same by row and technology.
template <class IdType, class T>
class SparseKetColumn {
 public:
  SparseKetColumn(std::string_view unit, std::string_view meaning, T usual = T{})
      : column_(unit, meaning, usual) {}

  //! The number of technologies is set once.
  void resize(std::size_t kets) { values_.resize(kets, column_); }
  [[nodiscard]] T operator()(IdType id, KetId ket) const { return values_[ket.index()][id]; }
  [[nodiscard]] T& edit(IdType id, KetId ket) { return values_[ket.index()].edit(id); }

  [[nodiscard]] std::size_t kets() const { return values_.size(); }
  [[nodiscard]] SparseColumn<IdType, T>& of(KetId ket) { return values_[ket.index()]; }
  [[nodiscard]] std::string_view unit() const { return column_.unit(); }
  [[nodiscard]] std::string_view meaning() const { return column_.meaning(); }

  template <class Stream>
  friend void stream(Stream& bytes, SparseKetColumn& column) {
    bytes.resized(column.values_, column.column_);
  }

 private:
  SparseColumn<IdType, T> column_;  //!< as each technology begins
  std::vector<SparseColumn<IdType, T>> values_;
};

}  // namespace ketsim
