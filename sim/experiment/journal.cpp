#include "ketsim/experiment/journal.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <new>
#include <system_error>
#include <type_traits>
#include <utility>

namespace ketsim {

OpenFile::~OpenFile() {
  if (is_open()) ::close(number_);
}

namespace {

// The format: the line below; then records, each of a head, which ends with its own checksum, and the
// payload, compressed.
constexpr std::string_view first_line = "ketsim journal 1\n";

struct Head {
  std::uint32_t mark = 0;
  std::uint32_t kind = 0;
  std::uint64_t id_high = 0;
  std::uint64_t id_low = 0;
  std::int64_t written_at = 0;
  std::uint64_t stored = 0;
  std::uint64_t size = 0;
  std::uint32_t payload_checksum = 0;
  std::uint32_t head_checksum = 0;  //!< of all before it
};
static_assert(sizeof(Head) == 56 && std::has_unique_object_representations_v<Head>);
constexpr std::uint32_t record_mark = 0x7465'6b0a;        // "\nket"
constexpr std::uint32_t large_record_mark = 0x5445'4b0a;  // "\nKET": the payload as it is
constexpr std::uint64_t most_payload = std::uint64_t{1} << 40;
constexpr std::size_t most_packed = std::size_t{1} << 24;  // [byte]
constexpr std::uint64_t best_packing =
    1100;  // zlib packs 1 to 1032 at best; a head that says more was made up

constexpr int compression_level = 1;          // the values of a run are few; a higher level saves 5 % of them
constexpr std::int64_t between_syncs = 5000;  // [ms]

[[noreturn]] void fail(const std::string& path, const std::string& reason) {
  throw JournalError(path + ": " + reason);
}

[[noreturn]] void fail_with_errno(const std::string& path, const char* doing) {
  fail(path, std::string(doing) + ": " + std::generic_category().message(errno));
}

std::int64_t now() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

std::uint32_t checksum(const void* bytes, std::size_t size) {
  return static_cast<std::uint32_t>(crc32_z(0, static_cast<const Bytef*>(bytes), size));
}

std::uint32_t checksum_of(const Head& head) {
  return checksum(&head, offsetof(Head, head_checksum));
}

bool is_head(const Head& head) {
  return (head.mark == record_mark || head.mark == large_record_mark) &&
         head.head_checksum == checksum_of(head) && head.size <= most_payload &&
         head.size / best_packing <= head.stored;
}

//! As many bytes as there are, up to `size`.
std::size_t read_at(int file, std::uint64_t offset, void* to, std::size_t size) {
  std::size_t got = 0;
  while (got < size) {
    const ssize_t step =
        ::pread(file, static_cast<char*>(to) + got, size - got, static_cast<off_t>(offset + got));
    if (step < 0 && errno == EINTR) continue;
    if (step <= 0) break;
    got += static_cast<std::size_t>(step);
  }
  return got;
}

bool write_at(int file, std::uint64_t offset, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t step = ::pwrite(file, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (step < 0 && errno == EINTR) continue;
    if (step < 0) return false;
    offset += static_cast<std::uint64_t>(step);
    bytes.remove_prefix(static_cast<std::size_t>(step));
  }
  return true;
}

std::string packed(std::string_view payload) {
  uLongf size = compressBound(payload.size());
  std::string result(size, '\0');
  if (compress2(reinterpret_cast<Bytef*>(result.data()), &size,
                reinterpret_cast<const Bytef*>(payload.data()), payload.size(), compression_level) != Z_OK)
    throw std::bad_alloc();
  result.resize(size);
  return result;
}

int open_file(const std::string& path, int flags) {
  constexpr mode_t all_read = 0644;
  return ::open(path.c_str(), flags | O_CLOEXEC | O_NONBLOCK, all_read);  // a pipe is refused, not waited for
}

bool is_regular(int file) {
  struct stat about {};
  return ::fstat(file, &about) == 0 && S_ISREG(about.st_mode);
}

std::uint64_t size_of(int file) {
  struct stat about {};
  return ::fstat(file, &about) == 0 ? static_cast<std::uint64_t>(about.st_size) : 0;
}

//! Records up to the first that is not complete.
struct Contents {
  std::vector<RecordPlace> records;
  std::uint64_t sound_bytes = 0;
};

Contents contents_of(int file, const std::string& path) {
  std::array<char, first_line.size()> line{};
  const std::size_t got = is_regular(file) ? read_at(file, 0, line.data(), line.size()) : 0;
  if (!is_regular(file) || !first_line.starts_with(std::string_view(line.data(), got)))
    fail(path, "is no journal of this version of ketsim");
  if (got < first_line.size()) return {};  // its writer was stopped in the first line
  const std::uint64_t size = size_of(file);
  Contents contents{{}, first_line.size()};
  Head head;
  while (read_at(file, contents.sound_bytes, &head, sizeof head) == sizeof head && is_head(head)) {
    const std::uint64_t offset = contents.sound_bytes + sizeof head;
    if (head.stored > size || offset > size - head.stored) break;
    contents.records.push_back({head.kind,
                                {head.id_high, head.id_low},
                                head.written_at,
                                offset,
                                head.stored,
                                head.size,
                                head.payload_checksum,
                                head.mark == record_mark});
    contents.sound_bytes = offset + head.stored;
  }
  return contents;
}

// Locks of the open file: they work over network file systems too, and asking for one takes none.
struct flock whole_file() {
  struct flock lock {};
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  return lock;
}

bool lock(int file) {
  struct flock wanted = whole_file();
  return ::fcntl(file, F_OFD_SETLK, &wanted) == 0;
}

}  // namespace

JournalReader::JournalReader(const std::string& path) : path_(path), file_(open_file(path, O_RDONLY)) {
  if (!file_.is_open()) fail_with_errno(path, "cannot be read");
  Contents contents = contents_of(file_.number(), path);
  records_ = std::move(contents.records);
}

std::string JournalReader::stored_bytes(const RecordPlace& place) const {
  std::string bytes(place.stored, '\0');
  if (read_at(file_.number(), place.offset, bytes.data(), bytes.size()) != bytes.size() ||
      checksum(bytes.data(), bytes.size()) != place.checksum)
    fail(path_, "a record is damaged");
  return bytes;
}

bool JournalReader::is_sound(const RecordPlace& place) const {
  try {
    return !stored_bytes(place).empty();
  } catch (const JournalError&) {
    return false;
  }
}

std::string JournalReader::payload(const RecordPlace& place) const {
  std::string stored = stored_bytes(place);
  if (!place.is_packed) return stored;
  std::string result(place.size, '\0');
  uLongf size = place.size;
  if (uncompress(reinterpret_cast<Bytef*>(result.data()), &size,
                 reinterpret_cast<const Bytef*>(stored.data()), stored.size()) != Z_OK ||
      size != place.size)
    fail(path_, "a record is damaged");
  return result;
}

JournalWriter::JournalWriter(std::string path)
    : path_(std::move(path)), file_(open_file(path_, O_RDWR | O_CREAT)) {
  if (!file_.is_open()) fail_with_errno(path_, "cannot be written");
  if (!lock(file_.number())) fail(path_, "another process is writing it");
  end_ = contents_of(file_.number(), path_).sound_bytes;
  if (::ftruncate(file_.number(), static_cast<off_t>(end_)) != 0) fail_with_errno(path_, "cannot be written");
  if (end_ == 0) add({first_line});
  synced_at_ = now();
}

void JournalWriter::append(std::uint32_t kind, RecordId id, std::string_view payload) {
  const bool is_packed = payload.size() <= most_packed;
  const std::string packed_payload = is_packed ? packed(payload) : std::string();
  const std::string_view stored = is_packed ? packed_payload : payload;
  Head head{
      is_packed ? record_mark : large_record_mark, kind, id.high, id.low, 0, stored.size(), payload.size(),
      checksum(stored.data(), stored.size()),      0};
  const std::lock_guard guard(mutex_);
  head.written_at = now();
  head.head_checksum = checksum_of(head);
  add({std::string_view(reinterpret_cast<const char*>(&head), sizeof head), stored});
  if (head.written_at - synced_at_ >= between_syncs) sync();
}

void JournalWriter::add(std::initializer_list<std::string_view> parts) {
  std::uint64_t end = end_;
  for (const std::string_view part : parts) {
    if (!write_at(file_.number(), end, part)) {
      const int reason = errno;
      // Where not even that works, the next writer does it.
      [[maybe_unused]] const int ignored = ::ftruncate(file_.number(), static_cast<off_t>(end_));
      errno = reason;
      fail_with_errno(path_, "cannot be written");
    }
    end += part.size();
  }
  end_ = end;
}

void JournalWriter::sync() {
  if (::fdatasync(file_.number()) != 0) fail_with_errno(path_, "cannot be written to disk");
  synced_at_ = now();
}

bool is_being_written(const std::string& path) {
  const OpenFile file(open_file(path, O_RDONLY));
  struct flock wanted = whole_file();
  return file.is_open() && ::fcntl(file.number(), F_OFD_GETLK, &wanted) == 0 && wanted.l_type != F_UNLCK;
}

}  // namespace ketsim
