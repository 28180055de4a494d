// Where results go and come from, free of any file format (io implements both with HDF5).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "ketsim/base/month.hpp"
#include "ketsim/describe/declaration.hpp"
#include "ketsim/results/series.hpp"

namespace ketsim {

//! An input file whose text travels with the results, or its hash where it is large, so that the file can
//! stand in for the scenario.
struct InputText {
  std::string path;  //!< as the resolved scenario names it
  std::shared_ptr<const std::string> text;
};

//! A figure of the public record beside the outputs that it is compared with; NaN bounds mean none.
struct RecordRow {
  std::string name;  //!< a series, or several joined by `+`
  double value = 0.0;
  double low = 0.0;
  double high = 0.0;
  std::string unit;
  std::string source;
  std::string doc;
};

//! One scenario of a result file.
struct ScenarioRecord {
  std::string name;  //!< label of the coordinate `scenario`: the stem of its file
  std::string title;
  std::string description;
  std::string resolved;  //!< resolved scenario as YAML: every default explicit
  std::vector<ParameterRow> parameters;
};

//! A table of measures with named axes, as `compare` writes: any axis but `replicate` is fixed.
struct Measure {
  std::string name;
  std::string unit;
  std::vector<std::string> dimensions;  //!< among alternative, horizon, replicate and declared Dimensions
  std::string doc;
  std::vector<double> values;  //!< row-major; NaN where not defined
  std::string doubt;           //!< of an end of a range: `mean` or `luck`, which are never merged; else empty
};

//! A column of a long table.
struct RowColumn {
  enum class Type : std::uint8_t { integer, key, real };
  std::string name;
  std::string unit;
  std::string doc;
  Type type = Type::integer;
  std::vector<std::string> meanings;  //!< of the integers 0, 1, 2 ...; empty where they are numbers or places
};

//! A long table beside the series, one row an observation: a group of the file.
struct RowTable {
  std::string name;
  std::vector<RowColumn> columns;
};

//! Rows of a table by column: 32-bit integers, 64-bit keys or reals, as declared; all of one length.
using Rows =
    std::vector<std::variant<std::vector<std::int32_t>, std::vector<std::uint64_t>, std::vector<double>>>;

//! What a file says once, before any replicate.
struct ResultHeader {
  std::string command;  //!< `run` or `compare`
  std::uint64_t seed = 0;
  std::uint32_t replicates = 0;  //!< at most; fewer where a precision is reached before
  std::string until;             //!< that precision, as `net_additional_adopters:5%`; empty: none
  Month start;
  std::int32_t months = 0;  //!< length of the time axis
  std::vector<ScenarioRecord> scenarios;
  std::vector<Dimension> dimensions;  //!< those that the series use, in file order
  std::vector<Series> series;
  std::optional<RowTable> rows;   //!< long table that goes along
  std::vector<RecordRow> record;  //!< public record that the scenarios name
  std::vector<InputText> inputs;
  std::vector<std::pair<std::string, std::string>>
      versions;  //!< (name, version) of ketsim, commit, libraries
};

//! Values of one replicate of one scenario: values[series][time][dimensions...].
struct ReplicateResult {
  std::uint32_t scenario = 0;
  std::uint32_t replicate = 0;
  std::vector<std::vector<double>> values;
};

//! One replicate on its way into a sink. Of the steps, each taken once, only sort() and store() need an
//! order: so the work that costs time, in accept() and pack(), is done where the replicate was simulated.
class Parcel {
 public:
  virtual ~Parcel() = default;
  virtual void sort() = 0;   //!< one at a time, in the order of replicates and scenarios
  virtual void pack() = 0;   //!< beside the steps of other parcels
  virtual void store() = 0;  //!< one at a time, in the same order
};

//! Takes results.
class ResultSink {
 public:
  virtual ~ResultSink() = default;
  virtual void begin(const ResultHeader& header) = 0;
  //! Called from many threads at once, in any order.
  [[nodiscard]] virtual std::unique_ptr<Parcel> accept(ReplicateResult result) = 0;
  //! Adds rows to the long table of the header; one call at a time, in the order of the file.
  virtual void write_rows(const Rows& rows) = 0;
  //! Measures over all replicates, with their extra dimensions; at most once, after the last parcel.
  virtual void write_measures(const std::vector<Dimension>& dimensions,
                              const std::vector<Measure>& measures) = 0;
  //! Completes the file and gives it its final name. Without it nothing stands under that name.
  virtual void finish() = 0;
};

}  // namespace ketsim
