#include "ketsim/experiment/measures.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_map>

namespace ketsim {

Snapshot take_snapshot(const World& world) {
  const Firms& firms = world.firms;
  const std::size_t n = firms.count();
  Snapshot snapshot;
  for (std::size_t i = 0; i < n; ++i) snapshot.key.push_back(firms.key[FirmId(i)]);
  snapshot.reached.resize(n);
  for (std::size_t i = 0; i < n; ++i) snapshot.reached[i] = firms.first_reached[FirmId(i)] != never ? 1 : 0;
  for (std::size_t k = 0; k < world.ket_count(); ++k) {
    const KetId ket(k);
    for (std::size_t i = 0; i < n; ++i) {
      const FirmId firm(i);
      const bool in_use = uses(firms.stage(firm, ket)) && firms.alive[firm] != 0;
      snapshot.uses.push_back(in_use ? 1 : 0);
      snapshot.paid.push_back(firms.paid_in(firm, ket) != never ? 1 : 0);
      snapshot.adopted_in.push_back(in_use ? firms.adopted_in(firm, ket) : never);
    }
  }
  for (std::size_t p = 0; p < world.audience.size(); ++p)
    snapshot.public_money += world.ledger.public_cost(ProgrammeId(p));
  snapshot.private_money = world.private_investment + world.ledger.borne_by_partners();
  return snapshot;
}

namespace {

constexpr std::uint32_t nowhere = FirmId::none;

// For each firm of one world its row in the other, or nowhere. Most stand in the same row; the others are
// looked up by key.
std::vector<std::uint32_t> rows_in(const std::vector<StableKey>& other, const std::vector<StableKey>& keys) {
  std::vector<std::uint32_t> rows(keys.size());
  std::unordered_map<StableKey, std::uint32_t> strays;  // looked up only
  for (std::size_t i = 0; i < other.size(); ++i) {
    if (i >= keys.size() || keys[i] != other[i]) strays.emplace(other[i], static_cast<std::uint32_t>(i));
  }
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const bool same = i < other.size() && keys[i] == other[i];
    const auto found = same ? strays.end() : strays.find(keys[i]);
    rows[i] = same ? static_cast<std::uint32_t>(i) : found == strays.end() ? nowhere : found->second;
  }
  return rows;
}

// Pairs in use at the horizon, taken up during the run, of firms that the other world does not have.
double adopters_missing_in(const Snapshot& other, const Snapshot& world, std::size_t kets) {
  const std::vector<std::uint32_t> rows = rows_in(other.key, world.key);
  double sum = 0.0;
  for (std::size_t pair = 0; pair < kets * rows.size(); ++pair) {
    sum += rows[pair % rows.size()] == nowhere && world.uses[pair] != 0 && world.adopted_in[pair] >= 0;
  }
  return sum;
}

}  // namespace

TwinEffect compare_twins(const Snapshot& baseline, const Snapshot& alternative, std::size_t kets,
                         MonthIndex horizon) {
  const std::size_t n = baseline.key.size();
  const std::vector<std::uint32_t> rows = rows_in(alternative.key, baseline.key);
  TwinEffect effect;
  effect.only_with = adopters_missing_in(baseline, alternative, kets);
  effect.only_without = adopters_missing_in(alternative, baseline, kets);
  std::vector<std::uint8_t> with(n, 0);
  std::vector<std::uint8_t> without(n, 0);
  for (std::size_t k = 0; k < kets; ++k) {
    for (std::size_t i = 0; i < n; ++i) {
      if (rows[i] == nowhere) continue;
      const std::size_t pair = k * n + i;
      const std::size_t twin = k * alternative.key.size() + rows[i];
      const bool y0 = baseline.uses[pair] != 0;
      const bool y1 = alternative.uses[twin] != 0;
      without[i] = without[i] | static_cast<std::uint8_t>(y0);
      with[i] = with[i] | static_cast<std::uint8_t>(y1);
      const int t0 = baseline.adopted_in[pair];
      const int t1 = alternative.adopted_in[twin];
      if (t0 < 0 || t1 < 0) continue;  // an initial adopter in either world
      const bool paid = alternative.paid[twin] != 0;
      effect.additional += y1 && !y0;
      effect.displaced += y0 && !y1;
      effect.deadweight += y0 && y1 && paid;
      effect.accelerated += y0 && y1 && paid && t1 < t0;
      effect.spillover += y1 && !y0 && !paid && alternative.reached[rows[i]] == 0;
      effect.months_gained += std::min<int>(t0, horizon) - std::min<int>(t1, horizon);
    }
  }
  for (std::size_t i = 0; i < n; ++i)
    effect.additional_firms += static_cast<double>(with[i]) - static_cast<double>(without[i]);
  effect.public_money = (alternative.public_money - baseline.public_money).euros();
  effect.private_money = (alternative.private_money - baseline.private_money).euros();
  return effect;
}

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
  const double n = static_cast<double>(values.size());
  const double half = student_quantile(n - 1.0) * std::sqrt(covariance(values, values) / n);
  return {mean, mean - half, mean + half};
}

