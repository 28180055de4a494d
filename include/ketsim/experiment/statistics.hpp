// Estimates over replicates. Two kinds of doubt, never merged: how well the replicates pin down the mean of
// the model (shrinks as they grow in number), and how far single histories lie apart (does not).
#pragma once

#include <vector>

namespace ketsim {

//! An estimate with the two ends of a range; NaN where it is not defined.
struct Interval {
  double mean = 0.0;
  double low = 0.0;
  double high = 0.0;
};

//! Mean with its 95 % interval (Student's t over replicates); NaN bounds for a single replicate.
[[nodiscard]] Interval mean_interval(const std::vector<double>& values);

//! Ratio of means with Fieller's 95 % interval on paired values (Fieller 1954, J. R. Stat. Soc. B 16:175).
//! Not defined (all NaN) where the mean of the denominator cannot be told from zero.
[[nodiscard]] Interval fieller_interval(const std::vector<double>& numerator,
                                        const std::vector<double>& denominator);

//! Range of luck: mean, and the 5 % and 95 % quantiles of single replicates, linear between order statistics
//! (Hyndman and Fan 1996, definition 7). NaN bounds for a single replicate.
[[nodiscard]] Interval luck_range(std::vector<double> values);

//! 97.5 % quantile of Student's t.
[[nodiscard]] double student_quantile(double degrees_of_freedom);

//! Gini coefficient of `amount` per head over groups with so many heads (Lorenz curve of groups by rising
//! amount per head): 0 equal, towards 1 all in one small group, above 1 where many groups have less than
//! nothing. NaN without heads, or where the amounts do not add up to more than nothing.
[[nodiscard]] double gini_per_head(const std::vector<double>& amount, const std::vector<double>& heads);

//! Gini coefficient of the means over replicates, amounts[replicate][group] per heads[replicate][group], with
//! its 95 % interval by the jackknife over replicates (Tukey 1958, Ann. Math. Stat. 29:614). That of means
//! and not the mean of Ginis, which luck in small groups would drive up. Not defined (all NaN) where the mean
//! of the total cannot be told from nothing.
[[nodiscard]] Interval gini_of_means(const std::vector<std::vector<double>>& amounts,
                                     const std::vector<std::vector<double>>& heads);

}  // namespace ketsim
