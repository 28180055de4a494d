// What a comparison of one point of a sweep gives, with replicates that are missing left out in the middle.
// Private to experiment.
#pragma once

#include <optional>
#include <vector>

#include "ketsim/experiment/sweep.hpp"
#include "twin_study.hpp"

namespace ketsim {

class PointMeasures {
 public:
  //! `base`: scenarios that stand for those of all points.
  PointMeasures(const SweepPlan& plan, const std::vector<ExperimentScenario>& base);
  PointMeasures(const PointMeasures&) = delete;
  PointMeasures& operator=(const PointMeasures&) = delete;

  [[nodiscard]] const std::vector<Dimension>& dimensions() const { return dimensions_; }
  //! Each with the values of one replicate.
  [[nodiscard]] const std::vector<Measure>& measures() const { return measures_; }
  //! Number of values of a measure at a point.
  [[nodiscard]] std::size_t size(std::size_t m) const;
  //! Values by measure, from the findings by replicate; NaN for those that are missing.
  [[nodiscard]] std::vector<std::vector<double>> of(
      const std::vector<std::optional<Findings>>& findings) const;
  //! Of findings that were read from a file: DamagedBytes where the point cannot have given them.
  void check(const Findings& findings) const { study_->check(findings); }

 private:
  void spread(const Measure& measure, const std::vector<std::size_t>& replicates,
              std::vector<double>& values) const;
  [[nodiscard]] std::size_t outer_size(const Measure& measure) const;

  const std::vector<ExperimentScenario>& base_;
  const SweepPlan& plan_;
  ExperimentOptions options_;
  std::optional<TwinStudy> study_;  //!< without findings
  std::vector<Dimension> dimensions_;
  std::vector<Measure> measures_;
};

}  // namespace ketsim
