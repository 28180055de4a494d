#include "ketsim/experiment/measures.hpp"

#include <limits>

#include "measure_tables.hpp"

namespace ketsim {
namespace {

using Pick = double (*)(const TwinEffect&);

struct MeasureInfo {
  const char* name = nullptr;
  const char* unit = nullptr;
  const char* doc = nullptr;
  Pick pick = nullptr;
  bool needs_empty_baseline = false;  //!< defined only against a baseline without a programme
};

constexpr MeasureInfo counted[] = {
    {"additional_adopters", "1",
     "pairs of firm and KET in use at the horizon with the alternative and not with the baseline; depends on "
     "how the twins are coupled",
     [](const TwinEffect& e) { return e.additional(); }},
    {"displaced_adopters", "1",
     "pairs in use with the baseline and not with the alternative; depends on how the twins are coupled",
     [](const TwinEffect& e) { return e.displaced(); }},
    {"net_additional_adopters", "1",
     "additional less displaced adopters: the headline, free of how the twins are coupled",
     [](const TwinEffect& e) { return e.net(); }},
    {"deadweight_adopters", "1",
     "pairs in use either way that were paid by the alternative; only against a baseline without a "
     "programme; depends on how the twins are coupled",
     [](const TwinEffect& e) { return e.deadweight(); }, true},
    {"accelerated_adopters", "1", "of the deadweight, pairs that were adopted earlier with the alternative",
     [](const TwinEffect& e) { return e.accelerated; }, true},
    {"deadweight_money", "EUR", "awards to the deadweight, loans with their principal",
     [](const TwinEffect& e) { return e.deadweight_money; }, true},
    {"spillover_adopters", "1", "additional adopters that were neither paid nor reached in person",
     [](const TwinEffect& e) { return e.spillover(); }},
    {"effect_on_paid", "1", "net additional adopters among pairs with an award in the alternative",
     [](const TwinEffect& e) { return e.net_on(Exposure::paid); }},
    {"effect_on_served", "1",
     "net additional adopters among pairs without an award whose firm was reached in person",
     [](const TwinEffect& e) { return e.net_on(Exposure::served); }},
    {"effect_on_untouched", "1",
     "net additional adopters among pairs neither paid nor reached: gains by spill-over less losses to "
     "rivals",
     [](const TwinEffect& e) { return e.net_on(Exposure::untouched); }},
    {"adopters_of_firms_only_with", "1",
     "pairs in use at the horizon of firms that exist with the alternative only; not among the additional "
     "ones",
     [](const TwinEffect& e) { return e.only_with; }},
    {"adopters_of_firms_only_without", "1",
     "pairs in use of firms that exist with the baseline only; not among the displaced ones",
     [](const TwinEffect& e) { return e.only_without; }},
    {"additional_firms", "1",
     "firms with at least one KET in use with the alternative and none with the baseline",
     [](const TwinEffect& e) { return e.firm_count(Outcome::only_with); }},
    {"displaced_firms", "1",
     "firms with at least one KET in use with the baseline and none with the alternative",
     [](const TwinEffect& e) { return e.firm_count(Outcome::only_without); }},
    {"net_additional_firms", "1", "firms with at least one KET in use: alternative less baseline",
     [](const TwinEffect& e) {
       return e.firm_count(Outcome::only_with) - e.firm_count(Outcome::only_without);
     }},
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
    {"partners_match_change", "EUR",
     "own money of partners in funded projects, alternative less baseline: fixed by the funding rate, not a "
     "result",
     [](const TwinEffect& e) { return e.partners_match; }},
    {"award_gini", "1",
     "Gini coefficient over regions of the alternative's awards per inhabitant: 0 equal, near 1 all in one "
     "small region",
     [](const TwinEffect& e) { return e.award_gini; }},
};

struct RatioInfo {
  const char* name;
  const char* unit;
  const char* doc;
  Pick top;
  Pick bottom;
};

constexpr RatioInfo ratios[] = {
    {"public_money_per_additional_adopter", "EUR",
     "change of public money over net additional adopters, ratio of means with Fieller's interval; "
     "not defined where the latter cannot be told from zero",
     [](const TwinEffect& e) { return e.public_money; }, [](const TwinEffect& e) { return e.net(); }},
    {"net_additional_adopters_per_million", "1/MEUR",
     "net additional adopters over change of public money in million EUR, ratio of means with Fieller's "
     "interval",
     [](const TwinEffect& e) { return e.net(); }, [](const TwinEffect& e) { return e.public_money / 1e6; }},
    {"leverage", "1",
     "change of private money over change of public money, ratio of means with Fieller's interval",
     [](const TwinEffect& e) { return e.private_money; }, [](const TwinEffect& e) { return e.public_money; }},
    {"churn", "1",
     "displaced over additional adopters, ratio of means with Fieller's interval: high where luck decides "
     "who gains; it depends on how the twins are coupled",
     [](const TwinEffect& e) { return e.displaced(); }, [](const TwinEffect& e) { return e.additional(); }},
};

std::vector<double> values_of(const std::vector<TwinEffect>& replicates, Pick pick) {
  std::vector<double> values;
  for (const TwinEffect& effect : replicates) values.push_back(pick(effect));
  return values;
}

const std::vector<std::string> alternative_horizon{"alternative", "horizon"};

void add_counted(std::vector<Measure>& measures, const Effects& effects, const MeasureInfo& info,
                 bool is_defined) {
  std::vector<std::vector<double>> values;
  for (const auto& alternative : effects) {
    for (const auto& horizon : alternative) {
      values.push_back(values_of(horizon, info.pick));
      if (!is_defined) values.back().assign(horizon.size(), std::numeric_limits<double>::quiet_NaN());
    }
  }
  add_over_replicates(measures, info.name, info.unit, info.doc, alternative_horizon, effects.size(), values);
}

void add_ratio(std::vector<Measure>& measures, const Effects& effects, const RatioInfo& info) {
  std::vector<Interval> intervals;
  for (const auto& alternative : effects) {
    for (const auto& horizon : alternative)
      intervals.push_back(fieller_interval(values_of(horizon, info.top), values_of(horizon, info.bottom)));
  }
  add_interval(measures, info.name, info.name, info.unit, info.doc, alternative_horizon, intervals);
}

}  // namespace

std::vector<Measure> make_measures(const Effects& effects, bool baseline_has_programme) {
  std::vector<Measure> measures;
  for (const MeasureInfo& info : counted)
    add_counted(measures, effects, info, !info.needs_empty_baseline || !baseline_has_programme);
  for (const RatioInfo& info : ratios) add_ratio(measures, effects, info);
  add_concentration(measures, effects);
  add_breakdowns(measures, effects);
  return measures;
}

std::vector<Dimension> measure_dimensions() {
  const auto& outcomes = outcome_names();
  return {{"outcome",
           "in which of the twin worlds the KET is in use at the horizon",
           {outcomes.begin(), outcomes.begin() + compared_outcomes}},
          {"exposure",
           "how near the alternative came to the pair by the horizon: award, meeting in person, neither",
           exposure_names()},
          {"cause", "where a displaced pair stands with the alternative", cause_names()}};
}

std::vector<std::string> names_with_interval() {
  std::vector<std::string> names;
  for (const MeasureInfo& info : counted) names.emplace_back(info.name);
  for (const RatioInfo& info : ratios) names.emplace_back(info.name);
  return names;
}

}  // namespace ketsim
