#include "ketsim/base/byte_stream.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace ketsim {
namespace {

struct Inner {
  std::string name;
  double value = 0.0;
  bool operator==(const Inner&) const = default;
};

template <class Stream>
void stream(Stream& bytes, Inner& inner) {
  bytes(inner.name, inner.value);
}

struct Outer {
  std::vector<Inner> inners;
  std::map<std::string, std::vector<std::uint16_t>> numbers;
  std::optional<std::int64_t> there;
  std::optional<std::int64_t> absent;
  std::array<float, 3> three{};
  std::vector<std::vector<double>> table;
  std::set<std::uint64_t> set;
  std::vector<std::variant<double, std::vector<std::int32_t>>> either;
  bool flag = false;
  bool operator==(const Outer&) const = default;
};

template <class Stream>
void stream(Stream& bytes, Outer& outer) {
  bytes(outer.inners, outer.numbers, outer.there, outer.absent, outer.three, outer.table, outer.set,
        outer.either, outer.flag);
}

Outer example() {
  return {{{"a", 0.1}, {"", -0.0}},
          {{"x", {1, 2}}, {"y", {}}},
          -7,
          {},
          {1.0F, 2.0F, 3.0F},
          {{1.0, 2.0}, {}, {std::numeric_limits<double>::infinity()}},
          {3, 1, 2},
          {0.5, std::vector<std::int32_t>{4, 5}},
          true};
}

template <class T>
std::string bytes_of(const T& value) {
  ByteWriter writer;
  writer(value);
  return writer.take();
}

template <class T>
void read(const std::string& bytes, T& value, bool refuses_nan = false) {
  ByteReader reader(bytes);
  reader.refuse_nan(refuses_nan);
  reader(value);
}

TEST(ByteStream, TakesBackWhatItWrote) {
  Outer read;
  const std::string bytes = bytes_of(example());
  ByteReader reader(bytes);
  reader(read);
  reader.expect_end();
  EXPECT_EQ(read, example());
}

TEST(ByteStream, RefusesBytesThatEndAnywhereTooEarly) {
  const std::string bytes = bytes_of(example());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    Outer read;
    ByteReader reader(std::span(bytes.data(), size));
    EXPECT_THROW(reader(read), DamagedBytes) << size;
  }
}

TEST(ByteStream, MakesNoSpaceForMoreThanThereIs) {
  ByteWriter writer;
  std::uint64_t huge = std::numeric_limits<std::uint64_t>::max() / 8;
  writer(huge);
  std::vector<double> values;
  ByteReader reader(writer.bytes());
  EXPECT_THROW(reader(values), DamagedBytes);
}

TEST(ByteStream, RefusesTruthValuesThatAreNone) {
  const std::string bytes(9, '\2');
  bool flag = false;
  EXPECT_THROW(read(bytes, flag), DamagedBytes);
  std::optional<double> number;
  EXPECT_THROW(read(bytes, number), DamagedBytes);
}

// Else a file could be read that is never written.
TEST(ByteStream, RefusesKeysOutOfOrder) {
  using Pairs = std::vector<std::pair<std::int32_t, double>>;
  for (const Pairs& pairs : {Pairs{{2, 0.5}, {1, 0.5}}, Pairs{{1, 0.5}, {1, 0.5}}}) {
    std::map<std::int32_t, double> map;
    EXPECT_THROW(read(bytes_of(pairs), map), DamagedBytes);
  }
  for (const auto& values : {std::vector<std::int32_t>{2, 1}, std::vector<std::int32_t>{1, 1}}) {
    std::set<std::int32_t> set;
    EXPECT_THROW(read(bytes_of(values), set), DamagedBytes);
  }
}

TEST(ByteStream, RefusesNanWhereItIsToldTo) {
  const std::vector<double> written{1.0, std::numeric_limits<double>::quiet_NaN()};
  std::vector<double> values;
  read(bytes_of(written), values);
  EXPECT_EQ(values.size(), 2U);
  EXPECT_THROW(read(bytes_of(written), values, true), DamagedBytes);
  double value = 0.0;
  EXPECT_THROW(read(bytes_of(written[1]), value, true), DamagedBytes);
}

}  // namespace
}  // namespace ketsim
