#include "run_journal.hpp"

#include <algorithm>
#include <array>
#include <filesystem>

#include <fmt/format.h>
#include <zlib.h>

namespace ketsim {
namespace {

namespace fs = std::filesystem;

//! Of FILE.ckpt head and finished worlds; of a checkpoint the history, and then the world, which may be
//! large, as it is.
enum class RunRecord : std::uint32_t { head = 1, world = 2, history = 4, saved_world = 5 };

// A world of the ROCKET core takes 0.13 s, and 5 ms more where it is kept. Of the first half minute nothing
// is kept: to do it again takes no longer than to notice that a run was stopped.
constexpr double worth_keeping = 30.0;  // [s]

std::uint32_t number(RunRecord kind) {
  return static_cast<std::uint32_t>(kind);
}

template <class T>
T read(const JournalReader& journal, const RecordPlace& place, const std::string& path, const char* advice) {
  const std::string payload = journal.payload(place);
  try {
    T value;
    ByteReader bytes(payload);
    bytes(value);
    bytes.expect_end();
    return value;
  } catch (const DamagedBytes& damage) {  // under a right checksum: it was never what ketsim writes
    throw JournalError(fmt::format("{}: {}; {}", path, damage.what(), advice));
  }
}

template <class T>
std::string written(const T& value) {
  ByteWriter bytes;
  bytes(value);
  return bytes.take();
}

// Fast, because a head holds all inputs; other runs are told by accident, not against somebody's will.
std::uint64_t binding_of(const std::string& head) {
  const uLong checksum = crc32_z(0, reinterpret_cast<const Bytef*>(head.data()), head.size());
  return static_cast<std::uint64_t>(head.size()) << 32U | checksum;
}

//! A checkpoint of a world, N or N.part?
bool is_world(std::string_view ending) {
  if (ending.ends_with(".part")) ending.remove_suffix(5);
  return !ending.empty() && ending.find_first_not_of("0123456789") == std::string_view::npos;
}

fs::path folder_of(const fs::path& file) {
  return file.has_parent_path() ? file.parent_path() : fs::path(".");
}

//! FILE.ckpt, FILE.ckpt.N or FILE.ckpt.N.part?
bool has_name_of_kept(const fs::path& file, const fs::path& path) {
  const std::string name = path.filename().string();
  const std::string other = file.filename().string();
  return other == name ||
         (other.starts_with(name + '.') && is_world(std::string_view(other).substr(name.size() + 1)));
}

//! What else is called so is the user's.
void remove_all(const std::string& path) {
  std::error_code none;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder_of(path), none)) {
    if (has_name_of_kept(entry.path(), path)) fs::remove(entry.path(), none);
  }
}

}  // namespace

bool is_kept_work(const std::string& file, const std::string& path) {
  std::error_code none;
  return fs::equivalent(folder_of(file), folder_of(path), none) && has_name_of_kept(file, path);
}

std::string head_of_kept(const std::string& path) {
  const JournalReader journal(path);
  if (journal.records().empty() || journal.records().front().kind != number(RunRecord::head))
    throw JournalError(path + ": holds nothing to go on with");
  return journal.payload(journal.records().front());
}

RunJournal::RunJournal(const KeptWork& work) : work_(work) {
  binding_ = binding_of(work.resumes ? head_of_kept(work.path) : work.head);
  if (!work.resumes) {
    if (is_being_written(work.path)) throw JournalError(work.path + ": another process is writing it");
    remove_all(work.path);
    return;
  }
  writer_ = std::make_unique<JournalWriter>(work.path);
  earlier_.emplace(work.path);
  for (const RecordPlace& place : earlier_->records()) {
    if (place.kind == number(RunRecord::world) && place.id == id_of(place.id.low))
      finished_[place.id.low] = place;
  }
}

std::optional<FinishedWorld> RunJournal::finished(std::size_t world) const {
  const auto found = finished_.find(world);
  if (found == finished_.end() || !earlier_->is_sound(found->second)) return std::nullopt;
  return read<FinishedWorld>(*earlier_, found->second, work_.path, "run the command anew");
}

std::optional<Checkpoint> RunJournal::checkpoint(std::size_t world) const {
  std::error_code none;
  if (!earlier_ || !fs::exists(checkpoint_path(world), none)) return std::nullopt;
  const JournalReader file(checkpoint_path(world));
  const std::vector<RecordPlace>& records = file.records();
  if (!std::ranges::equal(records, std::array{RunRecord::history, RunRecord::saved_world},
                          [&](const RecordPlace& place, RunRecord kind) {
                            return place.kind == number(kind) && place.id == id_of(world) &&
                                   file.is_sound(place);
                          }))
    return std::nullopt;  // the world begins anew
  return Checkpoint{file.payload(records[1]), read<WorldHistory>(file, records[0], checkpoint_path(world),
                                                                 "without this file the world begins anew")};
}

bool RunJournal::keeps_worlds() const {
  const std::lock_guard guard(mutex_);
  seconds_ += watch_.lap();
  return writer_ != nullptr || work_.every > 0 || seconds_ > worth_keeping;
}

void RunJournal::keep(std::size_t world, const FinishedWorld& finished) {
  if (!keeps_worlds()) return;
  const std::string bytes = written(finished);
  start();
  writer_->append(number(RunRecord::world), id_of(world), bytes);
  std::error_code none;
  fs::remove(checkpoint_path(world), none);
}

void RunJournal::keep(std::size_t world, const Checkpoint& checkpoint) {
  start();
  const std::string part = checkpoint_path(world) + ".part";
  std::error_code none;
  fs::remove(part, none);
  {
    JournalWriter file(part);
    file.append(number(RunRecord::history), id_of(world), written(checkpoint.history));
    file.append(number(RunRecord::saved_world), id_of(world), checkpoint.world);
    file.sync();
  }
  fs::rename(part, checkpoint_path(world));
}

void RunJournal::start() {
  const std::lock_guard guard(mutex_);
  if (writer_) return;
  auto writer = std::make_unique<JournalWriter>(work_.path);
  writer->append(number(RunRecord::head), {}, work_.head);
  writer_ = std::move(writer);
}

void RunJournal::remove() {
  writer_.reset();
  remove_all(work_.path);
}

std::string RunJournal::checkpoint_path(std::size_t world) const {
  return fmt::format("{}.{}", work_.path, world);
}

}  // namespace ketsim
