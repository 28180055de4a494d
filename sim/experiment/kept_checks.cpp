#include "kept_checks.hpp"

#include <algorithm>

#include "ketsim/experiment/firm_rows.hpp"
#include "twin_study.hpp"

namespace ketsim {
namespace {

//! Twice as much is still far from the ends of 64 bits.
constexpr Money most_money{1'000'000'000'000'000'000};  // 1e16 EUR

bool is_moderate(Money amount) {
  return -most_money < amount && amount < most_money;
}

template <class T>
bool are_below(const std::vector<T>& values, std::size_t size, std::size_t limit) {
  return values.size() == size &&
         std::ranges::all_of(values, [&](T value) { return static_cast<std::size_t>(value) < limit; });
}

bool are_instruments(const std::vector<std::uint8_t>& values, std::size_t size, std::size_t instruments) {
  return values.size() == size && std::ranges::all_of(values, [&](std::uint8_t value) {
           return value < instruments || value == Snapshot::no_instrument;
         });
}

bool are_equally_long(const std::vector<double>& a, const std::vector<double>& b) {
  return a.size() == b.size();
}

void expect_of_these(bool fits) {
  if (!fits) throw DamagedBytes("it holds a comparison of other scenarios");
}

}  // namespace

bool fits(const Snapshot& snapshot, const EffectShape& shape) {
  const std::size_t firms = snapshot.firms();
  const std::size_t pairs = firms * shape.size_of(Part::ket);
  return are_below(snapshot.region, firms, shape.size_of(Part::region)) &&
         are_below(snapshot.sector, firms, shape.size_of(Part::sector)) &&
         are_below(snapshot.size, firms, shape.size_of(Part::size_class)) &&
         are_instruments(snapshot.reached_by, firms, shape.instruments) &&
         are_below(snapshot.stage, pairs, stage_count) && snapshot.waits.size() == pairs &&
         snapshot.adopted_in.size() == pairs && are_instruments(snapshot.paid_by, pairs, shape.instruments) &&
         snapshot.awarded.size() == pairs && std::ranges::all_of(snapshot.awarded, is_moderate) &&
         is_moderate(snapshot.public_money) && is_moderate(snapshot.private_money) &&
         is_moderate(snapshot.partners_match);
}

bool fits(const TwinEffect& effect, const EffectShape& shape) {
  const TwinEffect model(shape);
  return are_equally_long(effect.pairs, model.pairs) && are_equally_long(effect.firms, model.firms) &&
         std::ranges::equal(effect.pairs_by, model.pairs_by, are_equally_long) &&
         are_equally_long(effect.pairs_by_instrument, model.pairs_by_instrument) &&
         are_equally_long(effect.net_by_region_and_sector, model.net_by_region_and_sector) &&
         are_equally_long(effect.net_by_region_and_size, model.net_by_region_and_size) &&
         std::ranges::equal(effect.months_by, model.months_by, are_equally_long) &&
         are_equally_long(effect.awards_by_region, model.awards_by_region) &&
         are_equally_long(effect.awards_by_instrument, model.awards_by_instrument) &&
         are_equally_long(effect.displaced_by_cause, model.displaced_by_cause);
}

bool fits(const Rows& rows, const RowTable& table) {
  const auto length = [](const auto& column) {
    return std::visit([](const auto& values) { return values.size(); }, column);
  };
  return std::ranges::equal(rows, empty_rows(table), {}, &Rows::value_type::index,
                            &Rows::value_type::index) &&
         std::ranges::all_of(rows,
                             [&](const auto& column) { return length(column) == length(rows.front()); });
}

bool fits(const std::vector<std::vector<double>>& values, const ResultHeader& header) {
  return std::ranges::equal(values, header.series, [&](const std::vector<double>& own, const Series& series) {
    return own.size() == static_cast<std::size_t>(header.months) * cells_of(series, header.dimensions);
  });
}

void TwinStudy::check_begun(const WorldHistory& history, std::size_t months) const {
  std::size_t passed = 0;
  while (passed < horizons_.size() && static_cast<std::size_t>(month_of(passed)) < months) ++passed;
  expect_of_these(are_snapshots(history.horizons, passed) && history.coalitions.empty() &&
                  history.award_effects.empty() &&
                  std::ranges::all_of(history.borderless, &std::vector<Snapshot>::empty));
}

void TwinStudy::check_ended(const WorldHistory& history, std::size_t s, std::uint32_t replicate) const {
  const std::size_t horizons = horizons_.size();
  std::vector<Coalition> coalitions;
  if (s > 0 && options_.shapley) coalitions = coalitions_of(orders(s, replicate));
  std::ranges::sort(coalitions);
  const bool withholds = s > 0 && options_.direct > 0;
  expect_of_these(
      are_snapshots(history.horizons, horizons) &&
      std::ranges::equal(history.coalitions, coalitions, {}, [](const auto& c) { return c.first; }) &&
      std::ranges::all_of(history.coalitions,
                          [&](const auto& c) { return are_snapshots(c.second, horizons); }) &&
      std::ranges::all_of(
          history.borderless,
          [&](const auto& open) { return are_snapshots(open, options_.border_twin ? horizons : 0); }) &&
      history.award_effects.size() == (withholds ? horizons : 0));
}

bool TwinStudy::are_snapshots(const std::vector<Snapshot>& snapshots, std::size_t horizons) const {
  return snapshots.size() == horizons &&
         std::ranges::all_of(snapshots, [&](const Snapshot& snapshot) { return fits(snapshot, shape_); });
}

// Of a sweep, which takes none of the further questions.
void TwinStudy::check(const Findings& findings) const {
  const auto are_effects = [&](const std::vector<TwinEffect>& effects) {
    return effects.size() == horizons_.size() &&
           std::ranges::all_of(effects, [&](const TwinEffect& effect) { return fits(effect, shape_); });
  };
  expect_of_these(findings.effects.size() == alternatives() &&
                  std::ranges::all_of(findings.effects, are_effects) && findings.net_shares.empty() &&
                  findings.money_shares.empty() && findings.border_cost.empty() &&
                  findings.award_effects.size() == alternatives() &&
                  std::ranges::all_of(findings.award_effects, &std::vector<AwardEffect>::empty));
}

}  // namespace ketsim
