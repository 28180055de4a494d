// Lists of overrides for limits in which the answer is known: what each of them switches off stands here, in
// one place, so that a mechanism that is added to the model is switched off here too where a limit asks for
// it.
#pragma once

#include <cmath>
#include <initializer_list>
#include <set>
#include <string>

#include "support/small_world.hpp"

namespace ketsim {

//! Several lists as one; where they contradict each other, the last one counts.
inline Overrides together(std::initializer_list<Overrides> lists) {
  Overrides all;
  for (const Overrides& list : lists) all.insert(all.end(), list.begin(), list.end());
  return all;
}

//! The months simulated, and one horizon at their end.
inline Overrides months_of(const std::string& start, const std::string& end) {
  return {"time.start=" + start, "time.end=" + end, "horizons=[" + end + "]"};
}

//! Every process but those named is switched off: also those that later versions add.
inline Overrides only_processes(const std::set<std::string>& named) {
  Overrides off;
  for (const ProcessEntry& entry : schedule()) {
    const std::string& name = entry.schema->name();
    if (!named.contains(name)) off.push_back("processes[" + name + "].enabled=false");
  }
  return off;
}

//! A world whose firms and peer ties are given at the start: firms neither enter nor leave, ties do not turn
//! over.
inline Overrides closed_world() {
  return only_processes(
      {"open_month",  "awareness",      "publicity",    "learning",       "advice_portfolios",
       "staff_hours", "facilities",     "interest",     "review",         "adoption",
       "partnering",  "applying",       "joint_pilots", "selection",      "outreach",
       "projects",    "market",         "ecosystem",    "research_lines", "finance",
       "lending",     "contact_fading", "close_month"});
}

//! Adoption is felt by nobody else through the market.
inline Overrides no_rivalry() {
  return {"decisions.rivalry=0", "decisions.business_stealing=0"};
}

//! Nothing passes between firms that stands from the start.
inline Overrides no_peer_ties() {
  return {"network.mean_degree=0", "network.mixing=0"};
}

inline Overrides no_border() {
  return {"borders[DE-NL]={language: 0, culture: 0, legislation: 0}"};
}

//! Mean and standard error of what replicates show.
class Sample {
 public:
  void add(double value) {
    ++count_;
    sum_ += value;
    squares_ += value * value;
  }
  [[nodiscard]] double count() const { return count_; }
  [[nodiscard]] double mean() const { return sum_ / count_; }
  [[nodiscard]] double variance() const { return (squares_ - sum_ * sum_ / count_) / (count_ - 1.0); }
  [[nodiscard]] double standard_error() const { return std::sqrt(std::max(variance(), 0.0) / count_); }
  //! Distance of the mean from a value, in standard errors.
  [[nodiscard]] double errors_from(double value) const { return (mean() - value) / standard_error(); }

 private:
  double count_ = 0.0;
  double sum_ = 0.0;
  double squares_ = 0.0;
};

}  // namespace ketsim
