// The tables of a comparison: what each alternative changed against the baseline, with its doubt.
//
// To add a measure: one line in `counted` (by replicate) or `ratios` (of means) of measures.cpp; file, report
// and `--until` follow.
#pragma once

#include <string>
#include <vector>

#include "ketsim/experiment/statistics.hpp"
#include "ketsim/experiment/twins.hpp"
#include "ketsim/results/sink.hpp"

namespace ketsim {

//! Effects by [alternative][horizon][replicate].
using Effects = std::vector<std::vector<std::vector<TwinEffect>>>;

//! All measures of a comparison. Deadweight is defined only against a baseline without a programme: else NaN.
[[nodiscard]] std::vector<Measure> make_measures(const Effects& effects, bool baseline_has_programme);

//! A measure by replicate that an option of `compare` asks for.
struct RequestedMeasure {
  std::string name;
  std::string unit;
  std::string doc;
  std::vector<std::string> dimensions;  //!< with `replicate`
  std::string option;
};
[[nodiscard]] const std::vector<RequestedMeasure>& requested_measures();

//! Labels of the dimensions that measures have beyond alternative, horizon, replicate and those of series.
[[nodiscard]] std::vector<Dimension> measure_dimensions();

//! Names of the measures with an interval of the mean.
[[nodiscard]] std::vector<std::string> names_with_interval();

//! A requested measure: values[i][replicate] for each cell i of its dimensions without `replicate`,
//! row-major, the first of so many labels. As NAME, NAME_mean, NAME_low, NAME_high, NAME_luck_low and
//! NAME_luck_high.
void add_requested(std::vector<Measure>& measures, const std::string& name, std::size_t first_size,
                   const std::vector<std::vector<double>>& values);

}  // namespace ketsim
