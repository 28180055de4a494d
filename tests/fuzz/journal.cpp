// Journals: of sweeps and of interrupted runs. An odd first byte has the checksums put right, as someone
// would who makes up a journal; else what is read ends at the first change.
#include "fuzz.hpp"

#include <zlib.h>

#include <cstring>

#include "ketsim/experiment/journal.hpp"
#include "memory_file.hpp"
#include "run_journal.hpp"
#include "sweep_records.hpp"

namespace ketsim {
namespace {

constexpr std::size_t first_line = 17;
constexpr std::size_t head = 56;
constexpr std::size_t at_stored = 32;
constexpr std::size_t at_payload_checksum = 48;
constexpr std::size_t at_head_checksum = 52;

std::uint32_t checksum(const std::string& bytes, std::size_t at, std::size_t size) {
  return static_cast<std::uint32_t>(crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data() + at), size));
}

void with_checksums(std::string& bytes) {
  bytes.replace(0, std::min(first_line, bytes.size()), "ketsim journal 1\n");
  for (std::size_t at = first_line; at + head <= bytes.size();) {
    std::memcpy(bytes.data() + at, (bytes[at] & 1) != 0 ? "\nket" : "\nKET", 4);
    std::uint64_t stored = 0;
    std::memcpy(&stored, bytes.data() + at + at_stored, sizeof stored);
    stored = std::min<std::uint64_t>(stored, bytes.size() - at - head);
    std::memcpy(bytes.data() + at + at_stored, &stored, sizeof stored);
    const std::uint32_t of_payload = checksum(bytes, at + head, stored);
    std::memcpy(bytes.data() + at + at_payload_checksum, &of_payload, sizeof of_payload);
    const std::uint32_t of_head = checksum(bytes, at, at_head_checksum);
    std::memcpy(bytes.data() + at + at_head_checksum, &of_head, sizeof of_head);
    at += head + stored;
  }
}

template <class T>
void decode(const std::string& payload) {
  try {
    T value;
    ByteReader bytes(payload);
    bytes(value);
    bytes.expect_end();
    ByteWriter again;
    again(value);
    demand(again.bytes() == payload, "what was read is written again");
  } catch (const DamagedBytes&) {
  }
}

void read(std::string bytes) {
  if (!bytes.empty() && (bytes.front() & 1) != 0) with_checksums(bytes);
  const MemoryFile file(bytes);
  try {
    const JournalReader journal(file.path());
    for (const RecordPlace& place : journal.records()) {
      (void)journal.is_sound(place);
      try {
        const std::string payload = journal.payload(place);
        decode<RunOutcome>(payload);
        decode<UnfinishedRun>(payload);
        decode<FinishedWorld>(payload);
        decode<WorldHistory>(payload);
      } catch (const JournalError&) {
      }
    }
  } catch (const JournalError&) {
  }
}

}  // namespace
}  // namespace ketsim

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  ketsim::read(std::string(ketsim::text_of(data, size)));
  return 0;
}
