// Result files: what was put in stands in them, they are complete or absent, and failures name their reason.
#include "ketsim/io/hdf5_sink.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <hdf5.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <iostream>

#include "io/small_result.hpp"
#include "io/temporary_folder.hpp"
#include "ketsim/base/contracts.hpp"

#ifndef __has_feature
#define __has_feature(feature) 0
#endif

namespace ketsim {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

//! A variable as numbers, read without ketsim's own code.
struct Variable {
  std::vector<hsize_t> shape;
  std::vector<hsize_t> chunk;
  std::vector<double> values;
};

Variable read_variable(const std::string& path, const char* name) {
  Variable variable;
  const hid_t file = H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
  const hid_t dataset = H5Dopen2(file, name, H5P_DEFAULT);
  const hid_t space = H5Dget_space(dataset);
  const int rank = H5Sget_simple_extent_ndims(space);
  variable.shape.resize(static_cast<std::size_t>(rank));
  variable.chunk.resize(static_cast<std::size_t>(rank));
  H5Sget_simple_extent_dims(space, variable.shape.data(), nullptr);
  const hid_t properties = H5Dget_create_plist(dataset);
  if (H5Pget_layout(properties) == H5D_CHUNKED) H5Pget_chunk(properties, rank, variable.chunk.data());
  variable.values.resize(static_cast<std::size_t>(H5Sget_simple_extent_npoints(space)));
  H5Dread(dataset, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, variable.values.data());
  H5Pclose(properties);
  H5Sclose(space);
  H5Dclose(dataset);
  H5Fclose(file);
  return variable;
}

//! What an attempt to write to `path` says.
std::string failure_at(const std::string& path) {
  try {
    write_small_result(path);
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return {};
}

//! Lets files grow to so many bytes while it lives: a full disk that needs no privileges.
class SmallDisk {
 public:
  explicit SmallDisk(rlim_t bytes) {
    getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{bytes, before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~SmallDisk() {
    setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

 private:
  rlimit before_{};
  void (*handler_)(int) = std::signal(SIGXFSZ, SIG_IGN);
};

TEST(Hdf5Sink, WritesEveryValueAtItsPlace) {
  const TemporaryFolder folder;
  write_small_result(folder.path("x.h5"));
  const Variable adopters = read_variable(folder.path("x.h5"), "adopters");
  EXPECT_THAT(adopters.shape, ElementsAre(2, 5, 6, 2, 3));
  for (std::uint32_t scenario = 0; scenario < 2; ++scenario) {
    for (std::uint32_t replicate = 0; replicate < 5; ++replicate) {
      const std::vector<double> expected = small_replicate(scenario, replicate).values[0];
      const auto begin = adopters.values.begin() + (scenario * 5 + replicate) * 36;
      EXPECT_EQ(std::vector(begin, begin + 36), expected);
    }
  }
  EXPECT_TRUE(std::isnan(read_variable(folder.path("x.h5"), "share").values[3]));
  EXPECT_THAT(read_variable(folder.path("x.h5"), "time").values,
              ElementsAre(16892, 16922, 16953, 16983, 17014, 17045));
}

TEST(Hdf5Sink, GivesTheSameBytesTwice) {
  const TemporaryFolder folder;
  write_small_result(folder.path("a.h5"), 7);
  write_small_result(folder.path("b.h5"), 7);
  EXPECT_TRUE(read_bytes(folder.path("a.h5")) == read_bytes(folder.path("b.h5")));
}

TEST(Hdf5Sink, ChunksHoldTheReplicatesThatMake64KiBOrAllThereAre) {
  const TemporaryFolder folder;
  write_small_result(folder.path("few.h5"), 2);
  write_small_result(folder.path("many.h5"), 500);
  EXPECT_THAT(read_variable(folder.path("few.h5"), "adopters").chunk, ElementsAre(1, 2, 6, 2, 3));
  const Variable many = read_variable(folder.path("many.h5"), "adopters");
  EXPECT_THAT(many.chunk, ElementsAre(1, 456, 6, 2, 3));  // 456 replicates of 144 bytes are 64 KiB
  EXPECT_EQ(many.values[(500 + 499) * 36 + 35], 10000.0 + 49900.0 + 35.0);
}

TEST(Hdf5Sink, StepsOfDifferentReplicatesMayInterleave) {
  const TemporaryFolder folder;
  write_small_result(folder.path("one_by_one.h5"), 460);
  {
    Hdf5Sink sink(folder.path("at_once.h5"));
    sink.begin(small_header(460));
    std::vector<std::unique_ptr<Parcel>> parcels(2 * 460);
    for (std::uint32_t w = 2 * 460; w-- > 0;) parcels[w] = sink.accept(small_replicate(w % 2, w / 2));
    for (const auto& parcel : parcels) parcel->sort();
    for (std::size_t w = parcels.size(); w-- > 0;) parcels[w]->pack();
    for (const auto& parcel : parcels) parcel->store();
    sink.finish();
  }
  EXPECT_TRUE(read_bytes(folder.path("at_once.h5")) == read_bytes(folder.path("one_by_one.h5")));
}

TEST(Hdf5Sink, CutsLargeReplicatesAlongTime) {
  const TemporaryFolder folder;
  ResultHeader header = small_header(1);
  header.months = 100;
  header.scenarios.resize(1);
  header.dimensions = {{"cell", "Cell", std::vector<std::string>(5000)}};
  for (std::size_t i = 0; i < 5000; ++i) header.dimensions[0].labels[i] = std::to_string(i);
  header.series = {{"money", "EUR", SeriesKind::flow, {"cell"}, "Money", ""}};
  std::vector<double> values(500'000);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<double>(i);
  Hdf5Sink sink(folder.path("x.h5"));
  sink.begin(header);
  write(sink, {0, 0, {values}});
  sink.finish();
  const Variable money = read_variable(folder.path("x.h5"), "money");
  EXPECT_THAT(money.chunk, ElementsAre(1, 1, 26, 5000));  // 26 months of 40 kB are below 1 MiB
  EXPECT_EQ(money.values, values);
}

TEST(Hdf5Sink, EndsWithTheReplicatesThatCame) {
  const TemporaryFolder folder;
  Hdf5Sink sink(folder.path("x.h5"));
  sink.begin(small_header(50));
  write_replicates(sink, 3);
  sink.write_measures({{"alternative", "Alternative", {"süd"}}},
                      {{"leverage", "1", {"alternative", "replicate"}, "Leverage", {1, 2, 3}, ""}});
  sink.finish();
  EXPECT_THAT(read_variable(folder.path("x.h5"), "replicate").values, ElementsAre(0, 1, 2));
  EXPECT_THAT(read_variable(folder.path("x.h5"), "adopters").shape, ElementsAre(2, 3, 6, 2, 3));
  EXPECT_THAT(read_variable(folder.path("x.h5"), "leverage").values, ElementsAre(1, 2, 3));
}

TEST(Hdf5Sink, LeavesOutReplicatesAsMissing) {
  const TemporaryFolder folder;
  Hdf5Sink sink(folder.path("x.h5"));
  sink.begin(small_header(3));
  write(sink, small_replicate(0, 0));
  sink.flush();
  write(sink, small_replicate(0, 2));
  sink.finish();
  const Variable adopters = read_variable(folder.path("x.h5"), "adopters");
  EXPECT_EQ(adopters.values[0], 0.0);
  EXPECT_EQ(adopters.values[36], -2147483648.0);
  EXPECT_EQ(adopters.values[72], 200.0);
  EXPECT_TRUE(std::isnan(read_variable(folder.path("x.h5"), "share").values[6]));
}

TEST(Hdf5Sink, AFlushedBlockMayStillFillUp) {
  const TemporaryFolder folder;
  Hdf5Sink sink(folder.path("x.h5"));
  sink.begin(small_header(3));
  write(sink, small_replicate(0, 0));
  sink.flush();
  write(sink, small_replicate(0, 1));
  write(sink, small_replicate(0, 2));
  sink.finish();
  const Variable adopters = read_variable(folder.path("x.h5"), "adopters");
  for (const std::size_t replicate : {0U, 1U, 2U})
    EXPECT_EQ(adopters.values[36 * replicate + 35], 100.0 * static_cast<double>(replicate) + 35.0);
}

TEST(Hdf5Sink, LeavesOutWholeBlocksAsMissing) {
  const TemporaryFolder folder;
  Hdf5Sink sink(folder.path("x.h5"));
  sink.begin(small_header(1000));
  write(sink, small_replicate(0, 1));
  write(sink, small_replicate(0, 999));
  sink.finish();
  const Variable adopters = read_variable(folder.path("x.h5"), "adopters");
  EXPECT_EQ(adopters.values[0], -2147483648.0);
  EXPECT_EQ(adopters.values[36], 100.0);
  EXPECT_EQ(adopters.values[36 * 500], -2147483648.0);
  EXPECT_EQ(adopters.values[36 * 999], 99900.0);
}

TEST(Hdf5Sink, NamesTheFileOnlyWhenItIsComplete) {
  const TemporaryFolder folder;
  const std::string path = folder.path("x.h5");
  {
    Hdf5Sink sink(path);
    sink.begin(small_header(5));
    write_replicates(sink, 2);
    EXPECT_FALSE(std::filesystem::exists(path));
  }
  EXPECT_FALSE(std::filesystem::exists(path));
  EXPECT_EQ(read_variable(path + ".part", "adopters").values[36], 100.0);  // interrupted: what came is kept
  write_small_result(path);
  EXPECT_TRUE(std::filesystem::exists(path));
  EXPECT_FALSE(std::filesystem::exists(path + ".part"));
}

TEST(Hdf5Sink, RemovesItsPartWhenARunFails) {
  const TemporaryFolder folder;
  try {
    Hdf5Sink sink(folder.path("x.h5"));
    sink.begin(small_header(5));
    throw std::runtime_error("the run failed");
  } catch (const std::runtime_error&) {
    EXPECT_TRUE(std::filesystem::is_empty(folder.path("")));
  }
}

TEST(Hdf5Sink, RefusesAtTheStartWhatItCouldNotFinish) {
  const TemporaryFolder folder;
  EXPECT_THAT(failure_at(folder.path("none/x.h5")), HasSubstr("No such file or directory"));
  EXPECT_THAT(failure_at(folder.write("file", "") + "/x.h5"), HasSubstr("file is not a folder"));
  EXPECT_THAT(failure_at(folder.path("")), HasSubstr("it is a folder"));
  EXPECT_THAT(failure_at("/dev/null"), HasSubstr("cannot write /dev/null: it is not a regular file"));
  EXPECT_THAT(failure_at(""), HasSubstr("its file name is empty"));
  std::filesystem::create_directory(folder.path("y.h5.part"));
  EXPECT_THAT(failure_at(folder.path("y.h5")), HasSubstr("y.h5.part: it is a folder"));
  ASSERT_EQ(::mkfifo(folder.path("z.h5.part").c_str(), 0600), 0);
  EXPECT_THAT(failure_at(folder.path("z.h5")), HasSubstr("it is not a regular file"));
}

TEST(Hdf5Sink, RefusesAFileThatAnotherRunWrites) {
  const TemporaryFolder folder;
  Hdf5Sink first(folder.path("x.h5"));
  first.begin(small_header(5));
  EXPECT_THAT(failure_at(folder.path("x.h5")), HasSubstr("another run is writing it"));
  write_replicates(first, 5);
  first.finish();
  EXPECT_EQ(read_variable(folder.path("x.h5"), "adopters").values[36], 100.0);
}

//! Tries to write on ever larger disks, none large enough; prints what that says and ends the process.
[[noreturn]] void fill_disks(const std::string& folder) {
  std::string told;
  for (const rlim_t bytes : {0UL, 1000UL, 10'000UL, 40'000UL}) {
    const SmallDisk disk(bytes);
    told += failure_at(folder + "/x.h5") + (std::filesystem::is_empty(folder) ? "\n" : ", but left a file\n");
  }
  std::cerr << told;
#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)  // of GCC, of Clang
  std::_Exit(0);  // HDF5 loses buffers when a file cannot be closed, which the sanitizer would report
#else
  std::exit(0);  // where HDF5 1.10 would crash, if it were let
#endif
}

TEST(Hdf5Sink, ReportsAFullDiskAndLeavesNothing) {
  const TemporaryFolder folder;
  const std::string line = "cannot write " + folder.path("") + "/x.h5: File too large\n";
  EXPECT_EXIT(fill_disks(folder.path("")), testing::ExitedWithCode(0),
              testing::Eq(line + line + line + line));
}

TEST(Hdf5Sink, HoldsItsCallersToTheContract) {
  const TemporaryFolder folder;
  Hdf5Sink sink(folder.path("x.h5"));
  sink.begin(small_header(5));
  ReplicateResult fraction = small_replicate(0, 0);
  fraction.values[0][7] = 0.5;
  EXPECT_THROW(write(sink, fraction), ContractViolation);
  EXPECT_THROW(write(sink, small_replicate(0, 5)), ContractViolation);
  EXPECT_THROW(write(sink, {0, 0, {}}), ContractViolation);
  write(sink, small_replicate(0, 3));
  EXPECT_THROW(write(sink, small_replicate(0, 2)), ContractViolation);
}

}  // namespace
}  // namespace ketsim
