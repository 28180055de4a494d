#include "hdf5_blocks.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>

#include "ketsim/base/contracts.hpp"

namespace ketsim::hdf5 {
namespace {

constexpr hsize_t smallest_chunk = 64ULL * 1024;   // [byte] below, seeking costs more than reading
constexpr hsize_t largest_chunk = 1024ULL * 1024;  // [byte] the chunk cache of readers
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
  const bool fits = value > missing_count && value <= INT32_MAX;
  const std::int32_t count = fits ? static_cast<std::int32_t>(value) : missing_count;
  if (static_cast<double>(count) != value && !std::isnan(value))
    throw ContractViolation("the counts of series " + series + " are whole numbers below 2^31");
  return count;
}

SeriesLayout make_layout(Axes& axes, const Series& series) {
  const std::vector<std::string> dimensions = dimensions_of(series);
  const VariableDoc doc{series.name, series.unit, series.doc};
  SeriesLayout layout;
  layout.name = series.name;
  layout.counts = is_count(series);
  layout.shape = axes.sizes(dimensions);
  layout.chunk = series_chunk(layout.shape, layout.counts ? sizeof(std::int32_t) : sizeof(double));
  layout.dataset = layout.counts ? axes.create_integers(doc, dimensions, layout.chunk)
                                 : axes.create_reals(doc, dimensions, layout.chunk);
  write_attribute(layout.dataset.get(), "cell_methods", cell_methods(series.kind));
  write_attribute(layout.dataset.get(), "kind", ketsim::name(series.kind));
  write_attribute(layout.dataset.get(), "chart", series.chart);
  return layout;
}

}  // namespace

std::vector<hsize_t> series_chunk(const std::vector<hsize_t>& shape, hsize_t value_bytes) {
  std::vector<hsize_t> chunk = shape;
  for (hsize_t& size : chunk) size = std::max<hsize_t>(size, 1);
  const hsize_t month_bytes = value_bytes * product(chunk, time_axis + 1);
  const hsize_t replicate_bytes = month_bytes * chunk[time_axis];
  chunk[0] = 1;
  const hsize_t wanted = (smallest_chunk + replicate_bytes - 1) / replicate_bytes;
  chunk[replicate_axis] = std::min(wanted, chunk[replicate_axis]);
  if (replicate_bytes > largest_chunk) chunk[time_axis] = std::max<hsize_t>(largest_chunk / month_bytes, 1);
  return chunk;
}

std::size_t SeriesLayout::values_per_month() const {
  return product(shape, time_axis + 1);
}

Block::Block(const SeriesLayout& layout, std::size_t scenario, hsize_t first_replicate)
    : layout_(&layout),
      scenario_(scenario),
      first_(first_replicate),
      replicates_(layout.chunk[replicate_axis]) {}

void Block::put(hsize_t replicate, StoredValues values) {
  expect(replicate >= first_ + put_, "the replicates of a scenario come in rising order");
  put_ = replicate - first_ + 1;
  replicates_[put_ - 1] = std::move(values);
}

void Block::pack() {
  if (layout_->counts) {
    pack_as(missing_count);
  } else {
    pack_as(std::numeric_limits<double>::quiet_NaN());
  }
}

template <class T>
void Block::pack_as(T missing) {
  const std::size_t months = layout_->shape[time_axis];
  const std::size_t step = layout_->chunk[time_axis];
  chunks_.clear();
  if (layout_->values_per_month() == 0) return;  // a dimension without labels
  for (std::size_t month = 0; month < months; month += step) {
    const std::size_t held = std::min(step, months - month);  // the last of several chunks may reach too far
    std::vector<ChunkPart<T>> parts;
    for (const StoredValues& stored : replicates_) {
      const auto* values = std::get_if<std::vector<T>>(&stored);
      const bool is_there = values != nullptr && !values->empty();
      parts.push_back({is_there ? values : nullptr, month * layout_->values_per_month(),
                       held * layout_->values_per_month()});
      if (held < step) parts.push_back({nullptr, 0, (step - held) * layout_->values_per_month()});
    }
    chunks_.push_back(pack_chunk(parts, missing));
  }
}

void Block::store() const {
  std::vector<hsize_t> start(layout_->shape.size(), 0);
  start[0] = scenario_;
  start[replicate_axis] = first_;
  for (const std::vector<unsigned char>& chunk : chunks_) {
    check(H5Dwrite_chunk(layout_->dataset.get(), H5P_DEFAULT, 0, start.data(), chunk.size(), chunk.data()),
          "cannot write a block");
    start[time_axis] += layout_->chunk[time_axis];
  }
}

SeriesBlocks::SeriesBlocks(Axes& axes, const Series& series)
    : layout_(std::make_unique<SeriesLayout>(make_layout(axes, series))) {}

StoredValues SeriesBlocks::to_stored(std::vector<double> values) const {
  expect(values.size() == layout_->shape[time_axis] * layout_->values_per_month(),
         "a series has one value per month and cell of its dimensions");
  if (!layout_->counts) return values;
  std::vector<std::int32_t> counts(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) counts[i] = to_count(values[i], layout_->name);
  return counts;
}

void SeriesBlocks::put(std::uint32_t scenario, std::uint32_t replicate, StoredValues values,
                       std::vector<Block>& done) {
  expect(scenario < layout_->shape[0] && replicate < layout_->shape[replicate_axis],
         "a replicate that the header announced");
  const hsize_t size = layout_->chunk[replicate_axis];
  const hsize_t first = replicate / size * size;
  auto block = std::ranges::find(waiting_, scenario, &Block::scenario);
  if (block != waiting_.end() && block->first() < first) {  // the rest of that block was left out
    done.push_back(std::move(*block));
    waiting_.erase(block);
    block = waiting_.end();
  }
  if (block == waiting_.end()) block = waiting_.emplace(waiting_.end(), *layout_, scenario, first);
  block->put(replicate, std::move(values));
  if (!block->is_full()) return;
  done.push_back(std::move(*block));
  waiting_.erase(block);
}

void SeriesBlocks::finish(hsize_t replicates) {
  if (replicates != layout_->shape[replicate_axis]) {
    layout_->shape[replicate_axis] = replicates;
    check(H5Dset_extent(layout_->dataset.get(), layout_->shape.data()),
          "cannot set the number of replicates");
  }
  layout_->dataset.close("cannot complete a variable");
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
  const Dataset dataset =
      axes.create_reals({measure.name, measure.unit, measure.doc}, measure.dimensions, chunk);
  if (!measure.doubt.empty()) write_attribute(dataset.get(), "doubt", measure.doubt);
  write_reals(dataset, measure.values);
}

}  // namespace ketsim::hdf5
