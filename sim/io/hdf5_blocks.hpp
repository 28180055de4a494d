// Series go to the file in blocks of replicates, each a whole chunk of it or several; and measures at once.
// Private to io.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "chunk_packing.hpp"
#include "hdf5_variables.hpp"
#include "ketsim/results/sink.hpp"

namespace ketsim::hdf5 {

//! Chunk of a variable [1][replicate][time][dimensions...]: as many replicates as make 64 KiB, or all there
//! are; a replicate above 1 MiB is cut along time. It follows from the shape alone, never from threads.
[[nodiscard]] std::vector<hsize_t> series_chunk(const std::vector<hsize_t>& shape, hsize_t value_bytes);

//! Shape and place of one series in the file.
struct SeriesLayout {
  std::string name;
  Dataset dataset;
  bool counts = false;         //!< stored as 32-bit integers
  std::vector<hsize_t> shape;  //!< scenario, replicate, time, dimensions...
  std::vector<hsize_t> chunk;  //!< of the same rank

  [[nodiscard]] std::size_t values_per_month() const;
};

//! Replicates of one scenario that are stored together.
class Block {
 public:
  Block(const SeriesLayout& layout, std::size_t scenario, hsize_t first_replicate);

  [[nodiscard]] std::size_t scenario() const { return scenario_; }
  [[nodiscard]] hsize_t first() const { return first_; }
  [[nodiscard]] bool is_full() const { return put_ == replicates_.size(); }
  //! Replicates that are left out stay missing in the file.
  void put(hsize_t replicate, StoredValues values);
  //! Compresses what is there, full or not; uses no HDF5.
  void pack();
  //! Writes what was packed.
  void store() const;

 private:
  template <class T>
  void pack_as(T missing);

  const SeriesLayout* layout_;
  std::size_t scenario_;
  hsize_t first_;
  std::size_t put_ = 0;  //!< replicates up to the last that came
  std::vector<StoredValues> replicates_;
  std::vector<std::vector<unsigned char>> chunks_;  //!< along time
};

//! One series: sorts its replicates into blocks.
class SeriesBlocks {
 public:
  SeriesBlocks(Axes& axes, const Series& series);

  //! The values of a replicate as they are stored. Changes nothing, so that any thread may ask.
  [[nodiscard]] StoredValues to_stored(std::vector<double> values) const;
  //! Takes one replicate; replicates of a scenario come in rising order. Blocks that are through go to
  //! `done`.
  void put(std::uint32_t scenario, std::uint32_t replicate, StoredValues values, std::vector<Block>& done);
  //! The blocks that wait for more replicates.
  [[nodiscard]] std::vector<Block>& waiting() { return waiting_; }
  //! Ends the series, whose blocks are all stored, with the replicate axis at its final length.
  void finish(hsize_t replicates);

 private:
  std::unique_ptr<SeriesLayout> layout_;  // blocks refer to it
  std::vector<Block> waiting_;            //!< at most one a scenario
};

//! A table of measures, complete at once.
void write_measure(Axes& axes, const Measure& measure);

}  // namespace ketsim::hdf5
