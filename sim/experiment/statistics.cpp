#include "ketsim/experiment/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "ketsim/base/contracts.hpp"

namespace ketsim {

double student_quantile(double nu) {
  // Cornish-Fisher expansion about the normal quantile (Abramowitz and Stegun 26.7.5); exact values where it
  // is poor.
  constexpr double exact[] = {12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.3060, 2.2622};
  if (nu < 1.0) return std::numeric_limits<double>::quiet_NaN();
  if (nu < 10.0) return exact[static_cast<int>(nu) - 1];
  const double z = 1.959963984540054;
  const double g1 = (z * z * z + z) / 4.0;
  const double g2 = (5.0 * std::pow(z, 5) + 16.0 * z * z * z + 3.0 * z) / 96.0;
  const double g3 = (3.0 * std::pow(z, 7) + 19.0 * std::pow(z, 5) + 17.0 * z * z * z - 15.0 * z) / 384.0;
  return z + g1 / nu + g2 / (nu * nu) + g3 / (nu * nu * nu);
}

namespace {

constexpr double undefined = std::numeric_limits<double>::quiet_NaN();

double mean_of(const std::vector<double>& values) {
  double sum = 0.0;
  for (const double value : values) sum += value;
  return values.empty() ? undefined : sum / static_cast<double>(values.size());
}

double covariance(const std::vector<double>& x, const std::vector<double>& y) {
  const double mx = mean_of(x);
  const double my = mean_of(y);
  double sum = 0.0;
  for (std::size_t i = 0; i < x.size(); ++i) sum += (x[i] - mx) * (y[i] - my);
  return sum / static_cast<double>(x.size() - 1);
}

}  // namespace

Interval mean_interval(const std::vector<double>& values) {
  const double mean = mean_of(values);
  if (values.size() < 2) return {mean, undefined, undefined};
  const auto n = static_cast<double>(values.size());
  const double half = student_quantile(n - 1.0) * std::sqrt(covariance(values, values) / n);
  return {mean, mean - half, mean + half};
}

Interval fieller_interval(const std::vector<double>& numerator, const std::vector<double>& denominator) {
  const Interval none{undefined, undefined, undefined};
  if (numerator.size() < 2) return none;
  const auto n = static_cast<double>(numerator.size());
  const double t = student_quantile(n - 1.0);
  const double a = mean_of(numerator);
  const double b = mean_of(denominator);
  const double var_a = covariance(numerator, numerator) / n;
  const double var_b = covariance(denominator, denominator) / n;
  const double cov = covariance(numerator, denominator) / n;
  const double g = t * t * var_b;
  if (b * b <= g) return none;  // the denominator cannot be told from zero
  // Roots r of (a - r b)^2 = t^2 (var_a - 2 r cov + r^2 var_b).
  const double middle = a * b - t * t * cov;
  const double root = std::sqrt(std::max(0.0, middle * middle - (b * b - g) * (a * a - t * t * var_a)));
  return {a / b, (middle - root) / (b * b - g), (middle + root) / (b * b - g)};
}

Interval luck_range(std::vector<double> values) {
  const double mean = mean_of(values);
  if (values.size() < 2 || std::isnan(mean)) return {mean, undefined, undefined};
  std::ranges::sort(values);
  const auto quantile = [&](double share) {
    const double place = share * static_cast<double>(values.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, values.size() - 1);
    return values[below] + (place - static_cast<double>(below)) * (values[above] - values[below]);
  };
  return {mean, quantile(0.05), quantile(0.95)};
}

namespace {

std::vector<double> sums_over(const std::vector<std::vector<double>>& rows) {
  std::vector<double> sums(rows.front().size());
  for (const std::vector<double>& row : rows) std::ranges::transform(sums, row, sums.begin(), std::plus<>());
  return sums;
}

std::vector<double> difference(const std::vector<double>& from, const std::vector<double>& taken) {
  std::vector<double> left(from.size());
  std::ranges::transform(from, taken, left.begin(), std::minus<>());
  return left;
}

}  // namespace

double gini_per_head(const std::vector<double>& amount, const std::vector<double>& heads) {
  expect(amount.size() == heads.size(), "an amount for each group");
  const double money = std::accumulate(amount.begin(), amount.end(), 0.0);
  const double people = std::accumulate(heads.begin(), heads.end(), 0.0);
  if (!(money > 0.0) || !(people > 0.0)) return undefined;
  std::vector<std::size_t> poorest_first(amount.size());
  std::iota(poorest_first.begin(), poorest_first.end(), std::size_t{0});
  std::ranges::stable_sort(poorest_first, [&](std::size_t a, std::size_t b) {
    return amount[a] * heads[b] < amount[b] * heads[a];  // per head, without dividing by no heads
  });
  double twice_under_curve = 0.0;  // trapezes under the Lorenz curve
  double share = 0.0;
  for (const std::size_t group : poorest_first) {
    const double next = share + amount[group] / money;
    twice_under_curve += heads[group] / people * (share + next);
    share = next;
  }
  return 1.0 - twice_under_curve;
}

Interval gini_of_means(const std::vector<std::vector<double>>& amounts,
                       const std::vector<std::vector<double>>& heads) {
  expect(amounts.size() == heads.size() && !amounts.empty(), "heads for each replicate");
  std::vector<double> totals;
  for (const auto& groups : amounts) totals.push_back(std::accumulate(groups.begin(), groups.end(), 0.0));
  if (!(mean_interval(totals).low > 0.0)) return {undefined, undefined, undefined};
  const auto replicates = static_cast<double>(amounts.size());
  const std::vector<double> all_amounts = sums_over(amounts);
  const std::vector<double> all_heads = sums_over(heads);
  const double whole = gini_per_head(all_amounts, all_heads);
  std::vector<double> pseudo_values;
  for (std::size_t r = 0; r < amounts.size(); ++r) {
    const double without =
        gini_per_head(difference(all_amounts, amounts[r]), difference(all_heads, heads[r]));
    pseudo_values.push_back(replicates * whole - (replicates - 1.0) * without);
  }
  const Interval around = mean_interval(pseudo_values);
  const double half = 0.5 * (around.high - around.low);
  return {whole, whole - half, whole + half};
}

}  // namespace ketsim
