#include "ketsim/experiment/journal.hpp"

#include <gtest/gtest.h>
#include <zlib.h>

#include <fstream>
#include <thread>

#include "../io/temporary_folder.hpp"

namespace ketsim {
namespace {

class Journal : public testing::Test {
 protected:
  TemporaryFolder folder_;
  std::string path_ = folder_.path("runs");

  //! Three records, the second one empty.
  void write_three() const {
    JournalWriter writer(path_);
    writer.append(1, {1, 2}, "first");
    writer.append(2, {3, 4}, "");
    writer.append(1, {5, 6}, std::string(10'000, 'x'));
    writer.sync();
  }
  [[nodiscard]] std::string bytes() const { return read_bytes(path_); }
  void set_bytes(const std::string& bytes) const { std::ofstream(path_, std::ios::binary) << bytes; }
};

TEST_F(Journal, GivesBackWhatWasWritten) {
  write_three();
  const JournalReader reader(path_);
  ASSERT_EQ(reader.records().size(), 3U);
  EXPECT_EQ(reader.records()[1].kind, 2U);
  EXPECT_EQ(reader.records()[1].id, (RecordId{3, 4}));
  EXPECT_EQ(reader.payload(reader.records()[0]), "first");
  EXPECT_EQ(reader.payload(reader.records()[1]), "");
  EXPECT_EQ(reader.payload(reader.records()[2]), std::string(10'000, 'x'));
}

TEST_F(Journal, CutAnywhereKeepsAllCompleteRecords) {
  write_three();
  const std::string whole = bytes();
  std::size_t before = 0;
  for (std::size_t size = 0; size <= whole.size(); ++size) {
    set_bytes(whole.substr(0, size));
    const std::size_t kept = JournalReader(path_).records().size();
    EXPECT_GE(kept, before);
    before = kept;
    JournalWriter(path_).append(3, {7, 8}, "next");
    const JournalReader reader(path_);
    ASSERT_EQ(reader.records().size(), kept + 1) << size;
    EXPECT_EQ(reader.payload(reader.records().back()), "next");
  }
  EXPECT_EQ(before, 3U);
}

TEST_F(Journal, DamagedPayloadHarmsNoOtherRecord) {
  write_three();
  std::string damaged = bytes();
  damaged[JournalReader(path_).records()[0].offset + 2] ^= 1;
  set_bytes(damaged);
  const JournalReader reader(path_);
  ASSERT_EQ(reader.records().size(), 3U);
  EXPECT_FALSE(reader.is_sound(reader.records()[0]));
  EXPECT_THROW((void)reader.payload(reader.records()[0]), JournalError);
  EXPECT_TRUE(reader.is_sound(reader.records()[2]));
}

// The head says that a record unpacks to a terabyte, and its checksum is right: no such space is asked for.
TEST_F(Journal, AMadeUpSizeIsNoRecord) {
  JournalWriter(path_).append(1, {1, 2}, "first");
  std::string made_up = bytes();
  constexpr std::size_t head =
      17;  // after "ketsim journal 1\n": size at 40, and at 52 the checksum of all before
  const std::uint64_t size = std::uint64_t{1} << 40;
  made_up.replace(head + 40, sizeof size, reinterpret_cast<const char*>(&size), sizeof size);
  const auto checksum =
      static_cast<std::uint32_t>(crc32_z(0, reinterpret_cast<const Bytef*>(&made_up[head]), 52));
  made_up.replace(head + 52, sizeof checksum, reinterpret_cast<const char*>(&checksum), sizeof checksum);
  ASSERT_EQ(made_up.size(), bytes().size());
  set_bytes(made_up);
  EXPECT_TRUE(JournalReader(path_).records().empty());
}

TEST_F(Journal, LargeRecordsComeBackToo) {
  std::string large(std::size_t{17} << 20, 'x');
  large[12'345'678] = 'y';
  JournalWriter(path_).append(1, {1, 1}, large);
  const JournalReader reader(path_);
  ASSERT_EQ(reader.records().size(), 1U);
  EXPECT_FALSE(reader.records()[0].is_packed);
  EXPECT_TRUE(reader.is_sound(reader.records()[0]));
  EXPECT_EQ(reader.payload(reader.records()[0]), large);
}

TEST_F(Journal, HasOneWriterAtATime) {
  const JournalWriter writer(path_);
  EXPECT_TRUE(is_being_written(path_));
  EXPECT_THROW(JournalWriter{path_}, JournalError);
}

TEST_F(Journal, IsFreeWhenItsWriterIsGone) {
  write_three();
  EXPECT_FALSE(is_being_written(path_));
  EXPECT_FALSE(is_being_written(path_ + "-absent"));
}

TEST_F(Journal, RefusesWhatIsNoJournal) {
  set_bytes("title: a scenario\n");
  EXPECT_THROW(JournalReader{path_}, JournalError);
  EXPECT_THROW(JournalWriter{path_}, JournalError);
  EXPECT_EQ(bytes(), "title: a scenario\n");
  EXPECT_THROW(JournalReader{folder_.path("")}, JournalError);
  EXPECT_THROW(JournalReader{"/dev/null"}, JournalError);
}

TEST_F(Journal, TakesRecordsFromManyThreads) {
  {
    JournalWriter writer(path_);
    std::vector<std::thread> threads;
    for (std::uint64_t t = 0; t < 4; ++t) {
      threads.emplace_back([&writer, t] {
        for (std::uint64_t i = 0; i < 50; ++i) writer.append(1, {t, i}, std::string(i, 'y'));
      });
    }
    for (std::thread& thread : threads) thread.join();
  }
  const JournalReader reader(path_);
  ASSERT_EQ(reader.records().size(), 200U);
  for (const RecordPlace& place : reader.records())
    EXPECT_EQ(reader.payload(place), std::string(place.id.low, 'y'));
}

}  // namespace
}  // namespace ketsim
