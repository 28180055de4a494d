#include "ketsim/experiment/twins.hpp"

#include <algorithm>
#include <unordered_map>

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

Outcome outcome_of(bool without, bool with) {
  if (with) return without ? Outcome::in_both : Outcome::only_with;
  return without ? Outcome::only_without : Outcome::in_neither;
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

}  // namespace ketsim
