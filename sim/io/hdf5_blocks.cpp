#include "hdf5_blocks.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

#include "ketsim/base/contracts.hpp"

namespace ketsim::hdf5 {
namespace {

constexpr hsize_t smallest_chunk = 64 * 1024;   // [byte] below, seeking costs more than reading
constexpr hsize_t largest_chunk = 1024 * 1024;  // [byte] the chunk cache of readers
constexpr std::size_t replicate_axis = 1;
constexpr std::size_t time_axis = 2;

hsize_t product(const std::vector<hsize_t>& sizes, std::size_t first) {
  return std::accumulate(sizes.begin() + static_cast<std::ptrdiff_t>(first), sizes.end(), hsize_t{1},
                         std::multiplies<>{});
}

bool is_count(const Series& series) {
  return series.unit == "1" && series.kind != SeriesKind::ratio;
}

std::vector<std::string> dimensions_of(const Series& series) {
  std::vector<std::string> names{"scenario", "replicate", "time"};
  names.insert(names.end(), series.dimensions.begin(), series.dimensions.end());
  return names;
}

const char* cell_methods(SeriesKind kind) {
  return kind == SeriesKind::flow ? "time: sum" : "time: point";
}

std::int32_t to_count(double value, const std::string& series) {
  if (std::isnan(value)) return missing_count;
  const bool fits = value > missing_count && value <= INT32_MAX && value == std::floor(value);
  if (!fits) throw ContractViolation("the counts of series " + series + " are whole numbers below 2^31");
  return static_cast<std::int32_t>(value);
}

void append(std::vector<double>& to, const std::vector<double>& values, const std::string&) {
  to.insert(to.end(), values.begin(), values.end());
}

void append(std::vector<std::int32_t>& to, const std::vector<double>& values, const std::string& series) {
  to.reserve(to.size() + values.size());
  for (const double value : values) to.push_back(to_count(value, series));
}

hid_t memory_type(const std::vector<double>&) {
  return H5T_NATIVE_DOUBLE;
}
hid_t memory_type(const std::vector<std::int32_t>&) {
  return H5T_NATIVE_INT32;
}

}  // namespace

std::vector<hsize_t> series_chunk(const std::vector<hsize_t>& shape, hsize_t value_bytes) {
  std::vector<hsize_t> chunk = shape;
  for (hsize_t& size : chunk) size = std::max<hsize_t>(size, 1);
  const hsize_t month_bytes = value_bytes * product(chunk, time_axis + 1);
  const hsize_t replicate_bytes = month_bytes * chunk[time_axis];
  chunk[0] = 1;
  chunk[replicate_axis] = (smallest_chunk + replicate_bytes - 1) / replicate_bytes;
  if (replicate_bytes > largest_chunk) chunk[time_axis] = std::max<hsize_t>(largest_chunk / month_bytes, 1);
  return chunk;
}

SeriesBlocks::SeriesBlocks(Axes& axes, const Series& series) : name_(series.name) {
  const std::vector<std::string> dimensions = dimensions_of(series);
  const VariableDoc doc{series.name, series.unit, series.doc};
  shape_ = axes.sizes(dimensions);
  const std::vector<hsize_t> chunk =
      series_chunk(shape_, is_count(series) ? sizeof(std::int32_t) : sizeof(double));
  dataset_ = is_count(series) ? axes.create_integers(doc, dimensions, chunk)
                              : axes.create_reals(doc, dimensions, chunk);
  write_attribute(dataset_.get(), "cell_methods", cell_methods(series.kind));
  write_attribute(dataset_.get(), "kind", ketsim::name(series.kind));
  write_attribute(dataset_.get(), "chart", series.chart);
  replicates_per_block_ = chunk[replicate_axis];
  values_per_replicate_ = product(shape_, time_axis);
  Gathered nothing;
  if (!is_count(series)) nothing.values = std::vector<double>{};
  gathered_.assign(shape_[0], nothing);
}

bool SeriesBlocks::put(std::uint32_t scenario, std::uint32_t replicate, const std::vector<double>& values) {
  expect(scenario < gathered_.size() && replicate < shape_[replicate_axis],
         "a replicate that the header announced");
  expect(values.size() == values_per_replicate_,
         "a series has one value per month and cell of its dimensions");
  Gathered& gathered = gathered_[scenario];
  const hsize_t next = gathered.first + gathered.count;
  expect(replicate >= next, "the replicates of a scenario come in rising order");
  bool written = false;
  if (replicate > next) {  // left out, stays missing in the file
    written = gathered.count > 0;
    write(scenario);
    gathered.first = replicate;
  }
  std::visit([&](auto& to) { append(to, values, name_); }, gathered.values);
  ++gathered.count;
  if ((gathered.first + gathered.count) % replicates_per_block_ != 0) return written;
  write(scenario);
  return true;
}

void SeriesBlocks::write(std::size_t scenario) {
  Gathered& gathered = gathered_[scenario];
  if (gathered.count == 0) return;
  std::vector<hsize_t> start(shape_.size(), 0);
  std::vector<hsize_t> count = shape_;
  start[0] = scenario;
  count[0] = 1;
  start[replicate_axis] = gathered.first;
  count[replicate_axis] = gathered.count;
  const Space file_space(H5Dget_space(dataset_.get()), "cannot describe a block");
  check(H5Sselect_hyperslab(file_space.get(), H5S_SELECT_SET, start.data(), nullptr, count.data(), nullptr),
        "cannot describe a block");
  const Space memory_space(H5Screate_simple(static_cast<int>(count.size()), count.data(), nullptr),
                           "cannot describe a block");
  std::visit(
      [&](auto& values) {
        if (!values.empty()) {
          check(H5Dwrite(dataset_.get(), memory_type(values), memory_space.get(), file_space.get(),
                         H5P_DEFAULT, values.data()),
                "cannot write a block");
        }
        values.clear();
      },
      gathered.values);
  gathered.first += gathered.count;
  gathered.count = 0;
}

void SeriesBlocks::flush() {
  for (std::size_t scenario = 0; scenario < gathered_.size(); ++scenario) write(scenario);
}

void SeriesBlocks::finish(hsize_t replicates) {
  flush();
  if (replicates != shape_[replicate_axis]) {
    shape_[replicate_axis] = replicates;
    check(H5Dset_extent(dataset_.get(), shape_.data()), "cannot set the number of replicates");
  }
  dataset_.close("cannot complete a variable");
}

void write_measure(Axes& axes, const Measure& measure) {
  const std::vector<hsize_t> shape = axes.sizes(measure.dimensions);
  if (measure.values.size() != product(shape, 0)) {
    throw ContractViolation("measure " + measure.name + " has one value per cell of its dimensions");
  }
  // Only the replicate axis is unlimited and needs chunks: all of a replicate, as many replicates as make 64
  // KiB.
  std::vector<hsize_t> chunk;
  const auto replicate = std::ranges::find(measure.dimensions, "replicate");
  if (replicate != measure.dimensions.end()) {
    hsize_t& count = (chunk = shape)[static_cast<std::size_t>(replicate - measure.dimensions.begin())];
    count = 1;
    for (hsize_t& size : chunk) size = std::max<hsize_t>(size, 1);
    count = std::max<hsize_t>(smallest_chunk / (product(chunk, 0) * sizeof(double)), 1);
  }
  write_reals(axes.create_reals({measure.name, measure.unit, measure.doc}, measure.dimensions, chunk),
              measure.values);
}

}  // namespace ketsim::hdf5
