// One world of a run or comparison, from its first month, or from where an earlier process left it, to its
// last. Private to experiment.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "run_journal.hpp"

namespace ketsim {

//! What a world took.
struct WorldWork {
  std::uint64_t agent_steps = 0;
  double loop_seconds = 0.0;  //!< wall time of the monthly loop [s]
  std::vector<StepTime> times;
};

//! Which world of the experiment it is.
struct WorldPlace {
  std::size_t number = 0;  //!< among all, as the journal has it
  std::size_t scenario = 0;
  std::uint32_t replicate = 0;
  const TieNetwork* graph = nullptr;  //!< of peers, where replicates share it
};

class WorldRun {
 public:
  //! `study`: of comparisons, or none; `journal`: where work is kept, or none.
  WorldRun(const std::vector<ExperimentScenario>& scenarios, const ExperimentOptions& options,
           const TwinStudy* study, RunJournal* journal, const WorldPlace& place)
      : scenarios_(scenarios), options_(options), study_(study), journal_(journal), place_(place) {}

  //! Nothing where interrupted: then a checkpoint is kept.
  [[nodiscard]] std::optional<FinishedWorld> run(WorldWork& work);

 private:
  [[nodiscard]] std::unique_ptr<Simulation> begin(WorldHistory& history) const;
  bool run_months(Simulation& simulation, WorldHistory& history, WorldWork& work);
  bool run_beside(const Simulation& own, WorldHistory& history, WorldWork& work);
  void keep_checkpoint(const Simulation& simulation, const WorldHistory& history, WorldWork& work);
  [[nodiscard]] bool is_interrupted() const { return options_.interrupted && options_.interrupted(); }

  const std::vector<ExperimentScenario>& scenarios_;
  const ExperimentOptions& options_;
  const TwinStudy* study_;
  RunJournal* journal_;
  WorldPlace place_;
};

}  // namespace ketsim
