// The records of a sweep's journals, and all journals of a sweep as one. Private to experiment.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ketsim/experiment/journal.hpp"
#include "ketsim/experiment/sweep.hpp"
#include "twin_study.hpp"

namespace ketsim {

//! Kinds of records. Each says what its payload holds.
enum class SweepRecord : std::uint32_t {
  session = 1,   //!< a process begins to work: its threads, 32 bits
  started = 2,   //!< a run begins: nothing
  finished = 3,  //!< a run ends: RunOutcome
  failed = 4,    //!< a run cannot be done: the reason, a text
};

//! What a run gave.
struct RunOutcome {
  std::vector<std::vector<std::vector<double>>> values;  //!< [scenario][series] as SweepOutputs keeps them
  std::optional<Findings> findings;                      //!< of a comparison
};

template <class Stream>
void stream(Stream& bytes, RunOutcome& outcome) {
  bytes(outcome.values, outcome.findings);
}

//! How far a run had come when the work was interrupted.
struct UnfinishedRun {
  std::vector<std::vector<std::vector<double>>> values;  //!< of the scenarios that are through
  std::vector<WorldHistory> histories;                   //!< of all scenarios, for comparisons
  std::string world;                                     //!< of the next scenario: Simulation::save()
};

template <class Stream>
void stream(Stream& bytes, UnfinishedRun& run) {
  bytes(run.values, run.histories, run.world);
}

//! Journal of UnfinishedRuns of a shard, beside its journal.
[[nodiscard]] std::string worlds_path(const std::string& folder, const Shard& shard);
[[nodiscard]] std::string journal_path(const std::string& folder, const Shard& shard);

//! All journals in a folder, as they stand at this moment.
class SweepJournals {
 public:
  explicit SweepJournals(const std::string& folder);

  //! What stands last: a run that was finished stays so.
  struct Entry {
    std::size_t journal = 0;
    RecordPlace place;
    double seconds = 0.0;  //!< that the run took
  };
  [[nodiscard]] const Entry* find(RecordId id, SweepRecord kind) const;
  [[nodiscard]] bool is_sound(const Entry& entry) const {
    return journals_[entry.journal].is_sound(entry.place);
  }
  [[nodiscard]] std::string payload(const Entry& entry) const {
    return journals_[entry.journal].payload(entry.place);
  }
  //! Is the run under way in a process that lives?
  [[nodiscard]] bool is_running(RecordId id) const { return running_.contains(id); }
  //! Of all processes that live.
  [[nodiscard]] std::uint32_t threads() const { return threads_; }

 private:
  void read(const std::string& path);

  std::vector<JournalReader> journals_;
  std::map<RecordId, Entry> finished_;
  std::map<RecordId, Entry> failed_;
  std::map<RecordId, bool> running_;
  std::uint32_t threads_ = 0;
};

}  // namespace ketsim
