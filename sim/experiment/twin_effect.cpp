// Adds the pairs of twin worlds up to what one replicate shows at one horizon.
#include <algorithm>
#include <numeric>

#include "ketsim/experiment/statistics.hpp"
#include "ketsim/experiment/twins.hpp"
#include "ketsim/scenario/catalogue.hpp"

namespace ketsim {

EffectShape effect_shape(const Setup& setup) {
  const Geography& geography = *setup.geography;
  EffectShape shape;
  shape.parts = {geography.regions.size(), geography.sectors.size(), geography.kets.size(), size_class_count};
  shape.instruments = instrument_catalogue().names().size();
  for (const Region& region : geography.regions) shape.heads.push_back(region.population);
  return shape;
}

TwinEffect::TwinEffect(const EffectShape& shape)
    : pairs(compared_outcomes * exposure_count),
      firms(pairs.size()),
      pairs_by_instrument(compared_outcomes * shape.instruments),
      net_by_region_and_sector(shape.size_of(Part::region) * shape.size_of(Part::sector)),
      net_by_region_and_size(shape.size_of(Part::region) * shape.size_of(Part::size_class)),
      awards_by_region(shape.size_of(Part::region)),
      awards_by_instrument(shape.instruments),
      displaced_by_cause(cause_count) {
  for (std::size_t p = 0; p < part_count; ++p) {
    pairs_by[p].resize(pairs.size() * shape.parts[p]);
    months_by[p].resize(shape.parts[p]);
  }
}

double TwinEffect::pairs_of_region(std::size_t region) const {
  const std::vector<double>& cells = pairs_by[static_cast<std::size_t>(Part::region)];
  const std::size_t regions = cells.size() / pairs.size();
  double sum = 0.0;
  for (std::size_t cell = region; cell < cells.size(); cell += regions) sum += cells[cell];
  return sum;
}

double TwinEffect::count(Outcome outcome, Exposure exposure) const {
  return pairs[static_cast<std::size_t>(outcome) * exposure_count + static_cast<std::size_t>(exposure)];
}

double TwinEffect::count(Outcome outcome) const {
  return count(outcome, Exposure::paid) + count(outcome, Exposure::served) +
         count(outcome, Exposure::untouched);
}

double TwinEffect::firm_count(Outcome outcome) const {
  const auto first =
      firms.begin() + static_cast<std::ptrdiff_t>(static_cast<std::size_t>(outcome) * exposure_count);
  return std::accumulate(first, first + exposure_count, 0.0);
}

namespace {

//! Adds pairs up to effects. Pairs of one firm come one after the other.
class EffectSum {
 public:
  EffectSum(const EffectShape& shape, std::size_t kets)
      : shape_(shape), kets_(kets), effect_(shape), awards_(effect_.awards_by_region.size(), 0.0) {}

  void add(const TwinPair& pair) {
    add_awards(pair);
    if (pair.outcome == Outcome::firm_only_with) effect_.only_with += uses_now(pair.adopted_with);
    if (pair.outcome == Outcome::firm_only_without) effect_.only_without += uses_now(pair.adopted_without);
    if (pair.outcome == Outcome::firm_only_with || pair.outcome == Outcome::firm_only_without) return;
    add_to_firm(pair);
    if (pair.outcome == Outcome::initial_adopter) return;
    const auto outcome = static_cast<std::size_t>(pair.outcome);
    const std::size_t cell = outcome * exposure_count + static_cast<std::size_t>(pair.exposure);
    effect_.pairs[cell] += 1.0;
    effect_.months_gained += pair.months_gained;
    const std::array<std::size_t, part_count> places{pair.region, pair.sector, pair.ket.index(),
                                                     static_cast<std::size_t>(pair.size)};
    for (std::size_t p = 0; p < part_count; ++p) {
      effect_.pairs_by[p][cell * shape_.parts[p] + places[p]] += 1.0;
      effect_.months_by[p][places[p]] += pair.months_gained;
    }
    add_net(pair);
    if (pair.instrument != Snapshot::no_instrument)
      effect_.pairs_by_instrument[outcome * shape_.instruments + pair.instrument] += 1.0;
    if (pair.outcome == Outcome::only_without)
      effect_.displaced_by_cause[static_cast<std::size_t>(pair.cause)] += 1.0;
    if (pair.outcome != Outcome::in_both || pair.exposure != Exposure::paid) return;
    effect_.deadweight_money += pair.awarded.euros();
    effect_.accelerated += pair.adopted_with < pair.adopted_without;
  }

  [[nodiscard]] TwinEffect take() {
    effect_.award_gini = gini_per_head(awards_, shape_.heads);
    return std::move(effect_);
  }

 private:
  static double uses_now(MonthIndex adopted) { return adopted >= 0 && adopted != never ? 1.0 : 0.0; }

  void add_awards(const TwinPair& pair) {
    awards_[pair.region] += pair.awarded.euros();
    effect_.awards_by_region[pair.region] += (pair.awarded - pair.awarded_without).euros();
    if (pair.exposure == Exposure::paid)
      effect_.awards_by_instrument[pair.instrument] += pair.awarded.euros();
    if (pair.paid_without_by != Snapshot::no_instrument)
      effect_.awards_by_instrument[pair.paid_without_by] -= pair.awarded_without.euros();
  }

  void add_net(const TwinPair& pair) {
    const double change = pair.outcome == Outcome::only_with      ? 1.0
                          : pair.outcome == Outcome::only_without ? -1.0
                                                                  : 0.0;
    effect_.net_by_region_and_sector[pair.region * shape_.size_of(Part::sector) + pair.sector] += change;
    effect_.net_by_region_and_size[pair.region * size_class_count + static_cast<std::size_t>(pair.size)] +=
        change;
  }

  // Initial adopters are firms with a KET in either world, so that they count here.
  void add_to_firm(const TwinPair& pair) {
    firm_without_ = firm_without_ || pair.adopted_without != never;
    firm_with_ = firm_with_ || pair.adopted_with != never;
    firm_exposure_ = std::min(firm_exposure_, pair.exposure);
    if (pair.ket.index() + 1 != kets_) return;
    effect_.firms[static_cast<std::size_t>(outcome_of(firm_without_, firm_with_)) * exposure_count +
                  static_cast<std::size_t>(firm_exposure_)] += 1.0;
    firm_without_ = firm_with_ = false;
    firm_exposure_ = Exposure::untouched;
  }

  const EffectShape& shape_;
  std::size_t kets_;
  TwinEffect effect_;
  std::vector<double> awards_;  //!< of the alternative, by region [EUR]
  bool firm_without_ = false;   //!< of the firm whose pairs are coming: uses a KET
  bool firm_with_ = false;
  Exposure firm_exposure_ = Exposure::untouched;
};

}  // namespace

TwinEffect compare_twins(const Snapshot& baseline, const Snapshot& alternative, const EffectShape& shape,
                         MonthIndex horizon) {
  const std::size_t kets = shape.parts[static_cast<std::size_t>(Part::ket)];
  EffectSum sum(shape, kets);
  for_each_pair(baseline, alternative, kets, horizon, [&](const TwinPair& pair) { sum.add(pair); });
  TwinEffect effect = sum.take();
  effect.public_money = (alternative.public_money - baseline.public_money).euros();
  effect.private_money = (alternative.private_money - baseline.private_money).euros();
  effect.partners_match = (alternative.partners_match - baseline.partners_match).euros();
  return effect;
}

}  // namespace ketsim
