// The results of a sweep as one HDF5 file of netCDF-4 shape, which xarray opens.
//
// Root: coordinates design_point, replicate, scenario, time and those of the outputs; each factor with its
// value at each design_point (attribute role = "factor"); design_block and design_part, the place of a point
// in its design; run_state (design_point, replicate); outputs along (design_point, replicate, scenario, time,
// ...), and of sweeps with a baseline the measures of `compare` at each design_point. Groups provenance,
// inputs and parameters as in hdf5_sink.hpp, of the scenarios as they are without any factor.
#pragma once

#include <memory>
#include <string>

#include "ketsim/results/sweep_sink.hpp"

namespace ketsim {

class PartLock;

//! Writes PATH.part and gives it the name PATH in finish(). Failures throw std::runtime_error with path and
//! reason.
class Hdf5SweepSink final : public SweepSink {
 public:
  explicit Hdf5SweepSink(std::string path);
  //! Without finish() nothing stays.
  ~Hdf5SweepSink() override;
  Hdf5SweepSink(const Hdf5SweepSink&) = delete;
  Hdf5SweepSink& operator=(const Hdf5SweepSink&) = delete;

  void begin(const SweepHeader& header) override;
  void write(std::size_t points, const std::vector<RunState>& states,
             const std::vector<std::vector<double>>& values) override;
  void finish() override;

 private:
  struct OpenFile;
  template <class Work>
  void guarded(const Work& work);

  std::string path_;
  std::string part_;
  std::unique_ptr<PartLock> lock_;  //!< from begin() on
  std::unique_ptr<OpenFile> file_;
};

}  // namespace ketsim
