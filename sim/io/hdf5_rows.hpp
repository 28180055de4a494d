// A long table of rows as a group of its own, which grows while worlds are finished. Private to io.
#pragma once

#include <vector>

#include "hdf5_variables.hpp"
#include "ketsim/results/sink.hpp"

namespace ketsim::hdf5 {

class RowGroup {
 public:
  RowGroup(hid_t file, const RowTable& table);

  //! Adds rows at the end; of a table without rows so far too.
  void append(const Rows& rows);
  //! Ends the work on the table.
  void close();

 private:
  Group group_;
  Axes axes_;
  std::vector<Dataset> columns_;
  hsize_t rows_ = 0;
};

}  // namespace ketsim::hdf5
