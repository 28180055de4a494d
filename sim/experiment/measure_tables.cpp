#include "measure_tables.hpp"

#include <array>

namespace ketsim {
namespace {

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

}  // namespace

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

namespace {

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

using ByRegion = std::vector<double> (*)(const TwinEffect&);

std::vector<double> pairs_of_regions(const TwinEffect& effect) {
  std::vector<double> pairs;
  for (std::size_t region = 0; region < effect.awards_by_region.size(); ++region)
    pairs.push_back(effect.pairs_of_region(region));
  return pairs;
}

std::vector<double> net_of_regions(const TwinEffect& effect) {
  const std::vector<double>& cells = effect.net_by_region_and_size;
  std::vector<double> net(effect.awards_by_region.size());
  for (std::size_t cell = 0; cell < cells.size(); ++cell) net[cell / size_class_count] += cells[cell];
  return net;
}

// How far a gain is concentrated in regions, at each horizon.
void add_gini(std::vector<Measure>& measures, const Effects& effects, const std::string& gain,
              ByRegion of_regions) {
  std::vector<Interval> intervals;
  for (const auto& alternative : effects) {
    for (const auto& horizon : alternative) {
      std::vector<std::vector<double>> gains;
      std::vector<std::vector<double>> pairs;
      for (const TwinEffect& effect : horizon) {
        gains.push_back(of_regions(effect));
        pairs.push_back(pairs_of_regions(effect));
      }
      intervals.push_back(gini_of_means(gains, pairs));
    }
  }
  const std::string name = gain + "_gini";
  add_interval(measures, name, name, "1",
               "Gini coefficient over regions of " + gain +
                   " per pair of firm and KET, of the means, jackknife over replicates: 0 equal, near 1 all "
                   "in one small region, above 1 where many lose; not defined where the total cannot be told "
                   "from zero",
               {"alternative", "horizon"}, intervals);
}

}  // namespace

void add_concentration(std::vector<Measure>& measures, const Effects& effects) {
  add_gini(measures, effects, "net_additional_adopters", net_of_regions);
  add_gini(measures, effects, "months_gained",
           [](const TwinEffect& effect) { return effect.months_by[static_cast<std::size_t>(Part::region)]; });
}

void add_breakdowns(std::vector<Measure>& measures, const Effects& effects) {
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
  const std::string of_cells = "net additional adopters of the cell: below zero it loses by the alternative";
  add_table(
      measures, effects, "net_additional_adopters_by_region_and_sector", "1", of_cells, {"region", "sector"},
      [](const TwinEffect& e) -> const auto& { return e.net_by_region_and_sector; });
  add_table(
      measures, effects, "net_additional_adopters_by_region_and_size_class", "1", of_cells,
      {"region", "size_class"}, [](const TwinEffect& e) -> const auto& { return e.net_by_region_and_size; });
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

}  // namespace ketsim
