// `extends`: files laid over one another, and what is said when that cannot be done.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "io/temporary_folder.hpp"
#include "ketsim/io/yaml.hpp"

namespace ketsim {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string problems_of(const std::string& path) {
  Diagnostics problems;
  (void)read_scenario_document(path, problems);
  return problems.text();
}

TEST(YamlExtends, LaysAFileOverItsBase) {
  const TemporaryFolder folder;
  folder.write("common/base.yaml", "title: Base\nmodel: {rate: 1, list: [1, 2], gone: 3}\n");
  folder.write("common/middle.yaml", "extends: base.yaml\nmodel: {rate: 2}\n");
  const std::string top = folder.write(
      "mine/top.yaml", "extends: ../common/middle.yaml\ntitle: Top\nmodel: {list: [9], gone: null}\n");
  Diagnostics problems;
  const Node node = read_scenario_document(top, problems);
  EXPECT_EQ(problems.text(), "");
  EXPECT_EQ(write_yaml(node), "title: Top\nmodel:\n  rate: 2\n  list:\n    - 9\n");
  EXPECT_THAT(node.find("model")->find("rate")->where().text(), HasSubstr("common/middle.yaml:2:15"));
}

TEST(YamlExtends, ReportsAMissingBaseWhereItIsNamed) {
  const TemporaryFolder folder;
  const std::string top = folder.write("top.yaml", "title: x\nextends: none.yaml\n");
  EXPECT_EQ(problems_of(top), top + ":2:10: extends " + folder.path("none.yaml") + ": there is no such file");
  EXPECT_THAT(problems_of(folder.write("top.yaml", "extends: .\n")), HasSubstr("it is a folder"));
  EXPECT_THAT(problems_of(folder.write("top.yaml", "extends: /dev/zero\n")),
              HasSubstr("it is not a regular file"));
  EXPECT_THAT(problems_of(folder.write("top.yaml", "extends: [a.yaml]\n")), HasSubstr("must be the path"));
  EXPECT_THAT(problems_of(folder.write("top.yaml", "extends:\n")), HasSubstr("must be the path"));
}

TEST(YamlExtends, ReportsCyclesWithTheirChain) {
  const TemporaryFolder folder;
  const std::string a = folder.write("a.yaml", "extends: b.yaml\n");
  const std::string b = folder.write("b.yaml", "extends: ./sub/../a.yaml\n");
  EXPECT_THAT(problems_of(a),
              HasSubstr("leads back to a file that is being read: " + a + " -> " + b + " -> " + a));
  const std::string own = folder.write("own.yaml", "extends: own.yaml\n");
  EXPECT_THAT(problems_of(own), HasSubstr(own + " -> " + own));
}

TEST(YamlExtends, BoundsTheChain) {
  const TemporaryFolder folder;
  for (int i = 0; i < 40; ++i) {
    folder.write(std::to_string(i) + ".yaml", "extends: " + std::to_string(i + 1) + ".yaml\n");
  }
  EXPECT_THAT(problems_of(folder.path("0.yaml")), HasSubstr("more than 32 files extend one another"));
}

TEST(YamlExtends, NeverQuotesAForeignFile) {
  const TemporaryFolder folder;
  folder.write("passwd", "root:x:0:0:secret:/root\nsecret: [\n");
  const std::string problems = problems_of(folder.write("top.yaml", "extends: passwd\n"));
  EXPECT_THAT(problems, HasSubstr("passwd"));
  EXPECT_THAT(problems, Not(HasSubstr("secret")));
}

}  // namespace
}  // namespace ketsim
