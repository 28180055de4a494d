// Journals changed as somebody would who also puts the checksums right.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

#include "ketsim/base/byte_stream.hpp"
#include "ketsim/experiment/journal.hpp"

namespace ketsim {

//! The same file with the payloads of one kind changed.
inline void change_payloads(const std::string& path, std::uint32_t kind,
                            const std::function<std::string(const std::string&)>& change) {
  const std::string copy = path + ".copy";
  {
    const JournalReader reader(path);
    JournalWriter writer(copy);
    for (const RecordPlace& place : reader.records()) {
      const std::string payload = reader.payload(place);
      writer.append(place.kind, place.id, place.kind == kind ? change(payload) : payload);
    }
  }
  std::filesystem::rename(copy, path);
}

//! The same of payloads that hold values of a type.
template <class T>
void change_records(const std::string& path, std::uint32_t kind, const std::function<void(T&)>& change) {
  change_payloads(path, kind, [&change](const std::string& payload) {
    T value;
    ByteReader bytes_read(payload);
    bytes_read(value);
    change(value);
    ByteWriter bytes;
    bytes(value);
    return bytes.take();
  });
}

//! The same file with the identities of all records changed.
inline void change_ids(const std::string& path, const std::function<RecordId(RecordId)>& change) {
  const std::string copy = path + ".copy";
  {
    const JournalReader reader(path);
    JournalWriter writer(copy);
    for (const RecordPlace& place : reader.records())
      writer.append(place.kind, change(place.id), reader.payload(place));
  }
  std::filesystem::rename(copy, path);
}

}  // namespace ketsim
