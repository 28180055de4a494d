#include "ketsim/experiment/twins.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <unordered_map>

#include "ketsim/experiment/statistics.hpp"
#include "ketsim/scenario/catalogue.hpp"

namespace ketsim {

const std::vector<std::string>& outcome_names() {
  static const std::vector<std::string> names{"in_both",        "only_with",      "only_without",
                                              "in_neither",     "firm_only_with", "firm_only_without",
                                              "initial_adopter"};
  return names;
}

const std::vector<std::string>& exposure_names() {
  static const std::vector<std::string> names{"paid", "served", "untouched"};
  return names;
}

const std::vector<std::string>& cause_names() {
  static const std::vector<std::string> names{"firm_left", "rejected", "discontinued",
                                              "waiting",   "piloting", "not_yet"};
  return names;
}

const std::vector<std::string>& part_names() {
  static const std::vector<std::string> names{"region", "sector", "ket", "size_class"};
  return names;
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

TwinPair traits_of(const Snapshot& world, std::size_t firm, KetId ket) {
  TwinPair pair;
  pair.firm = world.key[firm];
  pair.ket = ket;
  pair.region = world.region[firm];
  pair.sector = world.sector[firm];
  pair.size = world.size[firm];
  return pair;
}

void add_exposure(TwinPair& pair, const Snapshot& alternative, std::size_t firm) {
  const std::size_t at = alternative.pair(pair.ket, firm);
  pair.awarded = alternative.awarded[at];
  if (alternative.paid_by[at] != Snapshot::no_instrument) {
    pair.exposure = Exposure::paid;
    pair.instrument = alternative.paid_by[at];
  } else if (alternative.reached_by[firm] != Snapshot::no_instrument) {
    pair.exposure = Exposure::served;
    pair.instrument = alternative.reached_by[firm];
  }
}

Outcome outcome_of(bool without, bool with) {
  if (with) return without ? Outcome::in_both : Outcome::only_with;
  return without ? Outcome::only_without : Outcome::in_neither;
}

Cause cause_of(Stage stage, bool waits) {
  if (stage == Stage::gone) return Cause::firm_left;
  if (stage == Stage::rejected) return Cause::rejected;
  if (stage == Stage::discontinued) return Cause::discontinued;
  if (waits) return Cause::waiting;
  return stage == Stage::piloting ? Cause::piloting : Cause::not_yet;
}

// A pair whose firm both worlds have.
TwinPair matched(const Snapshot& baseline, std::size_t firm0, const Snapshot& alternative, std::size_t firm1,
                 KetId ket, MonthIndex horizon) {
  TwinPair pair = traits_of(alternative, firm1, ket);
  add_exposure(pair, alternative, firm1);
  const std::size_t at0 = baseline.pair(ket, firm0);
  const std::size_t at1 = alternative.pair(ket, firm1);
  pair.awarded_without = baseline.awarded[at0];
  pair.paid_without_by = baseline.paid_by[at0];
  pair.adopted_without = baseline.adopted_in[at0];
  pair.adopted_with = alternative.adopted_in[at1];
  const bool y0 = uses(baseline.stage[at0]);
  const bool y1 = uses(alternative.stage[at1]);
  const bool initial = pair.adopted_without < 0 || pair.adopted_with < 0;
  pair.outcome = initial ? Outcome::initial_adopter : outcome_of(y0, y1);
  if (!initial)
    pair.months_gained =
        std::min<int>(pair.adopted_without, horizon) - std::min<int>(pair.adopted_with, horizon);
  pair.cause = cause_of(alternative.stage[at1], alternative.waits[at1] != 0);
  return pair;
}

// A pair whose firm exists with the alternative only, or with the baseline only.
TwinPair unmatched(const Snapshot& world, std::size_t firm, KetId ket, bool with) {
  TwinPair pair = traits_of(world, firm, ket);
  pair.outcome = with ? Outcome::firm_only_with : Outcome::firm_only_without;
  const std::size_t at = world.pair(ket, firm);
  (with ? pair.adopted_with : pair.adopted_without) = world.adopted_in[at];
  if (with) {
    add_exposure(pair, world, firm);
  } else {
    pair.awarded_without = world.awarded[at];
    pair.paid_without_by = world.paid_by[at];
  }
  return pair;
}

}  // namespace

void for_each_pair(const Snapshot& baseline, const Snapshot& alternative, std::size_t kets,
                   MonthIndex horizon, const std::function<void(const TwinPair&)>& visit) {
  const std::vector<std::uint32_t> rows = rows_in(baseline.key, alternative.key);
  for (std::size_t firm = 0; firm < rows.size(); ++firm) {
    for (std::size_t k = 0; k < kets; ++k) {
      visit(rows[firm] == nowhere ? unmatched(alternative, firm, KetId(k), true)
                                  : matched(baseline, rows[firm], alternative, firm, KetId(k), horizon));
    }
  }
  const std::vector<std::uint32_t> back = rows_in(alternative.key, baseline.key);
  for (std::size_t firm = 0; firm < back.size(); ++firm) {
    for (std::size_t k = 0; k < kets && back[firm] == nowhere; ++k)
      visit(unmatched(baseline, firm, KetId(k), false));
  }
}

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
      awards_by_region(shape.parts[static_cast<std::size_t>(Part::region)]),
      awards_by_instrument(shape.instruments),
      displaced_by_cause(cause_count) {
  for (std::size_t p = 0; p < part_count; ++p) {
    pairs_by[p].resize(pairs.size() * shape.parts[p]);
    months_by[p].resize(shape.parts[p]);
  }
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
