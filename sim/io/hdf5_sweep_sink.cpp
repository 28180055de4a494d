#include "ketsim/io/hdf5_sweep_sink.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <numeric>
#include <stdexcept>
#include <vector>

#include <fmt/format.h>

#include "hdf5_header.hpp"
#include "hdf5_variables.hpp"
#include "ketsim/base/contracts.hpp"
#include "result_file_name.hpp"

namespace ketsim::hdf5 {

constexpr hsize_t whole_bytes =
    1024ULL * 1024;                            //!< [byte] variables up to this lie in one piece, uncompressed
constexpr hsize_t chunk_bytes = 64ULL * 1024;  //!< [byte] aim for others

//! A variable along design_point, written some points at a time.
class PointVariable {
 public:
  PointVariable(Axes& axes, const SweepVariable& variable) {
    std::vector<std::string> dimensions{"design_point"};
    dimensions.insert(dimensions.end(), variable.dimensions.begin(), variable.dimensions.end());
    shape_ = axes.sizes(dimensions);
    dataset_ = axes.create_reals({variable.name, variable.unit, variable.doc}, dimensions, chunk());
    for (const auto& [name, value] : variable.attributes)
      write_attribute(dataset_.get(), name.c_str(), value);
  }

  void write(hsize_t first, hsize_t points, const std::vector<double>& values) const {
    expect(values.size() == points * values_per_point(),
           "a variable has one value per cell of its dimensions");
    if (values.empty()) return;
    std::vector<hsize_t> start(shape_.size(), 0);
    std::vector<hsize_t> count = shape_;
    start[0] = first;
    count[0] = points;
    const Space memory(H5Screate_simple(static_cast<int>(count.size()), count.data(), nullptr),
                       "cannot describe values");
    const Space file(H5Dget_space(dataset_.get()), "cannot describe values");
    check(H5Sselect_hyperslab(file.get(), H5S_SELECT_SET, start.data(), nullptr, count.data(), nullptr),
          "cannot describe values");
    check(H5Dwrite(dataset_.get(), H5T_NATIVE_DOUBLE, memory.get(), file.get(), H5P_DEFAULT, values.data()),
          "cannot write values");
  }

 private:
  [[nodiscard]] hsize_t values_per_point() const {
    return std::accumulate(shape_.begin() + 1, shape_.end(), hsize_t{1}, std::multiplies<>{});
  }

  //! Follows from the shape alone: whole points, or of a large point as many replicates as fit.
  [[nodiscard]] std::vector<hsize_t> chunk() const {
    const hsize_t point_bytes = sizeof(double) * std::max<hsize_t>(values_per_point(), 1);
    if (point_bytes * shape_[0] <= whole_bytes) return {};
    std::vector<hsize_t> chunk = shape_;
    for (hsize_t& size : chunk) size = std::max<hsize_t>(size, 1);
    chunk[0] = std::clamp<hsize_t>(chunk_bytes / point_bytes, 1, shape_[0]);
    if (point_bytes > whole_bytes && chunk.size() > 1)
      chunk[1] = std::max<hsize_t>(1, chunk[1] * whole_bytes / point_bytes);
    return chunk;
  }

  std::vector<hsize_t> shape_;
  Dataset dataset_;
};

}  // namespace ketsim::hdf5

