// Journal: finished work on disk, record after record, so that nothing finished is lost whatever happens.
//
// A process that is killed leaves at most its last record incomplete; readers leave it out, and the next
// writer cuts it off. Records are only ever added. One process writes a journal at a time, any number read it
// meanwhile.
#pragma once

#include <compare>
#include <cstdint>
#include <initializer_list>
#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ketsim {

//! What a record is about; what the numbers mean is up to the journal's owner.
struct RecordId {
  std::uint64_t high = 0;
  std::uint64_t low = 0;
  auto operator<=>(const RecordId&) const = default;
};

//! Where a complete record stands.
struct RecordPlace {
  std::uint32_t kind = 0;
  RecordId id;
  std::int64_t written_at = 0;  //!< milliseconds since 1970, by the clock of the writing machine
  std::uint64_t offset = 0;     //!< of the stored payload in the file [byte]
  std::uint64_t stored = 0;     //!< length of the stored payload [byte]
  std::uint64_t size = 0;       //!< length of the payload [byte]
  std::uint32_t checksum = 0;   //!< CRC-32 of the stored payload
  bool is_packed = true;        //!< compressed
};

//! A journal that cannot be read or written: no journal of this version, a full disk, a second writer.
class JournalError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

//! A file descriptor that closes itself; -1: none.
class OpenFile {
 public:
  explicit OpenFile(int number) : number_(number) {}
  ~OpenFile();
  OpenFile(OpenFile&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  OpenFile& operator=(OpenFile&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  [[nodiscard]] bool is_open() const { return number_ >= 0; }
  [[nodiscard]] int number() const { return number_; }

 private:
  int number_;
};

//! Reads what stands in a journal at the moment of opening, while another process may be adding to it.
class JournalReader {
 public:
  //! Throws JournalError where the file cannot be read or is none.
  explicit JournalReader(const std::string& path);

  //! All complete records, in the order in which they were written.
  [[nodiscard]] const std::vector<RecordPlace>& records() const { return records_; }
  //! Throws JournalError where its checksum tells of damage.
  [[nodiscard]] std::string payload(const RecordPlace& place) const;
  //! Is the payload what was written? Reads it without unpacking.
  [[nodiscard]] bool is_sound(const RecordPlace& place) const;

 private:
  [[nodiscard]] std::string stored_bytes(const RecordPlace& place) const;

  std::string path_;
  OpenFile file_;
  std::vector<RecordPlace> records_;
};

//! Adds records; from any thread.
class JournalWriter {
 public:
  //! Opens or makes the file, cuts off an incomplete record at its end, and keeps other writers out. Throws
  //! JournalError, also while another process writes the journal.
  explicit JournalWriter(std::string path);

  //! Adds a record, compressed unless it is large: packing the world of a million firms would take several
  //! seconds. After a failure (full disk) the journal ends with the record before.
  void append(std::uint32_t kind, RecordId id, std::string_view payload);
  //! Puts all on the disk: a loss of power takes nothing that was written before. append() does so every few
  //! seconds.
  void sync();

 private:
  void add(std::initializer_list<std::string_view> parts);

  std::string path_;
  OpenFile file_;
  std::uint64_t end_ = 0;       //!< of the complete records [byte]
  std::int64_t synced_at_ = 0;  //!< [ms]
  std::mutex mutex_;
};

//! Does another process write the journal at this moment?
[[nodiscard]] bool is_being_written(const std::string& path);

}  // namespace ketsim
