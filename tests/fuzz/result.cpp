// Result files in place of scenarios: the input is a list of changes to one as ketsim writes it, or, by the
// first byte, to one of HDF5's oldest format, which has no checksums.
#include <hdf5.h>
#include <unistd.h>

#include "fuzz.hpp"
#include "io/small_result.hpp"
#include "io/temporary_folder.hpp"
#include "ketsim/io/scenario_file.hpp"
#include "memory_file.hpp"

namespace ketsim {
namespace {

std::string as_ketsim_writes() {
  const TemporaryFolder folder;
  ResultHeader header = small_header(1);
  header.scenarios.resize(1);
  Hdf5Sink sink(folder.path("x.h5"));
  sink.begin(header);
  sink.finish();
  return read_bytes(folder.path("x.h5"));
}

//! The same in the oldest format.
std::string in_old_format() {
  const TemporaryFolder folder;
  folder.write("new.h5", as_ketsim_writes());
  const hid_t access = H5Pcreate(H5P_FILE_ACCESS);
  H5Pset_libver_bounds(access, H5F_LIBVER_EARLIEST, H5F_LIBVER_V18);
  const hid_t from = H5Fopen(folder.path("new.h5").c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
  const hid_t to = H5Fcreate(folder.path("old.h5").c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, access);
  for (const char* group : {"provenance", "inputs"}) {
    const hid_t made = H5Gcreate2(to, group, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    for (const char* name : {"scenario", "resolved_scenario", "path", "text", "sha256"}) {
      const std::string path = std::string(group) + '/' + name;
      if (H5Lexists(from, path.c_str(), H5P_DEFAULT) > 0)
        H5Ocopy(from, path.c_str(), to, path.c_str(), H5P_DEFAULT, H5P_DEFAULT);
    }
    H5Gclose(made);
  }
  const hid_t one = H5Screate(H5S_SCALAR);
  const hid_t source = H5Aopen(from, "format_version", H5P_DEFAULT);
  int version = 0;
  H5Aread(source, H5T_NATIVE_INT, &version);
  H5Aclose(source);
  const hid_t attribute = H5Acreate2(to, "format_version", H5T_STD_I32LE, one, H5P_DEFAULT, H5P_DEFAULT);
  H5Awrite(attribute, H5T_NATIVE_INT, &version);
  H5Aclose(attribute);
  H5Sclose(one);
  H5Fclose(to);
  H5Fclose(from);
  H5Pclose(access);
  return read_bytes(folder.path("old.h5"));
}

void read(Bytes input) {
  static const std::string files[] = {as_ketsim_writes(), in_old_format()};
  const MemoryFile file(input.edited(files[input.byte() % 2U]));
  if (!is_result_file(file.path())) return;
  Diagnostics problems;
  const ResultScenarioSource source = read_result_scenario(file.path(), problems);
  if (problems.empty()) (void)load_resolved_scenario(source, problems);
}

}  // namespace
}  // namespace ketsim

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  ketsim::read(ketsim::Bytes(data, size));
  return 0;
}
