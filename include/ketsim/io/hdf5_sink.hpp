// Results as an HDF5 file of netCDF-4 shape: xarray, ncdump and h5dump read it without ketsim.
//
// Root: coordinates scenario, replicate, time and one per dimension of the outputs; one variable per output
// with (scenario, replicate, time, dimensions...), unit and definition. Of `compare` also the measures. Group
// provenance: resolved scenarios, versions. Group inputs: texts of the files read, or SHA-256. Group
// parameters: every parameter with unit, range, source and its value in each scenario. Groups twins
// (compare), firm_states (run): firm by firm, if asked for.
//
// The same results give the same bytes: the file holds no times, hosts or names of its own.
#pragma once

#include <memory>
#include <string>

#include "ketsim/parallel/background.hpp"
#include "ketsim/results/sink.hpp"

namespace ketsim {

class PartLock;

//! Writes PATH.part and gives it the name PATH in finish(), so that a file under its final name is complete.
//! Failures (full disk, missing folder, no permission) throw std::runtime_error with path and reason: what
//! keeps the file from being made in begin(), what befalls its header in the call that first needs it.
class Hdf5Sink final : public ResultSink {
 public:
  explicit Hdf5Sink(std::string path);
  //! Without finish() PATH.part stays, with all replicates stored so far; during an exception it is removed.
  ~Hdf5Sink() override;
  Hdf5Sink(const Hdf5Sink&) = delete;
  Hdf5Sink& operator=(const Hdf5Sink&) = delete;

  void begin(const ResultHeader& header) override;
  [[nodiscard]] std::unique_ptr<Parcel> accept(ReplicateResult result) override;
  //! Puts all replicates taken so far on disk: for checkpoints.
  void flush();
  void write_rows(const Rows& rows) override;
  //! Along `replicate` measures have as many values as replicates were written, which may be fewer than
  //! announced.
  void write_measures(const std::vector<Dimension>& dimensions,
                      const std::vector<Measure>& measures) override;
  void finish() override;

 private:
  struct OpenFile;
  class StoredReplicate;
  void write_header(const ResultHeader& header);
  [[nodiscard]] bool has_header() const;   //!< waits for it
  [[nodiscard]] OpenFile& opened() const;  //!< the file once its header is written; what failed is thrown
  template <class Work>
  auto guarded(const Work& work);

  std::string path_;
  std::string part_;
  int exceptions_at_start_;
  std::unique_ptr<PartLock> lock_;  //!< from begin() on
  std::unique_ptr<OpenFile> file_;
  Background header_written_;
};

}  // namespace ketsim
