// Simulation: one world, month after month, through the phases of the schedule.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "ketsim/engine/observer.hpp"
#include "ketsim/engine/process.hpp"
#include "ketsim/engine/setup.hpp"
#include "ketsim/results/recorder.hpp"

namespace ketsim {

class Simulation {
 public:
  Simulation(std::shared_ptr<const Setup> setup, std::uint64_t seed, std::uint32_t replicate);
  Simulation(const Simulation&) = delete;
  Simulation& operator=(const Simulation&) = delete;

  void run();   //!< all months that are left
  void step();  //!< one month

  [[nodiscard]] bool is_done() const { return steps_ == setup_->scenario.months(); }
  [[nodiscard]] const World& world() const { return world_; }
  [[nodiscard]] World& world() { return world_; }
  [[nodiscard]] const std::vector<PolicyState>& policies() const { return policies_; }
  [[nodiscard]] Context context() { return {*setup_, world_, policies_}; }
  [[nodiscard]] Recorder& recorder() { return recorder_; }
  [[nodiscard]] double loop_seconds() const {
    return loop_seconds_;
  }  //!< wall time of the monthly loop so far [s]

 private:
  struct Step {
    std::string name;
    std::unique_ptr<Process> process;
  };

  std::shared_ptr<const Setup> setup_;
  World world_;
  std::vector<PolicyState> policies_;
  std::vector<Step> steps_of_month_;
  std::vector<std::unique_ptr<Observer>> observers_;
  Recorder recorder_;
  std::size_t steps_ = 0;
  double loop_seconds_ = 0.0;
};

}  // namespace ketsim
