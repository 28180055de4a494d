#include "sweep_records.hpp"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

namespace ketsim {

namespace fs = std::filesystem;

namespace {

constexpr const char* journal_ending = ".journal";

//! Of a session; none where its record is damaged: only the time left is reckoned from it.
std::uint32_t threads_of(const JournalReader& journal, const RecordPlace& session) {
  if (!journal.is_sound(session)) return 0;
  try {
    const std::string payload = journal.payload(session);
    std::uint32_t threads = 0;
    ByteReader reader(payload);
    reader(threads);
    return threads;
  } catch (const DamagedBytes&) {
    return 0;
  }
}

}  // namespace

std::string worlds_path(const std::string& folder, const Shard& shard) {
  return (fs::path(folder) / fmt::format("shard-{}-of-{}.worlds", shard.number, shard.count)).string();
}

std::string journal_path(const std::string& folder, const Shard& shard) {
  return (fs::path(folder) / fmt::format("shard-{}-of-{}{}", shard.number, shard.count, journal_ending))
      .string();
}

SweepJournals::SweepJournals(const std::string& folder) {
  std::vector<std::string> paths;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error); !error && entry != fs::directory_iterator();
       entry.increment(error)) {
    if (entry->path().extension() == journal_ending) paths.push_back(entry->path().string());
  }
  const bool is_begun = error != std::errc::no_such_file_or_directory;  // else nothing is done yet
  if (error && is_begun) throw JournalError(fmt::format("{}: cannot be read: {}", folder, error.message()));
  std::ranges::sort(paths);
  for (const std::string& path : paths) read(path);
}

void SweepJournals::read(const std::string& path) {
  const bool is_live = is_being_written(path);
  const std::size_t number = journals_.size();
  const JournalReader& journal = journals_.emplace_back(path);
  std::map<RecordId, std::int64_t> started;  // of this session
  std::uint32_t threads = 0;
  for (const RecordPlace& place : journal.records()) {
    switch (static_cast<SweepRecord>(place.kind)) {
      case SweepRecord::session:
        threads = threads_of(journal, place);
        started.clear();
        break;
      case SweepRecord::started:
        started[place.id] = place.written_at;
        break;
      case SweepRecord::finished:
      case SweepRecord::failed: {
        const auto begun = started.find(place.id);
        const std::int64_t lasted = begun == started.end() ? 0 : place.written_at - begun->second;
        const double seconds =
            static_cast<double>(std::max<std::int64_t>(lasted, 0)) / 1000.0;  // clocks jump
        if (begun != started.end()) started.erase(begun);
        const bool is_finished = static_cast<SweepRecord>(place.kind) == SweepRecord::finished;
        (is_finished ? finished_ : failed_)[place.id] = {number, place, seconds};
        break;
      }
    }
  }
  if (!is_live) return;
  threads_ += threads;
  for (const auto& [id, when] : started) running_[id] = true;
}

const SweepJournals::Entry* SweepJournals::find(RecordId id, SweepRecord kind) const {
  const std::map<RecordId, Entry>& entries = kind == SweepRecord::finished ? finished_ : failed_;
  const auto found = entries.find(id);
  return found == entries.end() ? nullptr : &found->second;
}

}  // namespace ketsim