Interval fieller_interval(const std::vector<double>& numerator, const std::vector<double>& denominator) {
  const Interval none{undefined, undefined, undefined};
  if (numerator.size() < 2) return none;
  const double n = static_cast<double>(numerator.size());
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

namespace {

using Effects = std::vector<std::vector<std::vector<TwinEffect>>>;
using Pick = double (*)(const TwinEffect&);

struct MeasureInfo {
  const char* name;
  const char* unit;
  const char* doc;
  Pick pick;
};

constexpr MeasureInfo counted[] = {
    {"additional_adopters", "1",
     "pairs of firm and KET in use at the horizon with the alternative and not with the baseline",
     [](const TwinEffect& e) { return e.additional; }},
    {"displaced_adopters", "1", "pairs in use with the baseline and not with the alternative",
     [](const TwinEffect& e) { return e.displaced; }},
    {"net_additional_adopters", "1",
     "additional less displaced adopters: the headline, free of how the twins are coupled",
     [](const TwinEffect& e) { return e.net(); }},
    {"deadweight_adopters", "1", "pairs in use either way that were paid by the alternative",
     [](const TwinEffect& e) { return e.deadweight; }},
    {"accelerated_adopters", "1", "of the deadweight, pairs that were adopted earlier with the alternative",
     [](const TwinEffect& e) { return e.accelerated; }},
    {"spillover_adopters", "1", "additional adopters that were neither paid nor reached in person",
     [](const TwinEffect& e) { return e.spillover; }},
    {"adopters_of_firms_only_with", "1",
     "pairs in use at the horizon of firms that exist with the alternative only; not among the additional "
     "ones",
     [](const TwinEffect& e) { return e.only_with; }},
    {"adopters_of_firms_only_without", "1",
     "pairs in use of firms that exist with the baseline only; not among the displaced ones",
     [](const TwinEffect& e) { return e.only_without; }},
    {"net_additional_firms", "1", "firms with at least one KET in use: alternative less baseline",
     [](const TwinEffect& e) { return e.additional_firms; }},
    {"months_gained", "month",
     "months by which adoption came earlier, min(T0, H) - min(T1, H), summed over pairs",
     [](const TwinEffect& e) { return e.months_gained; }},
    {"public_money_change", "EUR",
     "cost to the public (paid and outstanding; loans at the interest saved and with their losses): "
     "alternative less baseline",
     [](const TwinEffect& e) { return e.public_money; }},
    {"private_money_change", "EUR",
     "private spending in projects, pilots and adoption, bank loans included: alternative less baseline",
     [](const TwinEffect& e) { return e.private_money; }},
};

std::vector<double> values_of(const std::vector<TwinEffect>& replicates, Pick pick) {
  std::vector<double> values;
  for (const TwinEffect& effect : replicates) values.push_back(pick(effect));
  return values;
}

void add_intervals(std::vector<Measure>& measures, const std::string& name, const std::string& mean_name,
                   const std::string& unit, const std::string& doc, const std::vector<Interval>& intervals) {
  Measure mean{mean_name, unit, {"alternative", "horizon"}, doc, {}};
  Measure low{
      name + "_low", unit, {"alternative", "horizon"}, "lower end of the 95 % interval of " + mean_name, {}};
  Measure high{
      name + "_high", unit, {"alternative", "horizon"}, "upper end of the 95 % interval of " + mean_name, {}};
  for (const Interval& interval : intervals) {
    mean.values.push_back(interval.mean);
    low.values.push_back(interval.low);
    high.values.push_back(interval.high);
  }
  measures.push_back(std::move(mean));
  measures.push_back(std::move(low));
  measures.push_back(std::move(high));
}

void add_counted(std::vector<Measure>& measures, const Effects& effects, const MeasureInfo& info) {
  Measure by_replicate{info.name, info.unit, {"alternative", "replicate", "horizon"}, info.doc, {}};
  std::vector<Interval> intervals;
  for (const auto& alternative : effects) {
    const std::size_t replicates = alternative.empty() ? 0 : alternative.front().size();
    for (std::size_t r = 0; r < replicates; ++r) {
      for (const auto& horizon : alternative) by_replicate.values.push_back(info.pick(horizon[r]));
    }
    for (const auto& horizon : alternative) intervals.push_back(mean_interval(values_of(horizon, info.pick)));
  }
  measures.push_back(std::move(by_replicate));
  add_intervals(measures, info.name, std::string(info.name) + "_mean", info.unit,
                std::string("mean over replicates of: ") + info.doc, intervals);
}

void add_ratio(std::vector<Measure>& measures, const Effects& effects, const char* name, const char* unit,
               const char* doc, Pick top, Pick bottom) {
  std::vector<Interval> intervals;
  for (const auto& alternative : effects) {
    for (const auto& horizon : alternative)
      intervals.push_back(fieller_interval(values_of(horizon, top), values_of(horizon, bottom)));
  }
  add_intervals(measures, name, name, unit, doc, intervals);
}

}  // namespace

std::vector<Measure> make_measures(const Effects& effects) {
  std::vector<Measure> measures;
  for (const MeasureInfo& info : counted) add_counted(measures, effects, info);
  const Pick net = [](const TwinEffect& e) { return e.net(); };
  const Pick money = [](const TwinEffect& e) { return e.public_money; };
  const Pick own = [](const TwinEffect& e) { return e.private_money; };
  add_ratio(measures, effects, "public_money_per_additional_adopter", "EUR",
            "change of public money over net additional adopters, ratio of means with Fieller's interval; "
            "not defined where the latter cannot be told from zero",
            money, net);
  add_ratio(measures, effects, "leverage", "1",
            "change of private money over change of public money, ratio of means with Fieller's interval",
            own, money);
  return measures;
}

}  // namespace ketsim
