#include "point_measures.hpp"

#include <algorithm>
#include <limits>

namespace ketsim {
namespace {

bool has_replicates(const Measure& measure) {
  return std::ranges::find(measure.dimensions, "replicate") != measure.dimensions.end();
}

}  // namespace

PointMeasures::PointMeasures(const SweepPlan& plan, const std::vector<ExperimentScenario>& base)
    : base_(base), plan_(plan) {
  options_.command = "compare";
  options_.seed = static_cast<std::uint64_t>(plan.settings.seed);
  study_.emplace(base_, options_);
  dimensions_ = study_->dimensions();
  const Setup& setup = *base_.front().setup;
  Findings nothing;
  nothing.effects.assign(base_.size() - 1, std::vector<TwinEffect>(setup.scenario.horizons.size(),
                                                                   TwinEffect(effect_shape(setup))));
  nothing.award_effects.resize(base_.size() - 1);
  TwinStudy study = *study_;
  study.add(nothing);
  measures_ = study.measures();
}

std::size_t PointMeasures::size(std::size_t m) const {
  return measures_[m].values.size() * (has_replicates(measures_[m]) ? plan_.replicates() : 1);
}

std::vector<std::vector<double>> PointMeasures::of(
    const std::vector<std::optional<Findings>>& findings) const {
  std::vector<std::vector<double>> values;
  for (std::size_t m = 0; m < measures_.size(); ++m)
    values.emplace_back(size(m), std::numeric_limits<double>::quiet_NaN());
  TwinStudy study = *study_;
  std::vector<std::size_t> replicates;
  for (std::size_t r = 0; r < findings.size(); ++r) {
    if (!findings[r]) continue;
    study.add(*findings[r]);
    replicates.push_back(r);
  }
  if (replicates.empty()) return values;
  const std::vector<Measure> measures = study.measures();
  for (std::size_t m = 0; m < measures.size(); ++m) spread(measures[m], replicates, values[m]);
  return values;
}

// Puts the values of the replicates that are there in the places of all.
void PointMeasures::spread(const Measure& measure, const std::vector<std::size_t>& replicates,
                           std::vector<double>& values) const {
  if (!has_replicates(measure)) {
    values = measure.values;
    return;
  }
  const std::size_t outer = outer_size(measure);
  const std::size_t inner = measure.values.size() / (outer * replicates.size());
  for (std::size_t o = 0; o < outer; ++o) {
    for (std::size_t r = 0; r < replicates.size(); ++r)
      std::copy_n(
          measure.values.begin() + static_cast<std::ptrdiff_t>((o * replicates.size() + r) * inner), inner,
          values.begin() + static_cast<std::ptrdiff_t>((o * plan_.replicates() + replicates[r]) * inner));
  }
}

// Dimensions before `replicate` are alternative alone or with others whose sizes follow from the values.
std::size_t PointMeasures::outer_size(const Measure& measure) const {
  std::size_t size = 1;
  for (const std::string& name : measure.dimensions) {
    if (name == "replicate") break;
    size *= std::ranges::find(dimensions_, name, &Dimension::name)->labels.size();
  }
  return size;
}

}  // namespace ketsim
