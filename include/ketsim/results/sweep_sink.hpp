// Where the results of a sweep go, free of any file format (io implements it with HDF5).
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "ketsim/results/sink.hpp"

namespace ketsim {

//! A factor with its value at each design point.
struct FactorRecord {
  std::string name;
  std::string path;
  std::string unit;
  std::string doc;
  std::string scale;  //!< `linear` or `logarithmic`
  double low = 0.0;   //!< NaN where values were listed
  double high = 0.0;
  bool is_number = true;
  std::vector<std::string> values;  //!< by design point, as YAML writes them
};

//! Values along `design_point` and further axes.
struct SweepVariable {
  std::string name;
  std::string unit;
  std::string doc;
  std::vector<std::string> dimensions;                          //!< beyond design_point
  std::vector<std::pair<std::string, std::string>> attributes;  //!< `kind`, `doubt` ...
};

//! What the file says once.
struct SweepHeader {
  std::string title;
  std::string design;
  std::string settings;  //!< the sweep as YAML, every default explicit
  std::uint64_t seed = 0;
  std::uint32_t replicates = 0;
  std::vector<Month> time;           //!< last month that each value of a series covers
  std::int64_t every = 12;           //!< months that a value covers
  std::vector<std::uint32_t> block;  //!< of the design, by point
  std::vector<std::string> part;     //!< of the design, by point
  std::vector<FactorRecord> factors;
  std::vector<ScenarioRecord> scenarios;
  std::vector<Dimension>
      dimensions;  //!< that the variables use beyond design_point, replicate, scenario, time
  std::vector<SweepVariable> variables;
  std::vector<InputText> inputs;
  std::vector<std::pair<std::string, std::string>> versions;

  [[nodiscard]] std::size_t points() const { return part.size(); }
};

enum class RunState : std::uint8_t { done, failed, missing };

//! Takes the results of a sweep, some design points at a time, in their order.
class SweepSink {
 public:
  virtual ~SweepSink() = default;
  virtual void begin(const SweepHeader& header) = 0;
  //! The next `points` points: states[point][replicate]; values[variable][point][its dimensions...],
  //! row-major, NaN where missing.
  virtual void write(std::size_t points, const std::vector<RunState>& states,
                     const std::vector<std::vector<double>>& values) = 0;
  //! Completes the file and gives it its final name.
  virtual void finish() = 0;
};

}  // namespace ketsim