namespace ketsim {
namespace {

using hdf5::Axes;
using hdf5::Dataset;

// The groups about the origin are those of other result files.
ResultHeader origin_of(const SweepHeader& header) {
  ResultHeader origin;
  origin.command = "sweep";
  origin.seed = header.seed;
  origin.replicates = header.replicates;
  origin.scenarios = header.scenarios;
  origin.inputs = header.inputs;
  origin.versions = header.versions;
  return origin;
}

void add_coordinates(Axes& axes, const SweepHeader& header) {
  std::vector<std::int32_t> points(header.points());
  std::iota(points.begin(), points.end(), 0);
  axes.add_integers({"design_point", "1", "combination of factor values"}, points);
  hdf5::add_scenarios(axes, header.scenarios);
  hdf5::add_replicates(axes, header.replicates, false);
  hdf5::add_time(
      axes, header.time,
      fmt::format("first day of the last of {} months; flows are sums over them, stocks stand at their end",
                  header.every));
  for (const Dimension& dimension : header.dimensions)
    axes.add_texts({dimension.name, "1", dimension.doc}, dimension.labels);
}

void add_factor(Axes& axes, const FactorRecord& factor) {
  const hdf5::VariableDoc doc{factor.name, factor.unit.empty() ? "1" : factor.unit, factor.doc};
  Dataset dataset;
  if (factor.is_number) {
    std::vector<double> values;
    for (const std::string& text : factor.values) values.push_back(std::strtod(text.c_str(), nullptr));
    dataset = axes.create_reals(doc, {"design_point"});
    hdf5::write_reals(dataset, values);
  } else {
    dataset = axes.create_texts(doc, {"design_point"});
    hdf5::write_texts(dataset, factor.values);
  }
  hdf5::write_attribute(dataset.get(), "role", std::string("factor"));
  hdf5::write_attribute(dataset.get(), "path", factor.path);
  if (std::isnan(factor.low)) return;
  hdf5::write_attribute(dataset.get(), "scale", factor.scale);
  hdf5::write_attribute(dataset.get(), "low", factor.low);
  hdf5::write_attribute(dataset.get(), "high", factor.high);
}

void add_design(Axes& axes, const SweepHeader& header) {
  std::vector<std::int32_t> blocks;
  for (const std::uint32_t block : header.block) blocks.push_back(static_cast<std::int32_t>(block));
  const Dataset block = axes.create_integers(
      {"design_block", "1",
       "part of the design that the point belongs to: trajectory, row of the base sample"},
      {"design_point"});
  hdf5::check(H5Dwrite(block.get(), H5T_NATIVE_INT32, H5S_ALL, H5S_ALL, H5P_DEFAULT, blocks.data()),
              "cannot write values");
  hdf5::write_texts(
      axes.create_texts({"design_part", "1", "role of the point in its block"}, {"design_point"}),
      header.part);
}

Dataset add_states(Axes& axes) {
  Dataset states =
      axes.create_integers({"run_state", "1", "what became of a run"}, {"design_point", "replicate"});
  hdf5::write_attribute(states.get(), "flag_values", std::vector<std::int32_t>{0, 1, 2});
  hdf5::write_attribute(states.get(), "flag_meanings", std::string("done failed missing"));
  return states;
}

}  // namespace

struct Hdf5SweepSink::OpenFile {
  hdf5::File file;
  Axes axes;
  Dataset states;
  std::vector<hdf5::PointVariable> variables;
  std::vector<std::int32_t> all_states;  //!< [point][replicate]
  hsize_t written = 0;                   //!< points

  explicit OpenFile(hdf5::File opened) : file(std::move(opened)), axes(file.get()) {}
};

template <class Work>
void Hdf5SweepSink::guarded(const Work& work) {
  const hdf5::QuietErrors quiet;
  try {
    work();
  } catch (const hdf5::Hdf5Error& error) {
    throw std::runtime_error("cannot write " + path_ + ": " + error.what());
  }
}

Hdf5SweepSink::Hdf5SweepSink(std::string path) : path_(std::move(path)), part_(path_ + ".part") {}

Hdf5SweepSink::~Hdf5SweepSink() {
  if (!file_) return;
  const hdf5::QuietErrors quiet;
  file_.reset();
  std::error_code ignored;
  std::filesystem::remove(part_, ignored);
}

void Hdf5SweepSink::begin(const SweepHeader& header) {
  expect(file_ == nullptr, "begin() comes once");
  check_result_path(path_, part_);
  lock_ = std::make_unique<PartLock>(path_);
  hdf5::ask_for_memory();
  guarded([&] {
    file_ = std::make_unique<OpenFile>(hdf5::create_file(part_));
    const hid_t file = file_->file.get();
    const ResultHeader origin = origin_of(header);
    hdf5::write_global_attributes(file, origin, header.title);
    hdf5::write_attribute(file, "design", header.design);
    hdf5::write_attribute(file, "sweep", header.settings);
    add_coordinates(file_->axes, header);
    for (const FactorRecord& factor : header.factors) add_factor(file_->axes, factor);
    add_design(file_->axes, header);
    file_->states = add_states(file_->axes);
    for (const SweepVariable& variable : header.variables)
      file_->variables.emplace_back(file_->axes, variable);
    hdf5::write_provenance(file, origin);
    hdf5::write_inputs(file, origin);
    hdf5::write_parameters(file, origin);
  });
}

void Hdf5SweepSink::write(std::size_t points, const std::vector<RunState>& states,
                          const std::vector<std::vector<double>>& values) {
  expect(file_ != nullptr && values.size() == file_->variables.size(),
         "write() comes after begin(), for all variables");
  guarded([&] {
    for (const RunState state : states) file_->all_states.push_back(static_cast<std::int32_t>(state));
    for (std::size_t v = 0; v < values.size(); ++v)
      file_->variables[v].write(file_->written, points, values[v]);
    file_->written += points;
  });
}

void Hdf5SweepSink::finish() {
  expect(file_ != nullptr, "finish() comes once, after begin()");
  guarded([&] {
    hdf5::check(H5Dwrite(file_->states.get(), H5T_NATIVE_INT32, H5S_ALL, H5S_ALL, H5P_DEFAULT,
                         file_->all_states.data()),
                "cannot write values");
    file_->states.close("cannot complete a variable");
    file_->variables.clear();
    file_->axes.close();
    hdf5::check(H5Fflush(file_->file.get(), H5F_SCOPE_GLOBAL), "cannot write to disk");
    file_->file.close("cannot close the file");
  });
  file_.reset();
  give_final_name(part_, path_);
}

}  // namespace ketsim
