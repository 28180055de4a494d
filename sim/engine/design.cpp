#include "ketsim/engine/design.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "ketsim/base/contracts.hpp"
#include "ketsim/base/portable_math.hpp"

namespace ketsim {

Factor Factor::between(std::string name, double low, double high, Scale scale, bool is_integer) {
  expect(low <= high, "a range begins below its end");
  expect(scale == Scale::linear || low > 0.0, "a logarithmic scale begins above 0");
  Factor factor(std::move(name));
  factor.low_ = low;
  factor.high_ = high;
  factor.scale_ = scale;
  factor.is_integer_ = is_integer;
  return factor;
}

Factor Factor::among(std::string name, std::vector<std::string> values) {
  expect(!values.empty(), "a factor has values");
  Factor factor(std::move(name));
  factor.values_ = std::move(values);
  return factor;
}

Factor Factor::free(std::string name) {
  return Factor(std::move(name));
}

std::size_t Factor::levels() const {
  if (!is_integer_) return values_.size();
  return static_cast<std::size_t>(std::floor(high_) - std::ceil(low_)) + 1;
}

std::string Factor::at(double u) const {
  expect(0.0 <= u && u <= 1.0, "a quantile is between 0 and 1");
  if (is_integer_ && scale_ == Scale::logarithmic) {
    const double first = std::ceil(low_);
    const double last = std::floor(high_);
    const double value = std::floor(first * portable_exp(u * portable_log((last + 1.0) / first)));
    return level(static_cast<std::size_t>(std::clamp(value, first, last) - first));
  }
  if (const std::size_t count = levels(); count > 0)
    return level(std::min(count - 1, static_cast<std::size_t>(u * static_cast<double>(count))));
  // Both ends are hit exactly; between them rounding may not lead outside.
  if (u == 0.0) return real_text(low_);
  if (u == 1.0) return real_text(high_);
  const double value = scale_ == Scale::linear ? low_ + u * (high_ - low_)
                                               : low_ * portable_exp(u * portable_log(high_ / low_));
  return real_text(std::clamp(value, low_, high_));
}

std::string Factor::level(std::size_t level) const {
  expect(level < levels(), "a level is below their number");
  if (!is_integer_) return values_[level];
  return std::to_string(static_cast<long long>(std::ceil(low_)) + static_cast<long long>(level));
}

bool check_point_count(double points, std::size_t factors, const std::string& advice, const Location& where,
                       Diagnostics& problems) {
  const std::string size = fmt::format("design: {:.0f} points", points);
  if (points > static_cast<double>(most_design_points)) {
    problems.add(where, fmt::format("{} are more than {}; {}", size, most_design_points, advice));
    return false;
  }
  if (points * static_cast<double>(factors) > static_cast<double>(most_design_values)) {
    problems.add(where, fmt::format("{} of {} factors are more values than {}; {}", size, factors,
                                    most_design_values, advice));
    return false;
  }
  return true;
}

std::vector<std::string> values_at(const std::vector<Factor>& factors, std::span<const double> quantiles) {
  expect(factors.size() == quantiles.size(), "a quantile for each factor");
  std::vector<std::string> values;
  for (std::size_t f = 0; f < factors.size(); ++f) values.push_back(factors[f].at(quantiles[f]));
  return values;
}

}  // namespace ketsim
