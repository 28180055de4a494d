// What a comparison looks at, replicate by replicate: the scenarios at each horizon, and the worlds beside
// them that answer further questions (no border, fewer policies). Private to experiment.
#pragma once

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <vector>

#include "ketsim/engine/border_variant.hpp"
#include "ketsim/experiment/award_effect.hpp"
#include "ketsim/experiment/experiment.hpp"
#include "ketsim/experiment/measures.hpp"
#include "ketsim/experiment/shapley.hpp"

namespace ketsim {

inline constexpr std::size_t border_variants = border_variant_names.size();

//! One scenario in one replicate; all snapshots by horizon.
struct WorldHistory {
  std::vector<Snapshot> horizons;                                 //!< of the scenario itself
  std::map<Coalition, std::vector<Snapshot>> coalitions;          //!< of the same with fewer policies
  std::array<std::vector<Snapshot>, border_variants> borderless;  //!< of the same without the border
  std::vector<AwardEffect> award_effects;                         //!< mean over the awards withheld
};

template <class Stream>
void stream(Stream& bytes, WorldHistory& history) {
  bytes(history.horizons, history.coalitions, history.borderless, history.award_effects);
}

//! What one replicate shows.
struct Findings {
  std::vector<std::vector<TwinEffect>> effects;                //!< [alternative][horizon]
  std::vector<std::vector<std::vector<double>>> net_shares;    //!< [alternative][horizon][rest, policies...]
  std::vector<std::vector<std::vector<double>>> money_shares;  //!< the same of public money [EUR]
  std::vector<std::vector<std::vector<double>>> border_cost;   //!< [scenario][horizon][variant]
  std::vector<std::vector<AwardEffect>> award_effects;         //!< [alternative][horizon]
};

template <class Stream>
void stream(Stream& bytes, Findings& findings) {
  bytes(findings.effects, findings.net_shares, findings.money_shares, findings.border_cost,
        findings.award_effects);
}

class TwinStudy {
 public:
  TwinStudy(const std::vector<ExperimentScenario>& scenarios, const ExperimentOptions& options);

  //! Notes the month of a scenario's world if it is a horizon.
  void look(const Simulation& simulation, WorldHistory& history) const;
  //! Runs the worlds beside a scenario's own, which has ended; false when `interrupted` (asked each month)
  //! said so. `graph`: of its replicates, if they share one.
  [[nodiscard]] bool run_beside(std::size_t scenario, const Simulation& own, const TieNetwork* graph,
                                const std::function<bool()>& interrupted, WorldHistory& history) const;
  //! Compares the scenarios of a replicate, given by scenario.
  [[nodiscard]] Findings compare(std::uint32_t replicate, const std::vector<WorldHistory>& histories) const;
  //! Firm by firm.
  [[nodiscard]] Rows rows(std::uint32_t replicate, const std::vector<WorldHistory>& histories) const;

  // Of what was read from a file (kept_checks.cpp): DamagedBytes where the study cannot have given it.
  //! Of a world after so many months.
  void check_begun(const WorldHistory& history, std::size_t months) const;
  //! Of one that has ended, as the worlds beside it have.
  void check_ended(const WorldHistory& history, std::size_t scenario, std::uint32_t replicate) const;
  void check(const Findings& findings) const;

  //! Takes the findings of the next replicate.
  void add(const Findings& findings);
  [[nodiscard]] std::vector<Dimension> dimensions() const;
  [[nodiscard]] std::vector<Measure> measures() const;
  //! Half the width of the interval of the mean over the mean, at the last horizon, the greatest of all
  //! alternatives; infinite where it is not defined.
  [[nodiscard]] double relative_error(const std::string& measure) const;

 private:
  [[nodiscard]] const Scenario& scenario(std::size_t s) const { return scenarios_[s].setup->scenario; }
  [[nodiscard]] std::size_t alternatives() const { return scenarios_.size() - 1; }
  [[nodiscard]] std::size_t policies(std::size_t s) const { return policy_labels(scenario(s)).size(); }
  [[nodiscard]] std::vector<PolicyOrder> orders(std::size_t s, std::uint32_t replicate) const;
  [[nodiscard]] MonthIndex month_of(std::size_t horizon) const;
  [[nodiscard]] bool are_snapshots(const std::vector<Snapshot>& snapshots, std::size_t horizons) const;
  [[nodiscard]] std::vector<Snapshot> snapshots_of(Simulation& simulation,
                                                   const std::function<bool()>& interrupted) const;
  void withhold_awards(std::size_t scenario, const Simulation& own, const TieNetwork* graph,
                       const std::function<bool()>& interrupted, WorldHistory& history) const;
  void share_among_policies(std::size_t alternative, std::uint32_t replicate,
                            const std::vector<WorldHistory>& histories, Findings& findings) const;
  void add_border_cost(std::vector<Measure>& measures) const;
  void add_award_effects(std::vector<Measure>& measures) const;
  void add_shapley(std::vector<Measure>& measures, const std::string& name,
                   std::vector<std::vector<std::vector<double>>> Findings::*shares) const;

  const std::vector<ExperimentScenario>& scenarios_;
  const ExperimentOptions& options_;
  std::vector<Month> horizons_;
  EffectShape shape_;
  std::vector<std::string> policy_labels_;  //!< `rest`, then of all alternatives
  Effects effects_;                         //!< [alternative][horizon][replicate]
  std::vector<Findings> findings_;          //!< by replicate, without effects
};

}  // namespace ketsim
