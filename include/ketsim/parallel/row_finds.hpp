// What a parallel loop over rows finds, read afterwards in the order of the rows: "decide" in parallel, each
// row on its own, then "apply" one after the other where a change touches more than its own row.
#pragma once

#include <vector>

#include "ketsim/parallel/rows.hpp"

namespace ketsim {

//! One list a block of rows, kept from month to month so that its memory is.
template <class T>
class RowFinds {
 public:
  //! Calls look(begin, end, finds) for blocks that together cover the rows 0 to count - 1, as for_rows does;
  //! `look` appends to its own list.
  template <class F>
  void gather(std::size_t count, F&& look) {
    blocks_.resize(row_blocks(count));
    for_row_blocks(count, [&](std::size_t block, std::size_t begin, std::size_t end) {
      std::vector<T>& finds = blocks_[block];
      finds.clear();
      look(begin, end, finds);
    });
  }

  //! Calls apply(find) for all that was found, in the order of the rows.
  template <class F>
  void for_each(F&& apply) const {
    for (const std::vector<T>& finds : blocks_) {
      for (const T& find : finds) apply(find);
    }
  }

 private:
  std::vector<std::vector<T>> blocks_;
};

}  // namespace ketsim
