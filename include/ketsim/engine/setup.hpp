// Setup: what all replicates of a scenario share, made once. Context: what a process or instrument sees of
// one world.
#pragma once

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <vector>

#include "ketsim/engine/instrument.hpp"
#include "ketsim/engine/population.hpp"
#include "ketsim/engine/withheld_award.hpp"
#include "ketsim/model/world.hpp"
#include "ketsim/scenario/scenario.hpp"

namespace ketsim {

//! Whom a policy is for, by rows instead of by names: asked of every firm by each act of outreach.
struct TargetMask {
  std::array<bool, size_class_count> sizes{};
  std::vector<std::uint8_t> sectors;  //!< 1: inside the target
  std::vector<std::uint8_t> regions;  //!< of the target's countries
  std::vector<std::uint8_t> kets;
};

//! Everything derived from a scenario alone. Immutable; shared between threads.
struct Setup {
  Scenario scenario;
  std::shared_ptr<const Geography> geography;
  std::shared_ptr<const Geography> founding_geography;  //!< another one only where a border is lifted
  PopulationPlan population;
  std::vector<TargetMask> targets;            //!< by policy
  std::vector<std::string> programme_labels;  //!< of the dimension `programme`: of all scenarios in the file
};

//! Checks a scenario against its tables and derives the setup; problems go to `problems`.
[[nodiscard]] std::shared_ptr<Setup> make_setup(Scenario scenario, Diagnostics& problems);

//! A policy in one world: its share of the budget and the instrument behind it.
struct PolicyState {
  PolicyId id;
  ProgrammeId programme;
  std::string name;   //!< as in the scenario
  StableKey key = 0;  //!< keys its draws: from the names of programme and policy, not from their places
  const Policy* policy = nullptr;  //!< target, window, share, allocation
  const Programme* owner = nullptr;
  std::unique_ptr<Instrument> instrument;
  Money budget;                          //!< share of the programme's budget
  Money committed;                       //!< of it so far, releases and repayments taken off
  Money committed_again;                 //!< of it, to leads that had had an award before
  std::vector<WithheldAward> withheld;   //!< awards whose money is burnt when they are due
  std::uint32_t acts = 0;                //!< acts of outreach so far
  std::vector<IntermediaryId> partners;  //!< intermediaries that run the programme

  [[nodiscard]] Money left() const { return budget - committed; }
};

//! One world at work.
struct Context {
  const Setup& setup;
  World& world;
  std::vector<PolicyState>& policies;

  [[nodiscard]] const Scenario& scenario() const { return setup.scenario; }
  [[nodiscard]] const Geography& geography() const { return *setup.geography; }
  [[nodiscard]] MonthIndex month() const { return world.month; }
  [[nodiscard]] PolicyState& policy(PolicyId id) const { return policies[id.index()]; }
  //! Months since the start of the run; may lie outside it.
  [[nodiscard]] int index_of(Month month) const { return month - setup.scenario.time.start; }
  [[nodiscard]] bool is_open(const PolicyState& policy) const;  //!< inside its window now
  [[nodiscard]] bool can_prepare(
      const PolicyState& policy) const;  //!< announced, and a chance to submit is left
  [[nodiscard]] bool is_target(const PolicyState& policy, FirmId firm) const;
  [[nodiscard]] bool is_target(const PolicyState& policy, KetId ket) const {
    return setup.targets[policy.id.index()].kets[ket.index()] != 0;
  }
};

inline bool Context::is_target(const PolicyState& policy, FirmId firm) const {
  const TargetMask& target = setup.targets[policy.id.index()];
  const Firms& firms = world.firms;
  if (!target.sizes[static_cast<std::size_t>(firms.size[firm])] || target.sectors[firms.sector[firm]] == 0 ||
      target.regions[firms.region[firm]] == 0)
    return false;
  return !policy.policy->target.closed || std::ranges::any_of(policy.partners, [&](IntermediaryId partner) {
    return firms.client_of[firm] == partner.row;
  });
}

}  // namespace ketsim
