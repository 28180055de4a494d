// Shapes of measures: by replicate with both kinds of doubt, an estimate with its interval, and breakdowns.
// Private to experiment.
#pragma once

#include "ketsim/experiment/measures.hpp"

namespace ketsim {

//! MEAN_NAME with NAME_low and NAME_high, its 95 % interval, over the dimensions.
void add_interval(std::vector<Measure>& measures, const std::string& name, const std::string& mean_name,
                  const std::string& unit, const std::string& doc, const std::vector<std::string>& dimensions,
                  const std::vector<Interval>& intervals);

//! values[i][replicate] for each cell i of the dimensions, row-major, the first of so many labels. As NAME
//! with `replicate` for its second dimension, NAME_mean, NAME_low, NAME_high, NAME_luck_low and
//! NAME_luck_high.
void add_over_replicates(std::vector<Measure>& measures, const std::string& name, const std::string& unit,
                         const std::string& doc, const std::vector<std::string>& dimensions,
                         std::size_t first_size, const std::vector<std::vector<double>>& values);

//! Gini coefficients over regions of net additional adopters and of months gained.
void add_concentration(std::vector<Measure>& measures, const Effects& effects);

//! Outcomes, months and money by part, replicate by replicate.
void add_breakdowns(std::vector<Measure>& measures, const Effects& effects);

}  // namespace ketsim
