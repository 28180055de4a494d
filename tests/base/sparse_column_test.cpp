// A sparse column answers as a full one would.
#include "ketsim/base/sparse_column.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace ketsim {
namespace {

TEST(SparseColumn, HoldsTheUsualValueUntilARowIsEdited) {
  SparseColumn<FirmId, int> column{"1", "row", 7};
  EXPECT_EQ(column[FirmId(0)], 7);
  EXPECT_EQ(column[FirmId(4'000'000'000)], 7);
  column.edit(FirmId(3)) = 1;
  EXPECT_EQ(column[FirmId(3)], 1);
  EXPECT_EQ(column[FirmId(2)], 7);
}

// Rows that follow each other, rows far apart, and rows that fall on the same place.
TEST(SparseColumn, AnswersAsAFullColumnWould) {
  constexpr std::size_t rows = 1U << 18;
  SparseColumn<FirmId, double> sparse{"1", "row", -1.0};
  std::vector<double> full(rows, -1.0);
  for (std::size_t turn = 0; turn < 50'000; ++turn) {
    const std::size_t row = (turn % 3 == 0 ? turn : turn * turn * 40'503U) % rows;
    sparse.edit(FirmId(row)) += static_cast<double>(turn);
    full[row] += static_cast<double>(turn);
  }
  for (std::size_t row = 0; row < rows; ++row) ASSERT_EQ(sparse[FirmId(row)], full[row]) << row;
}

TEST(SparseColumn, KnowsWhetherItsRowsAndValuesCanBe) {
  SparseColumn<FirmId, int> column{"1", "row", 7};
  const auto is_small = [](int value) { return value < 10; };
  EXPECT_TRUE(column.is_sound(0, is_small));
  for (std::size_t row = 0; row < 100; row += 3) column.edit(FirmId(row)) = 9;
  EXPECT_TRUE(column.is_sound(100, is_small));
  EXPECT_FALSE(column.is_sound(99, is_small));
  column.edit(FirmId(6)) = 10;
  EXPECT_FALSE(column.is_sound(100, is_small));
}

TEST(SparseKetColumn, KeepsTechnologiesApart) {
  SparseKetColumn<FirmId, int> column{"1", "row and KET", 5};
  column.resize(2);
  column.edit(FirmId(9), KetId(1)) = 6;
  EXPECT_EQ(column(FirmId(9), KetId(0)), 5);
  EXPECT_EQ(column(FirmId(9), KetId(1)), 6);
}

}  // namespace
}  // namespace ketsim
