// The recorder keeps the values of every series, month by month, in the shape of its dimensions.
#include "ketsim/results/recorder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ketsim/base/contracts.hpp"

namespace ketsim {
namespace {

using testing::Each;
using testing::ElementsAre;

const std::vector<Dimension> dimensions{{"region", "", {"A", "B"}}, {"ket", "", {"x", "y", "z"}}};

Series series(const std::string& name, std::vector<std::string> over = {}) {
  return {.name = name,
          .unit = "1",
          .kind = SeriesKind::stock,
          .dimensions = std::move(over),
          .doc = "for tests",
          .chart = ""};
}

Recorder three_months() {
  return Recorder({series("adopters", {"region", "ket"}), series("products"), series("by_ket", {"ket"})},
                  dimensions, 3);
}

TEST(Recorder, ShapesAreMonthsTimesTheLabelsOfTheDimensions) {
  Recorder recorder = three_months();
  EXPECT_EQ(recorder.now("adopters").size(), 6U);
  EXPECT_EQ(recorder.now("products").size(), 1U);
  EXPECT_EQ(recorder.values()[0].size(), 18U);
  EXPECT_EQ(recorder.values()[1].size(), 3U);
  EXPECT_EQ(recorder.values()[2].size(), 9U);
}

TEST(Recorder, MonthsStandOneBehindTheOther) {
  Recorder recorder = three_months();
  for (std::size_t month = 0; month < 3; ++month) {
    recorder.set_month(month);
    recorder.now("products")[0] = 10.0 + static_cast<double>(month);
    recorder.now("by_ket")[2] = static_cast<double>(month);
  }
  EXPECT_THAT(recorder.values()[1], ElementsAre(10, 11, 12));
  EXPECT_THAT(recorder.values()[2], ElementsAre(0, 0, 0, 0, 0, 1, 0, 0, 2));
  EXPECT_THAT(recorder.values()[0], Each(0.0));  // zero until written
}

TEST(Recorder, CarriedStocksStartFromTheMonthBefore) {
  Recorder recorder = three_months();
  recorder.carried("adopters")[4] = 5.0;
  recorder.set_month(1);
  recorder.carried("adopters")[4] += 2.0;
  recorder.set_month(2);
  EXPECT_THAT(recorder.carried("adopters"), ElementsAre(0, 0, 0, 0, 7, 0));
  EXPECT_EQ(recorder.values()[0][4], 5.0);
  EXPECT_EQ(recorder.values()[0][6 + 4], 7.0);
}

TEST(Recorder, SeriesMayBeAskedForInAnyOrder) {
  Recorder recorder = three_months();
  for (const char* name : {"products", "by_ket", "products", "adopters", "products", "products", "by_ket"})
    recorder.now(name)[0] += 1.0;
  EXPECT_EQ(recorder.values()[0][0], 1.0);
  EXPECT_EQ(recorder.values()[1][0], 4.0);
  EXPECT_EQ(recorder.values()[2][0], 2.0);
}

TEST(Recorder, UnknownSeriesAndDimensionsBreakTheContract) {
  Recorder recorder = three_months();
  EXPECT_THROW((void)recorder.now("adopter"), ContractViolation);
  EXPECT_THROW(Recorder({series("a", {"sector"})}, dimensions, 1), ContractViolation);
  EXPECT_THROW(Recorder({series("a"), series("a")}, dimensions, 1), ContractViolation);
}

}  // namespace
}  // namespace ketsim
