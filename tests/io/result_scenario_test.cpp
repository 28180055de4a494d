// A result file given in place of a scenario.
#include "ketsim/io/result_scenario.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <hdf5.h>

#include "io/small_result.hpp"
#include "io/temporary_folder.hpp"

namespace ketsim {
namespace {

using testing::HasSubstr;

std::string problems_of(const std::string& path) {
  Diagnostics problems;
  (void)read_result_scenario(path, problems);
  return problems.text();
}

TEST(ResultScenario, ComesBackWithItsInputs) {
  const TemporaryFolder folder;
  write_small_result(folder.path("x.h5"));
  Diagnostics problems;
  const ResultScenarioSource source = read_result_scenario(folder.path("x.h5#süd"), problems);
  EXPECT_EQ(problems.text(), "");
  EXPECT_EQ(source.name, "süd");
  EXPECT_EQ(source.yaml, "title: Süd\n");
  EXPECT_EQ(source.inputs.at("../data/ü.csv").text, "name,x\nMüller,1\n");
  EXPECT_EQ(source.inputs.at("../data/ü.csv").sha256, "");
}

TEST(ResultScenario, KnowsInputsAboveAMegabyteByTheirHash) {
  const TemporaryFolder folder;
  ResultHeader header = small_header(1);
  header.inputs = {{"largest", std::make_shared<const std::string>(1'000'000, 'a')},
                   {"larger", std::make_shared<const std::string>(1'000'001, 'a')}};
  Hdf5Sink sink(folder.path("x.h5"));
  sink.begin(header);
  sink.finish();
  Diagnostics problems;
  const ResultScenarioSource source = read_result_scenario(folder.path("x.h5#süd"), problems);
  EXPECT_EQ(source.inputs.at("largest").text.size(), 1'000'000U);
  EXPECT_EQ(source.inputs.at("larger").text, "");
  EXPECT_EQ(source.inputs.at("larger").sha256,
            "9710f0882e9694259bf237c37b53b170f63b30b2addce6d498107ab6e4f9c3a5");
}

TEST(ResultScenario, NeedsNoPickWhereThereIsOne) {
  const TemporaryFolder folder;
  ResultHeader header = small_header(1);
  header.scenarios.resize(1);
  header.inputs.clear();
  Hdf5Sink sink(folder.path("a#b.h5"));
  sink.begin(header);
  write(sink, small_replicate(0, 0));
  sink.finish();
  Diagnostics problems;
  const ResultScenarioSource source = read_result_scenario(folder.path("a#b.h5"), problems);
  EXPECT_EQ(problems.text(), "");
  EXPECT_EQ(source.yaml, "title: Röcket\n");
  EXPECT_TRUE(source.inputs.empty());
}

TEST(ResultScenario, ListsTheNamesWhereAPickIsMissingOrWrong) {
  const TemporaryFolder folder;
  const std::string path = folder.path("x.h5");
  write_small_result(path);
  EXPECT_EQ(problems_of(path),
            path + ": holds 2 scenarios; pick one as " + path + "#NAME with NAME among: rocket, süd");
  EXPECT_EQ(problems_of(path + "#rockt"), path + ": holds no scenario 'rockt'; did you mean 'rocket'?");
}

TEST(ResultScenario, IsKnownByItsFirstBytes) {
  const TemporaryFolder folder;
  write_small_result(folder.path("x.h5"));
  EXPECT_TRUE(is_result_file(folder.path("x.h5")));
  EXPECT_TRUE(is_result_file(folder.path("x.h5#süd")));
  EXPECT_FALSE(is_result_file(folder.write("y.h5", "title: x\n")));
  EXPECT_FALSE(is_result_file(folder.path("none.h5")));
  EXPECT_FALSE(is_result_file(folder.path("")));
  EXPECT_FALSE(is_result_file("/dev/null"));
}

TEST(ResultScenario, ReportsForeignAndBrokenFiles) {
  const TemporaryFolder folder;
  testing::internal::CaptureStderr();
  H5Fclose(H5Fcreate(folder.path("foreign.h5").c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT));
  EXPECT_THAT(problems_of(folder.path("foreign.h5")), HasSubstr("is not a result of ketsim"));
  EXPECT_THAT(problems_of(folder.write("text.h5", "title: x\n")),
              HasSubstr("cannot be read as a result file"));
  EXPECT_THAT(problems_of(folder.path("none.h5")), HasSubstr("No such file or directory"));
  write_small_result(folder.path("x.h5"));
  const std::string bytes = read_bytes(folder.path("x.h5"));
  for (const std::size_t size : {10UL, 100UL, 1000UL, bytes.size() / 2, bytes.size() - 1}) {
    EXPECT_NE(problems_of(folder.write("cut.h5", bytes.substr(0, size))), "") << size;
  }
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

}  // namespace
}  // namespace ketsim
