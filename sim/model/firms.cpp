#include "ketsim/model/firms.hpp"

#include "ketsim/rng/mix.hpp"

namespace ketsim {

const std::vector<std::string>& stage_names() {
  static const std::vector<std::string> names{"unaware",   "aware",    "interested",   "piloting", "adopted",
                                              "confirmed", "rejected", "discontinued", "gone"};
  return names;
}

const std::vector<std::string>& trigger_names() {
  static const std::vector<std::string> names{
      "none",          "founding",           "media",     "peer",  "event",   "visit", "matchmaking",
      "campaign",      "own_review",         "own_pilot", "study", "project", "usage", "demonstrator",
      "pilot_support", "investment_support", "exit"};
  return names;
}

namespace {

// Above every index of a founder, so that keys of one cell or parent never meet.
constexpr std::uint64_t entrants = 1ULL << 32;
constexpr std::uint64_t spin_offs = 2ULL << 32;

}  // namespace

StableKey cell_key(const std::string& region_code, std::size_t sector, SizeClass size) {
  std::uint64_t region = 0;
  for (const char c : region_code) region = join_keys(region, static_cast<unsigned char>(c));
  return join_keys(region, sector * size_class_count + static_cast<std::size_t>(size));
}

StableKey entrant_key(StableKey cell, MonthIndex month, std::uint32_t index) {
  return join_keys(join_keys(cell, entrants + static_cast<std::uint64_t>(month)), index);
}

StableKey spin_off_key(StableKey parent, KetId ket, MonthIndex month) {
  return join_keys(join_keys(parent, spin_offs + ket.row), static_cast<std::uint64_t>(month));
}

void Firms::resize(std::size_t firms, std::size_t kets) {
  origin.resize(firms, Origin::founder);
  region.resize(firms);
  sector.resize(firms);
  size.resize(firms);
  employees.resize(firms);
  position.resize(firms);
  risk_aversion.resize(firms);
  language_ability.resize(firms);
  base_margin.resize(firms);
  usual_cash.resize(firms);
  affinity.resize(firms, kets, 1.0F);
  alive.resize(firms, 1);
  until_closure.resize(firms);
  cash.resize(firms);
  shock.resize(firms, 1.0F);
  engagements.resize(firms);
  programmes_known.resize(firms);
  kets_used.resize(firms);
  kets_known.resize(firms);
  client_of.resize(firms, 255);
  stage.resize(firms, kets, Stage::unaware);
  trigger.resize(firms, kets, Trigger::none);
  resistance.resize(firms, kets);
  since.resize(firms, kets);
  adopted_in.resize(firms, kets, never);
  knowledge.resize(firms, kets);
  informed_exposure.resize(firms, kets);
  adopting_exposure.resize(firms, kets);
  paid_in.resize(kets);
  paid_by.resize(kets);
  awarded.resize(kets);
  attempt.resize(kets);
  commitments.resize(kets);
  waits_for.resize(kets);
  evidence.resize(kets);
}

}  // namespace ketsim
