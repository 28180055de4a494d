// Programmes and their policies: WHO (target) x WHEN (window) x HOW MUCH (share) x HOW CHOSEN (allocation) x
// WHAT (instrument). The engine runs the first four for every instrument; only the last differs from file to
// file.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ketsim/base/month.hpp"
#include "ketsim/describe/schema.hpp"

namespace ketsim {

//! Whom a policy is for. Empty lists mean no restriction.
struct Target {
  std::vector<std::string> countries;
  std::vector<std::string> sectors;
  std::vector<std::string> size_classes;
  std::vector<std::string> kets;
  bool closed = false;  //!< leads must be clients of the programme's partners (pre-approved pioneers)
};

//! When a policy acts; months without a value take the programme's.
struct Window {
  Month announced{};  //!< from when firms can prepare; 0: with the start
  Month start{};
  Month end{};               //!< first month after the window
  std::vector<Month> calls;  //!< closing months of calls; empty: open throughout
};

enum class AllocationRule : std::uint8_t { ranked, lottery, first_come, entitlement };

//! How proposals are chosen.
struct Allocation {
  AllocationRule rule = AllocationRule::first_come;
  double threshold = 0.0;            //!< least score that can be funded [1]
  double jury_reliability = 0.5;     //!< share of the variance of scores that is quality [1]
  std::int64_t decision_months = 4;  //!< from closing, or submission, to the decision [month]
  double newcomer_quota = 0.0;       //!< share of the money kept for leads without an award so far [1]
};

struct Policy {
  std::string instrument;
  Target target;
  Window window;
  double share = 0.0;  //!< of the programme's budget [1]
  Allocation allocation;
  Parameters params;  //!< declared by the instrument
};

struct Programme {
  std::string owner;
  double budget = 0.0;  //!< public money [EUR]
  Month start{};
  Month end{};                        //!< first month after the programme
  double management_share = 0.0;      //!< of the budget, spent evenly over the window [1]
  double known_share = 0.0;           //!< firms that know the programme without hearing of it from others [1]
  std::vector<std::string> partners;  //!< ids of the organisations that run it
  std::vector<Named<Policy>> policies;
};

[[nodiscard]] const Schema<Programme>& programme_schema();

}  // namespace ketsim
