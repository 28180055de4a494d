// What a run or comparison keeps on disk while it works, so that it can be gone on with: finished worlds in a
// journal, and of each world under way its last checkpoint in a file of its own. Private to experiment.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "ketsim/base/stopwatch.hpp"
#include "ketsim/experiment/experiment.hpp"
#include "ketsim/experiment/journal.hpp"
#include "twin_study.hpp"

namespace ketsim {

//! A world that is through.
struct FinishedWorld {
  std::vector<std::vector<double>> values;  //!< by series
  WorldHistory history;                     //!< for comparisons
  Rows rows;                                //!< firm by firm, of `run`
};
template <class Stream>
void stream(Stream& bytes, FinishedWorld& world) {
  bytes(world.values, world.history, world.rows);
}

//! A world on its way.
struct Checkpoint {
  std::string world;  //!< Simulation::save()
  WorldHistory history;
};

//! Safe to use from many threads, with different worlds.
class RunJournal {
 public:
  //! Throws JournalError where the work of an earlier process cannot be gone on with.
  explicit RunJournal(const KeptWork& work);

  [[nodiscard]] std::optional<FinishedWorld> finished(std::size_t world) const;
  [[nodiscard]] std::optional<Checkpoint> checkpoint(std::size_t world) const;

  //! Only once the run has lasted a while, or where checkpoints were asked for: of a short run nothing is
  //! worth keeping.
  void keep(std::size_t world, const FinishedWorld& finished);
  [[nodiscard]] bool keeps_worlds() const;
  void keep(std::size_t world, const Checkpoint& checkpoint);
  //! Makes the journal if there is none yet.
  void start();
  //! The run is complete.
  void remove();

  [[nodiscard]] std::string checkpoint_path(std::size_t world) const;

 private:
  //! Of records about a world: those of another run, or of another world, are none of this one.
  [[nodiscard]] RecordId id_of(std::size_t world) const { return {binding_, world}; }

  const KeptWork& work_;
  std::uint64_t binding_ = 0;  //!< size and CRC-32 of the head
  std::optional<JournalReader> earlier_;
  std::map<std::size_t, RecordPlace> finished_;
  mutable std::mutex mutex_;
  std::unique_ptr<JournalWriter> writer_;
  mutable Stopwatch watch_;
  mutable double seconds_ = 0.0;  //!< that the run has lasted
};

}  // namespace ketsim
