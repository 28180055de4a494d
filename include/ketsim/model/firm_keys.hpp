// Identities of firms, which key their draws in every world.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <string>
#include <vector>

#include "ketsim/base/byte_stream.hpp"
#include "ketsim/base/ids.hpp"
#include "ketsim/model/geography.hpp"
#include "ketsim/rng/mix.hpp"

namespace ketsim {

using MonthIndex = std::int16_t;  //!< months since the start of the run

//! Identity of the firms of one region, sector and size class: keys their numbers and the firms themselves.
[[nodiscard]] StableKey cell_key(const std::string& region_code, std::size_t sector, SizeClass size);
[[nodiscard]] constexpr StableKey founder_key(StableKey cell, std::uint32_t index) {
  return join_keys(cell, index);
}
//! Entrants by month of entry and index in it: never the key of a founder of the cell.
[[nodiscard]] StableKey entrant_key(StableKey cell, MonthIndex month, std::uint32_t index);
//! One spin-off a parent, technology and month.
[[nodiscard]] StableKey spin_off_key(StableKey parent, KetId ket, MonthIndex month);

//! Key of every row. Those of founders follow from the cell and the place in it: computing them costs a run
//! about 5 % of its time, and saves 8 of some 240 bytes a firm. Others are stored.
class FirmKeys {
 public:
  //! The next rows are the founders of a cell. Before any row is added one by one.
  void add_founders(StableKey cell, std::uint32_t count) {
    cells_.push_back({static_cast<std::uint32_t>(founders_), cell});
    founders_ += count;
  }
  //! After all founders: makes finding a row's cell quick.
  void index_cells() {
    const std::uint64_t rows_per_step = founders_ / (4 * cells_.size() + 1) + 1;
    step_bits_ = static_cast<unsigned>(std::bit_width(rows_per_step)) - 1;
    cell_of_step_.clear();
    for (std::uint64_t row = 0, cell = 0; row < founders_; row += std::uint64_t{1} << step_bits_) {
      while (cell + 1 < cells_.size() && cells_[cell + 1].first <= row) ++cell;
      cell_of_step_.push_back(static_cast<std::uint32_t>(cell));
    }
  }
  //! One more row, with a key of its own.
  void push_back(StableKey key) { stored_.push_back(key); }

  [[nodiscard]] std::size_t size() const { return founders_ + stored_.size(); }
  [[nodiscard]] StableKey operator[](FirmId firm) const {
    if (firm.row >= founders_) return stored_[firm.row - founders_];
    std::uint32_t cell = cell_of_step_[firm.row >> step_bits_];
    while (cell + 1 < cells_.size() && cells_[cell + 1].first <= firm.row) ++cell;
    return founder_key(cells_[cell].key, firm.row - cells_[cell].first);
  }

  template <class Stream>
  friend void stream(Stream& bytes, FirmKeys& keys) {
    bytes(keys.founders_, keys.cells_, keys.stored_);
    if constexpr (Stream::is_reading) {
      if (!keys.are_founders_in_cells()) throw DamagedBytes("founders are in no cell");
      keys.index_cells();
    }
  }

 private:
  struct Cell {
    std::uint32_t first;  //!< row
    StableKey key;

    template <class Stream>
    friend void stream(Stream& bytes, Cell& cell) {
      bytes(cell.first, cell.key);
    }
  };
  [[nodiscard]] bool are_founders_in_cells() const {
    const bool covers = founders_ == 0 || (!cells_.empty() && cells_.front().first == 0);
    return covers && founders_ < FirmId::none && std::ranges::is_sorted(cells_, {}, &Cell::first);
  }

  std::size_t founders_ = 0;
  std::vector<Cell> cells_;  //!< in the order of rows
  unsigned step_bits_ = 0;
  std::vector<std::uint32_t> cell_of_step_;  //!< cell of every 2^step_bits-th row
  std::vector<StableKey> stored_;            //!< of the rows after the founders
};

}  // namespace ketsim
