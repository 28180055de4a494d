#include "ketsim/experiment/measures.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "ketsim/base/contracts.hpp"
#include "ketsim/experiment/statistics.hpp"

namespace ketsim {
namespace {

using Pick = double (*)(const TwinEffect&);

struct MeasureInfo {
  const char* name;
  const char* unit;
  const char* doc;
  Pick pick;
  bool needs_empty_baseline = false;  //!< defined only against a baseline without a programme
};

constexpr MeasureInfo counted[] = {
    {"additional_adopters", "1",
     "pairs of firm and KET in use at the horizon with the alternative and not with the baseline",
     [](const TwinEffect& e) { return e.additional(); }},
    {"displaced_adopters", "1", "pairs in use with the baseline and not with the alternative",
     [](const TwinEffect& e) { return e.displaced(); }},
    {"net_additional_adopters", "1",
     "additional less displaced adopters: the headline, free of how the twins are coupled",
     [](const TwinEffect& e) { return e.net(); }},
    {"deadweight_adopters", "1",
     "pairs in use either way that were paid by the alternative; only against a baseline without a programme",
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
     "small "
     "region",
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
     "who "
     "gains; it depends on how the twins are coupled",
     [](const TwinEffect& e) { return e.displaced(); }, [](const TwinEffect& e) { return e.additional(); }},
};

std::vector<double> values_of(const std::vector<TwinEffect>& replicates, Pick pick) {
  std::vector<double> values;
  for (const TwinEffect& effect : replicates) values.push_back(pick(effect));
  return values;
}

void add_ends(std::vector<Measure>& measures, const std::string& name, const std::string& unit,
              const std::vector<std::string>& dimensions, const std::vector<Interval>& intervals,
              const std::string& infix, const std::string& doubt, const std::array<std::string, 2>& docs) {
  Measure low{name + infix + "_low", unit, dimensions, docs[0], {}, doubt};
  Measure high{name + infix + "_high", unit, dimensions, docs[1], {}, doubt};
  for (const Interval& interval : intervals) {
    low.values.push_back(interval.low);
    high.values.push_back(interval.high);
  }
  measures.push_back(std::move(low));
  measures.push_back(std::move(high));
}

void add_interval(std::vector<Measure>& measures, const std::string& name, const std::string& mean_name,
                  const std::string& unit, const std::string& doc, const std::vector<std::string>& dimensions,
                  const std::vector<Interval>& intervals) {
  Measure mean{mean_name, unit, dimensions, doc, {}, {}};
  for (const Interval& interval : intervals) mean.values.push_back(interval.mean);
  measures.push_back(std::move(mean));
  add_ends(
      measures, name, unit, dimensions, intervals, "", "mean",
      {"lower end of the 95 % interval of " + mean_name, "upper end of the 95 % interval of " + mean_name});
}

void add_over_replicates(std::vector<Measure>& measures, const std::string& name, const std::string& unit,
                         const std::string& doc, const std::vector<std::string>& dimensions,
                         std::size_t first_size, const std::vector<std::vector<double>>& values) {
  const std::size_t cells = first_size == 0 ? 0 : values.size() / first_size;
  const std::size_t replicates = values.empty() ? 0 : values.front().size();
  std::vector<std::string> with_replicate = dimensions;
  with_replicate.insert(with_replicate.begin() + 1, "replicate");
  Measure by_replicate{name, unit, with_replicate, doc, {}, {}};
  std::vector<Interval> means;
  std::vector<Interval> lucks;
  for (std::size_t first = 0; first < first_size; ++first) {
    for (std::size_t r = 0; r < replicates; ++r) {
      for (std::size_t cell = 0; cell < cells; ++cell)
        by_replicate.values.push_back(values[first * cells + cell][r]);
    }
  }
  for (const std::vector<double>& cell : values) {
    means.push_back(mean_interval(cell));
    lucks.push_back(luck_range(cell));
  }
  measures.push_back(std::move(by_replicate));
  add_interval(measures, name, name + "_mean", unit, "mean over replicates of: " + doc, dimensions, means);
  add_ends(measures, name, unit, dimensions, lucks, "_luck", "luck",
           {"5 % quantile of single replicates of " + name, "95 % quantile of single replicates of " + name});
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

// A table of each effect, its dimensions after alternative, replicate and horizon.
template <class GetTable>
void add_table(std::vector<Measure>& measures, const Effects& effects, const std::string& name,
               const std::string& unit, const std::string& doc, const std::vector<std::string>& dimensions,
               const GetTable& table) {
  Measure measure{name, unit, {"alternative", "replicate", "horizon"}, doc, {}, {}};
  measure.dimensions.insert(measure.dimensions.end(), dimensions.begin(), dimensions.end());
  for (const auto& alternative : effects) {
    const std::size_t replicates = alternative.empty() ? 0 : alternative.front().size();
    for (std::size_t r = 0; r < replicates; ++r) {
      for (const auto& horizon : alternative) {
        const std::vector<double>& values = table(horizon[r]);
        measure.values.insert(measure.values.end(), values.begin(), values.end());
      }
    }
  }
  measures.push_back(std::move(measure));
}

void add_tables(std::vector<Measure>& measures, const Effects& effects) {
  const std::string of_pairs =
      "pairs of firm and KET by outcome at the horizon and by exposure to the alternative, without initial "
      "adopters and firms of one world only";
  add_table(
      measures, effects, "pair_outcomes", "1", of_pairs, {"outcome", "exposure"},
      [](const TwinEffect& e) -> const auto& { return e.pairs; });
  add_table(
      measures, effects, "firm_outcomes", "1",
      "firms of both worlds by outcome (at least one KET in use) and by the strongest exposure of their "
      "pairs",
      {"outcome", "exposure"}, [](const TwinEffect& e) -> const auto& { return e.firms; });
  for (std::size_t p = 0; p < part_count; ++p) {
    const std::string& part = part_names()[p];
    add_table(
        measures, effects, "pair_outcomes_by_" + part, "1", of_pairs,
        {"outcome", "exposure", part}, [p](const TwinEffect& e) -> const auto& { return e.pairs_by[p]; });
    add_table(
        measures, effects, "months_gained_by_" + part, "month",
        "months by which adoption came earlier, summed over the pairs of the part",
        {part}, [p](const TwinEffect& e) -> const auto& { return e.months_by[p]; });
  }
  add_table(
      measures, effects, "pair_outcomes_by_instrument", "1",
      "pairs paid or served, by outcome and by the instrument of their first award, else of the act that "
      "first reached the firm",
      {"outcome", "instrument"}, [](const TwinEffect& e) -> const auto& { return e.pairs_by_instrument; });
  add_table(
      measures, effects, "award_money_by_region", "EUR",
      "awards to firms of the region, loans with their principal: alternative less baseline", {"region"},
      [](const TwinEffect& e) -> const auto& { return e.awards_by_region; });
  add_table(
      measures, effects, "award_money_by_instrument", "EUR",
      "awards to firms by the instrument of the pair's first award: alternative less baseline",
      {"instrument"}, [](const TwinEffect& e) -> const auto& { return e.awards_by_instrument; });
  add_table(
      measures, effects, "displaced_by_cause", "1",
      "displaced adopters by where the pair stands in the alternative's world: the first cause that holds",
      {"cause"}, [](const TwinEffect& e) -> const auto& { return e.displaced_by_cause; });
}

}  // namespace

std::vector<Measure> make_measures(const Effects& effects, bool baseline_has_programme) {
  std::vector<Measure> measures;
  for (const MeasureInfo& info : counted)
    add_counted(measures, effects, info, !info.needs_empty_baseline || !baseline_has_programme);
  for (const RatioInfo& info : ratios) add_ratio(measures, effects, info);
  add_tables(measures, effects);
  return measures;
}

const std::vector<RequestedMeasure>& requested_measures() {
  const std::vector<std::string> by_alternative{"alternative", "replicate", "horizon"};
  const std::vector<std::string> by_policy{"alternative", "replicate", "horizon", "policy"};
  static const std::vector<RequestedMeasure> measures{
      {"shapley_net_additional_adopters", "1",
       "Shapley value of the policy: what it adds to net additional adopters, averaged over the orders in "
       "which "
       "policies could come; over policies they add up to the whole",
       by_policy, "--shapley"},
      {"shapley_public_money", "EUR",
       "Shapley value of the policy in the change of public money; over policies they add up to the whole",
       by_policy, "--shapley"},
      {"border_cost",
       "1",
       "adopters that the scenario lacks for the border: net additional adopters of the same world without "
       "its "
       "frictions, lifted at the start or never there",
       {"scenario", "replicate", "horizon", "border_variant"},
       "--border-twin"},
      {"border_cost_change",
       "1",
       "cost of the border in the alternative less that in the baseline",
       {"alternative", "replicate", "horizon", "border_variant"},
       "--border-twin"},
      {"direct_effect", "1",
       "adopters that one award brings among its own firms and for its KET, mean over the awards withheld",
       by_alternative, "--direct"},
      {"indirect_effect", "1",
       "adopters that one award brings among all other pairs, mean over the awards withheld", by_alternative,
       "--direct"},
  };
  return measures;
}

void add_requested(std::vector<Measure>& measures, const std::string& name, std::size_t first_size,
                   const std::vector<std::vector<double>>& values) {
  const auto& all = requested_measures();
  const auto found = std::ranges::find(all, name, &RequestedMeasure::name);
  expect(found != all.end(), "requested measures are declared");
  std::vector<std::string> dimensions = found->dimensions;
  std::erase(dimensions, "replicate");
  add_over_replicates(measures, name, found->unit, found->doc, dimensions, first_size, values);
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
