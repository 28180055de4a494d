// Simulation: one world, month after month, through the phases of the schedule.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "ketsim/engine/observer.hpp"
#include "ketsim/engine/process.hpp"
#include "ketsim/engine/setup.hpp"
#include "ketsim/results/recorder.hpp"

namespace ketsim {

//! Wall time that one process of the month (or all observers) took in all months so far.
struct StepTime {
  std::string name;
  double seconds = 0.0;  //!< [s]
};

//! The graph of peers that all replicates share where network.per_replicate is false.
[[nodiscard]] TieNetwork found_network(const Setup& setup, std::uint64_t seed);

class Simulation {
 public:
  //! `shared`: from found_network(); without it the world builds the same graph for itself.
  Simulation(const std::shared_ptr<const Setup>& setup, std::uint64_t seed, std::uint32_t replicate,
             const TieNetwork* shared = nullptr);
  //! Restored from save(): goes on as the world that was saved would have, to the bit. Throws DamagedBytes
  //! where the bytes are not of this setup.
  Simulation(const std::shared_ptr<const Setup>& setup, std::uint64_t seed, std::uint32_t replicate,
             std::string_view saved);
  Simulation(const Simulation&) = delete;
  Simulation& operator=(const Simulation&) = delete;

  //! One award is not made, and its money burnt (withheld_award.hpp). Before its decision; of an award that
  //! is never made nothing follows.
  void withhold(const WithheldAward& award);

  //! From now on the world is audited after each process (audit.hpp): then step() throws AuditFailure, which
  //! names month and process, at the first violation.
  void audit_each_step() { is_audited_ = true; }

  void run();   //!< all months that are left
  void step();  //!< one month

  //! Everything between two months, as bytes.
  [[nodiscard]] std::string save() const;

  [[nodiscard]] std::size_t months_done() const { return steps_; }
  [[nodiscard]] bool is_done() const { return steps_ == setup_->scenario.months(); }
  [[nodiscard]] const World& world() const { return world_; }
  [[nodiscard]] World& world() { return world_; }
  [[nodiscard]] const std::vector<PolicyState>& policies() const { return policies_; }
  [[nodiscard]] Context context() { return {*setup_, world_, policies_}; }
  [[nodiscard]] Recorder& recorder() { return recorder_; }
  [[nodiscard]] std::vector<StepTime> times() const;  //!< in the order of the month
  [[nodiscard]] double loop_seconds() const;          //!< wall time of the monthly loop so far [s]

 private:
  struct Step {
    std::string name;
    std::unique_ptr<Process> process;
    double seconds = 0.0;  //!< wall time so far [s]
  };

  Simulation(std::shared_ptr<const Setup> setup, World world);
  template <class Stream>
  void stream_all(Stream& bytes);
  void audit_after(const std::string& process) const;

  std::shared_ptr<const Setup> setup_;
  World world_;
  std::vector<PolicyState> policies_;
  std::vector<Step> steps_of_month_;
  std::vector<std::unique_ptr<Observer>> observers_;
  Recorder recorder_;
  std::size_t steps_ = 0;
  double observing_seconds_ = 0.0;
  bool is_audited_ = false;
};

}  // namespace ketsim
