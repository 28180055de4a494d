// Variables of a netCDF-4 shaped file: datasets whose axes all have names, sizes and coordinates. Private to
// io.
//
// netCDF-4 is HDF5 with rules: every axis of every dataset carries a "dimension scale", texts have variable
// length, the order of creation is kept. One dataset without its scales and xarray refuses the file or drops
// the variable, so that every dataset is made here.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "hdf5_raii.hpp"

namespace ketsim::hdf5 {

void write_attribute(hid_t object, const char* name, const std::string& text);
void write_attribute(hid_t object, const char* name, std::int32_t value);
void write_attribute(hid_t object, const char* name, std::uint64_t value);
void write_attribute(hid_t object, const char* name, double value);
void write_attribute(hid_t object, const char* name, const std::vector<std::int32_t>& values);

//! Throws std::bad_alloc where a file would soon get none: HDF5 1.10 crashes over that, from its first call
//! on.
void ask_for_memory();

//! An empty file; where not even that can be written, none. Times are not tracked and orders are, so that the
//! same content gives the same bytes.
[[nodiscard]] File create_file(const std::string& path);
[[nodiscard]] Group create_group(hid_t parent, const char* name);

//! What is said of a variable beside its values.
struct VariableDoc {
  std::string name;
  std::string unit;  //!< "1" for counts and texts
  std::string doc;   //!< becomes long_name
};

//! The dimensions of one group, and the variables along them.
class Axes {
 public:
  explicit Axes(hid_t group) : group_(group) {}

  //! A dimension whose coordinate is texts or integers.
  void add_texts(const VariableDoc& doc, const std::vector<std::string>& labels);
  Dataset& add_integers(const VariableDoc& doc, const std::vector<std::int32_t>& values,
                        bool unlimited = false);
  //! A dimension that only counts, without coordinate.
  void add_bare(const std::string& name, hsize_t size, bool unlimited = false);

  [[nodiscard]] bool contains(const std::string& name) const { return axes_.contains(name); }
  [[nodiscard]] std::vector<hsize_t> sizes(const std::vector<std::string>& names) const;

  //! A variable along the named dimensions. Chunks are compressed; without them the data lie in one piece.
  [[nodiscard]] Dataset create_texts(const VariableDoc& doc, const std::vector<std::string>& dimensions);
  [[nodiscard]] Dataset create_reals(const VariableDoc& doc, const std::vector<std::string>& dimensions,
                                     const std::vector<hsize_t>& chunk = {});
  [[nodiscard]] Dataset create_integers(const VariableDoc& doc, const std::vector<std::string>& dimensions,
                                        const std::vector<hsize_t>& chunk = {});
  //! The same of 64-bit keys, which have no value that stands for none.
  [[nodiscard]] Dataset create_keys(const VariableDoc& doc, const std::vector<std::string>& dimensions,
                                    const std::vector<hsize_t>& chunk);

  //! Shortens or lengthens the coordinate of an unlimited dimension; its variables are resized by their
  //! owners.
  void resize(const std::string& name, hsize_t size);

  //! Ends the work on this group: closes what is open and reports what that brings to light.
  void close();

 private:
  //! A variable along an axis, in the form in which its scale lists it.
  struct Use {
    hobj_ref_t variable;
    std::int32_t axis;  //!< of the variable
  };
  struct Axis {
    Dataset scale;
    hobj_ref_t reference = 0;
    hsize_t size = 0;
    bool unlimited = false;
    std::vector<Use> uses;
  };

  void name_axes(const Dataset& variable, const std::string& name,
                 const std::vector<std::string>& dimensions);
  static void list_uses(const Axis& axis);

  Dataset create(const VariableDoc& doc, hid_t type, const std::vector<std::string>& dimensions,
                 const std::vector<hsize_t>& chunk, const void* fill);
  Dataset& add(const std::string& name, hid_t type, hsize_t size, bool unlimited,
               const std::string& scale_name);

  hid_t group_;
  std::map<std::string, Axis> axes_;
};

void write_texts(const Dataset& dataset, const std::vector<std::string>& texts);
void write_reals(const Dataset& dataset, const std::vector<double>& values);

//! Stands where there is no value: never a count.
inline constexpr std::int32_t missing_count = INT32_MIN;

}  // namespace ketsim::hdf5
