// Columns keep what they hold when rows are appended.
#include "ketsim/base/column.hpp"

#include <gtest/gtest.h>

namespace ketsim {
namespace {

TEST(KetColumn, AppendedRowsLeaveTheOthersAsTheyWere) {
  KetColumn<FirmId, int> column{"1", "row and KET"};
  column.resize(3, 2, 7);
  for (std::size_t row = 3; row < 400; ++row) {
    for (std::size_t k = 0; k < 2; ++k) column(FirmId(row - 1), KetId(k)) = static_cast<int>(10 * row + k);
    column.resize(row + 1, 2, 7);
    ASSERT_EQ(column.of(KetId(std::size_t{0})).size(), row + 1);
    ASSERT_EQ(column(FirmId(row), KetId(0)), 7);
    ASSERT_EQ(column(FirmId(row), KetId(1)), 7);
  }
  for (std::size_t row = 3; row < 399; ++row) {
    for (std::size_t k = 0; k < 2; ++k) {
      ASSERT_EQ(column(FirmId(row - 1), KetId(k)), static_cast<int>(10 * row + k));
      ASSERT_EQ(column.data(KetId(k))[row - 1], static_cast<int>(10 * row + k));
    }
  }
}

TEST(KetColumn, GrowsByAnEighthSoThatALargeTableIsNeverThereThrice) {
  KetColumn<FirmId, int> column{"1", "row and KET"};
  column.resize(8000, 1);
  const int* place = column.data(KetId(0));
  column.resize(8001, 1);
  EXPECT_NE(column.data(KetId(0)), place);
  place = column.data(KetId(0));
  column.resize(9000, 1);  // 8000 and an eighth
  EXPECT_EQ(column.data(KetId(0)), place);
}

}  // namespace
}  // namespace ketsim
