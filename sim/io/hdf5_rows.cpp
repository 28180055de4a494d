#include "hdf5_rows.hpp"

#include <numeric>

#include <fmt/ranges.h>

#include "ketsim/base/contracts.hpp"

namespace ketsim::hdf5 {
namespace {

const std::vector<std::string> along{"row"};
const std::vector<hsize_t> rows_per_chunk{32768};  // 128 to 256 KiB

// What codes mean, as the CF conventions write it (section 3.5).
void write_meanings(const Dataset& dataset, const std::vector<std::string>& meanings) {
  if (meanings.empty()) return;
  std::vector<std::int32_t> values(meanings.size());
  std::iota(values.begin(), values.end(), 0);
  write_attribute(dataset.get(), "flag_values", values);
  write_attribute(dataset.get(), "flag_meanings", fmt::format("{}", fmt::join(meanings, " ")));
}

Dataset create_column(Axes& axes, const RowColumn& column) {
  const VariableDoc doc{column.name, column.unit, column.doc};
  if (column.type == RowColumn::Type::key) return axes.create_keys(doc, along, rows_per_chunk);
  if (column.type == RowColumn::Type::real) return axes.create_reals(doc, along, rows_per_chunk);
  Dataset dataset = axes.create_integers(doc, along, rows_per_chunk);
  write_meanings(dataset, column.meanings);
  return dataset;
}

hid_t memory_type(const std::vector<std::int32_t>&) {
  return H5T_NATIVE_INT32;
}
hid_t memory_type(const std::vector<std::uint64_t>&) {
  return H5T_NATIVE_UINT64;
}
hid_t memory_type(const std::vector<double>&) {
  return H5T_NATIVE_DOUBLE;
}

template <class T>
void append_to(const Dataset& dataset, hsize_t first, const std::vector<T>& values) {
  const hsize_t count = values.size();
  const hsize_t size = first + count;
  check(H5Dset_extent(dataset.get(), &size), "cannot lengthen a table");
  if (count == 0) return;
  const Space file(H5Dget_space(dataset.get()), "cannot find the end of a table");
  check(H5Sselect_hyperslab(file.get(), H5S_SELECT_SET, &first, nullptr, &count, nullptr),
        "cannot find the end of a table");
  const Space memory(H5Screate_simple(1, &count, nullptr), "cannot describe rows");
  check(H5Dwrite(dataset.get(), memory_type(values), memory.get(), file.get(), H5P_DEFAULT, values.data()),
        "cannot write rows");
}

}  // namespace

RowGroup::RowGroup(hid_t file, const RowTable& table)
    : group_(create_group(file, table.name.c_str())), axes_(group_.get()) {
  axes_.add_bare("row", 0, true);
  for (const RowColumn& column : table.columns) columns_.push_back(create_column(axes_, column));
}

void RowGroup::append(const Rows& rows) {
  expect(rows.size() == columns_.size(), "rows have the columns of their table");
  const std::size_t count = std::visit([](const auto& values) { return values.size(); }, rows.front());
  for (std::size_t c = 0; c < rows.size(); ++c) {
    std::visit(
        [&](const auto& values) {
          expect(values.size() == count, "the columns of a table are of one length");
          append_to(columns_[c], rows_, values);
        },
        rows[c]);
  }
  rows_ += count;
}

void RowGroup::close() {
  axes_.resize("row", rows_);
  for (Dataset& column : columns_) column.close("cannot complete a table");
  axes_.close();
  group_.close("cannot complete a table");
}

}  // namespace ketsim::hdf5
