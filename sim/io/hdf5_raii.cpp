#include "hdf5_raii.hpp"

#include <string_view>

namespace ketsim::hdf5 {
namespace {

//! What the walk along the library's stack of errors finds.
struct Reason {
  std::string system;     //!< text of errno, from the driver that reads and writes
  std::string innermost;  //!< the library's own words
};

herr_t note_reason(unsigned, const H5E_error2_t* error, void* data) {
  auto& reason = *static_cast<Reason*>(data);
  const std::string_view text = error->desc != nullptr ? error->desc : "";
  if (reason.innermost.empty()) reason.innermost = text;
  constexpr std::string_view mark = "error message = '";
  const std::size_t start = text.find(mark);
  if (start == std::string_view::npos || !reason.system.empty()) return 0;
  const std::string_view rest = text.substr(start + mark.size());
  reason.system = rest.substr(0, rest.find('\''));
  return 0;
}

}  // namespace

void fail(const std::string& what) {
  Reason reason;
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, note_reason, &reason);
  if (!reason.system.empty()) throw Hdf5Error(reason.system);  // says all that a user can act on
  throw Hdf5Error(reason.innermost.empty() ? what : what + ": " + reason.innermost);
}

Type text_type() {
  Type type(H5Tcopy(H5T_C_S1), "cannot make a type");
  check(H5Tset_size(type.get(), H5T_VARIABLE), "cannot make a type");
  check(H5Tset_cset(type.get(), H5T_CSET_UTF8), "cannot make a type");
  return type;
}

Properties file_access(Locking locking) {
  Properties access(H5Pcreate(H5P_FILE_ACCESS), "cannot set up a file");
  check(H5Pset_libver_bounds(access.get(), H5F_LIBVER_V18, H5F_LIBVER_V18), "cannot set the file format");
  check(H5Pset_fclose_degree(access.get(), H5F_CLOSE_STRONG), "cannot set up a file");
#if H5_VERSION_GE(1, 12, 1) || (H5_VERSION_GE(1, 10, 7) && !H5_VERSION_GE(1, 12, 0))
  check(H5Pset_file_locking(access.get(), locking == Locking::own, true), "cannot set up file locks");
#endif
  return access;
}

}  // namespace ketsim::hdf5
