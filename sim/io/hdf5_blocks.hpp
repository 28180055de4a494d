// Writes series in blocks of replicates, each a whole chunk of the file, and measures. Private to io.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "hdf5_variables.hpp"
#include "ketsim/results/sink.hpp"

namespace ketsim::hdf5 {

//! Chunk of a variable [1][replicate][time][dimensions...]. It depends on the size of the series alone, never
//! on threads or on the number of replicates: as many replicates as make 64 KiB; a replicate above 1 MiB is
//! cut along time.
[[nodiscard]] std::vector<hsize_t> series_chunk(const std::vector<hsize_t>& shape, hsize_t value_bytes);

//! Gathers the values of one series until a block is full.
class SeriesBlocks {
 public:
  SeriesBlocks(Axes& axes, const Series& series);

  //! Takes one replicate; replicates of a scenario come in rising order. True when a block went to the file.
  bool put(std::uint32_t scenario, std::uint32_t replicate, const std::vector<double>& values);
  //! Writes what is gathered, full block or not.
  void flush();
  //! Ends the series: all gathered, the replicate axis at its final length.
  void finish(hsize_t replicates);

 private:
  // Counts are stored as 32-bit integers: half the size, and exact in any reader.
  using Values = std::variant<std::vector<std::int32_t>, std::vector<double>>;

  //! Replicates of one scenario on their way to the file.
  struct Gathered {
    hsize_t first = 0;
    hsize_t count = 0;
    Values values;
  };

  void write(std::size_t scenario);

  std::string name_;
  Dataset dataset_;
  std::vector<hsize_t> shape_;  //!< scenario, replicate, time, dimensions...
  hsize_t replicates_per_block_;
  std::size_t values_per_replicate_;
  std::vector<Gathered> gathered_;  //!< by scenario
};

//! A table of measures, complete at once.
void write_measure(Axes& axes, const Measure& measure);

}  // namespace ketsim::hdf5
