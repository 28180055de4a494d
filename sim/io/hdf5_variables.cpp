#include "hdf5_variables.hpp"

#include <hdf5_hl.h>

#include <filesystem>
#include <limits>
#include <new>

#include <fmt/format.h>

#include "chunk_packing.hpp"
#include "ketsim/base/contracts.hpp"

namespace ketsim::hdf5 {
namespace {

constexpr unsigned keep_order = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;

void write_scalar(hid_t object, const char* name, hid_t type, const void* value) {
  const Space space(H5Screate(H5S_SCALAR), "cannot describe an attribute");
  const Attribute attribute(H5Acreate2(object, name, type, space.get(), H5P_DEFAULT, H5P_DEFAULT),
                            "cannot make an attribute");
  check(H5Awrite(attribute.get(), type, value), "cannot write an attribute");
}

template <class T>
void write_array(hid_t object, const char* name, hid_t type, const std::vector<T>& values) {
  const hsize_t size = values.size();
  const Space space(H5Screate_simple(1, &size, nullptr), "cannot describe an attribute");
  const Attribute attribute(H5Acreate2(object, name, type, space.get(), H5P_DEFAULT, H5P_DEFAULT),
                            "cannot make an attribute");
  check(H5Awrite(attribute.get(), type, values.data()), "cannot write an attribute");
}

hobj_ref_t reference_to(hid_t group, const std::string& name) {
  hobj_ref_t reference = 0;
  check(H5Rcreate(&reference, group, name.c_str(), H5R_OBJECT, H5I_INVALID_HID),
        "cannot refer to a variable");
  return reference;
}

Properties dataset_properties(const std::vector<hsize_t>& chunk, hid_t type, const void* fill) {
  Properties properties(H5Pcreate(H5P_DATASET_CREATE), "cannot set up a variable");
  check(H5Pset_obj_track_times(properties.get(), false), "cannot set up a variable");
  check(H5Pset_attr_creation_order(properties.get(), keep_order), "cannot set up a variable");
  if (fill != nullptr) check(H5Pset_fill_value(properties.get(), type, fill), "cannot set a fill value");
  if (!chunk.empty()) {
    check(H5Pset_chunk(properties.get(), static_cast<int>(chunk.size()), chunk.data()), "cannot set chunks");
    check(H5Pset_shuffle(properties.get()), "cannot set up compression");
    // Its format (RFC 1950) ends with a checksum of its own, so that no filter for checksums is needed.
    check(H5Pset_deflate(properties.get(), compression_level), "cannot set up compression");
  }
  return properties;
}

Dataset create_dataset(hid_t group, const std::string& name, hid_t type, const Space& space,
                       const Properties& properties) {
  return {H5Dcreate2(group, name.c_str(), type, space.get(), H5P_DEFAULT, properties.get(), H5P_DEFAULT),
          "cannot make a variable"};
}

void write_doc(const Dataset& dataset, const VariableDoc& doc) {
  write_attribute(dataset.get(), "long_name", doc.doc.empty() ? doc.name : doc.doc);
  write_attribute(dataset.get(), "units", doc.unit);
}

}  // namespace

void write_attribute(hid_t object, const char* name, const std::string& text) {
  const Type type = text_type();
  const char* value = text.c_str();
  write_scalar(object, name, type.get(), &value);
}

void write_attribute(hid_t object, const char* name, std::int32_t value) {
  write_scalar(object, name, H5T_NATIVE_INT32, &value);
}

void write_attribute(hid_t object, const char* name, std::uint64_t value) {
  write_scalar(object, name, H5T_NATIVE_UINT64, &value);
}

void write_attribute(hid_t object, const char* name, const std::vector<std::int32_t>& values) {
  write_array(object, name, H5T_NATIVE_INT32, values);
}

void write_attribute(hid_t object, const char* name, double value) {
  write_scalar(object, name, H5T_NATIVE_DOUBLE, &value);
}

void ask_for_memory() {
  constexpr std::size_t of_a_file = 16'000'000;  // of many variables, and more
  ::operator delete(::operator new(of_a_file));
}

File create_file(const std::string& path) {
  const Properties creation(H5Pcreate(H5P_FILE_CREATE), "cannot set up a file");
  check(H5Pset_obj_track_times(creation.get(), false), "cannot set up a file");
  check(H5Pset_link_creation_order(creation.get(), keep_order), "cannot set up a file");
  check(H5Pset_attr_creation_order(creation.get(), keep_order), "cannot set up a file");
  try {
    return {H5Fcreate(path.c_str(), H5F_ACC_TRUNC, creation.get(), file_access(Locking::none).get()),
            "cannot make the file"};
  } catch (const Hdf5Error&) {
    std::error_code ignored;
    if (std::filesystem::is_empty(path, ignored)) std::filesystem::remove(path, ignored);
    throw;
  }
}

Group create_group(hid_t parent, const char* name) {
  const Properties creation(H5Pcreate(H5P_GROUP_CREATE), "cannot set up a group");
  check(H5Pset_obj_track_times(creation.get(), false), "cannot set up a group");
  check(H5Pset_link_creation_order(creation.get(), keep_order), "cannot set up a group");
  check(H5Pset_attr_creation_order(creation.get(), keep_order), "cannot set up a group");
  return {H5Gcreate2(parent, name, H5P_DEFAULT, creation.get(), H5P_DEFAULT), "cannot make a group"};
}

Dataset& Axes::add(const std::string& name, hid_t type, hsize_t size, bool unlimited,
                   const std::string& scale_name) {
  expect(!contains(name), "a dimension is added once");
  const hsize_t most = unlimited ? H5S_UNLIMITED : size;
  const Space space(H5Screate_simple(1, &size, &most), "cannot describe a dimension");
  constexpr hsize_t coordinates_per_chunk = 1024;
  const std::vector<hsize_t> chunk = unlimited ? std::vector{coordinates_per_chunk} : std::vector<hsize_t>{};
  Dataset scale = create_dataset(group_, name, type, space, dataset_properties(chunk, type, nullptr));
  check(H5DSset_scale(scale.get(), scale_name.c_str()), "cannot make a dimension");
  return (axes_[name] = {std::move(scale), reference_to(group_, name), size, unlimited, {}}).scale;
}

void Axes::add_texts(const VariableDoc& doc, const std::vector<std::string>& labels) {
  const Dataset& scale = add(doc.name, text_type().get(), labels.size(), false, doc.name);
  write_doc(scale, doc);
  write_texts(scale, labels);
}

Dataset& Axes::add_integers(const VariableDoc& doc, const std::vector<std::int32_t>& values, bool unlimited) {
  Dataset& scale = add(doc.name, H5T_STD_I32LE, values.size(), unlimited, doc.name);
  write_doc(scale, doc);
  check(H5Dwrite(scale.get(), H5T_NATIVE_INT32, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()),
        "cannot write a coordinate");
  return scale;
}

void Axes::add_bare(const std::string& name, hsize_t size, bool unlimited) {
  // netCDF-4 knows a dimension without coordinate by this name of its scale (netCDF file format
  // specification).
  add(name, H5T_IEEE_F32BE, size, unlimited,
      fmt::format("This is a netCDF dimension but not a netCDF variable.{:10}", size));
}

std::vector<hsize_t> Axes::sizes(const std::vector<std::string>& names) const {
  std::vector<hsize_t> result;
  for (const std::string& name : names) {
    const auto axis = axes_.find(name);
    if (axis == axes_.end()) throw ContractViolation("a variable names the undeclared dimension " + name);
    result.push_back(axis->second.size);
  }
  return result;
}

Dataset Axes::create(const VariableDoc& doc, hid_t type, const std::vector<std::string>& dimensions,
                     const std::vector<hsize_t>& chunk, const void* fill) {
  const std::vector<hsize_t> size = sizes(dimensions);
  std::vector<hsize_t> most = size;
  for (std::size_t i = 0; i < most.size(); ++i) {
    if (axes_.at(dimensions[i]).unlimited) most[i] = H5S_UNLIMITED;
  }
  const Space space(H5Screate_simple(static_cast<int>(size.size()), size.data(), most.data()),
                    "cannot describe a variable");
  Dataset dataset = create_dataset(group_, doc.name, type, space, dataset_properties(chunk, type, fill));
  name_axes(dataset, doc.name, dimensions);
  write_doc(dataset, doc);
  return dataset;
}

// The two lists of references that make dimension scales (HDF5 Dimension Scale specification). The library's
// H5DSattach_scale() rewrites that of the scale for every variable, which takes longer than all else.
void Axes::name_axes(const Dataset& variable, const std::string& name,
                     const std::vector<std::string>& dimensions) {
  const hobj_ref_t self = reference_to(group_, name);
  std::vector<hvl_t> scales;
  for (const std::string& dimension : dimensions) {
    Axis& axis = axes_.at(dimension);
    axis.uses.push_back({self, static_cast<std::int32_t>(scales.size())});
    scales.push_back({1, &axis.reference});
  }
  const Type type(H5Tvlen_create(H5T_STD_REF_OBJ), "cannot make a type");
  write_array(variable.get(), "DIMENSION_LIST", type.get(), scales);
}

void Axes::list_uses(const Axis& axis) {
  if (axis.uses.empty()) return;
  const Type type(H5Tcreate(H5T_COMPOUND, sizeof(Use)), "cannot make a type");
  check(H5Tinsert(type.get(), "dataset", HOFFSET(Use, variable), H5T_STD_REF_OBJ), "cannot make a type");
  check(H5Tinsert(type.get(), "dimension", HOFFSET(Use, axis), H5T_NATIVE_INT32), "cannot make a type");
  write_array(axis.scale.get(), "REFERENCE_LIST", type.get(), axis.uses);
}

Dataset Axes::create_texts(const VariableDoc& doc, const std::vector<std::string>& dimensions) {
  return create(doc, text_type().get(), dimensions, {}, nullptr);
}

Dataset Axes::create_reals(const VariableDoc& doc, const std::vector<std::string>& dimensions,
                           const std::vector<hsize_t>& chunk) {
  constexpr double fill = std::numeric_limits<double>::quiet_NaN();
  Dataset dataset = create(doc, H5T_IEEE_F64LE, dimensions, chunk, &fill);
  write_attribute(dataset.get(), "_FillValue", fill);
  return dataset;
}

Dataset Axes::create_integers(const VariableDoc& doc, const std::vector<std::string>& dimensions,
                              const std::vector<hsize_t>& chunk) {
  Dataset dataset = create(doc, H5T_STD_I32LE, dimensions, chunk, &missing_count);
  write_attribute(dataset.get(), "_FillValue", missing_count);
  return dataset;
}

Dataset Axes::create_keys(const VariableDoc& doc, const std::vector<std::string>& dimensions,
                          const std::vector<hsize_t>& chunk) {
  return create(doc, H5T_STD_U64LE, dimensions, chunk, nullptr);
}

void Axes::resize(const std::string& name, hsize_t size) {
  Axis& axis = axes_.at(name);
  check(H5Dset_extent(axis.scale.get(), &size), "cannot resize a dimension");
  axis.size = size;
}

void Axes::close() {
  for (auto& [name, axis] : axes_) {
    list_uses(axis);
    axis.scale.close("cannot close a dimension");
  }
  axes_.clear();
}

void write_texts(const Dataset& dataset, const std::vector<std::string>& texts) {
  std::vector<const char*> pointers;
  for (const std::string& text : texts) pointers.push_back(text.c_str());
  if (pointers.empty()) return;
  // HDF5 clears its whole buffer for every call, by default 1 MB; a pointer or place of a text is 16 byte.
  constexpr std::size_t buffer_bytes = 16UL * 1024;
  const Properties transfer(H5Pcreate(H5P_DATASET_XFER), "cannot set up a transfer");
  check(H5Pset_buffer(transfer.get(), buffer_bytes, nullptr, nullptr), "cannot set up a transfer");
  check(H5Dwrite(dataset.get(), text_type().get(), H5S_ALL, H5S_ALL, transfer.get(), pointers.data()),
        "cannot write texts");
}

void write_reals(const Dataset& dataset, const std::vector<double>& values) {
  if (values.empty()) return;
  check(H5Dwrite(dataset.get(), H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()),
        "cannot write values");
}

}  // namespace ketsim::hdf5
