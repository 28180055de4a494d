#include "ketsim/model/world.hpp"

#include <algorithm>

#include "ketsim/base/contracts.hpp"
#include "ketsim/parallel/rows.hpp"

namespace ketsim {

Position World::position_of(Actor actor) const {
  switch (actor.kind) {
    case ActorKind::firm:
      return firms.position[actor.firm()];
    case ActorKind::research:
      return research.position[actor.research()];
    case ActorKind::intermediary:
      return intermediaries.position[IntermediaryId(actor.row)];
  }
  return {};
}

StableKey World::key_of(Actor actor) const {
  switch (actor.kind) {
    case ActorKind::firm:
      return firms.key[actor.firm()];
    case ActorKind::research:
      return research.key[actor.research()];
    case ActorKind::intermediary:
      return intermediaries.key[IntermediaryId(actor.row)];
  }
  return {};
}

StageChange World::move(FirmId firm, KetId ket, Stage to, Trigger trigger) {
  Stage& stage = firms.stage(firm, ket);
  StageChange change{firm, ket, stage, to, trigger};
  expect(change.from != to, "a change of stage changes the stage");
  expect(change.from != Stage::gone, "a firm that has left does nothing");
  const int used = firms.kets_used[firm];
  const int known = firms.kets_known[firm];
  const int adopting = change.adopting();
  const int informed = change.informed();
  change.users_change = static_cast<std::int8_t>(used == 0 || used + adopting == 0 ? adopting : 0);
  change.knowers_change = static_cast<std::int8_t>(known == 0 || known + informed == 0 ? informed : 0);
  firms.kets_used[firm] = static_cast<std::uint8_t>(used + adopting);
  firms.kets_known[firm] = static_cast<std::uint8_t>(known + informed);
  stage = to;
  firms.trigger(firm, ket) = trigger;
  firms.since(firm, ket) = month;
  if (adopting > 0) firms.adopted_in(firm, ket) = month;
  if (to == Stage::aware) draw_resistance(firm, ket, Purpose::interest);
  if (to == Stage::interested) draw_resistance(firm, ket, Purpose::review);
  return change;
}

void World::change_stage(FirmId firm, KetId ket, Stage to, Trigger trigger) {
  if (to == Stage::aware && firms.stage(firm, ket) == Stage::rejected) {
    std::uint8_t& attempt = firms.attempt.edit(firm, ket);
    if (attempt < 255) ++attempt;
  }
  const std::size_t first = changes.size();
  changes.push_back(move(firm, ket, to, trigger));
  publish_from(first);
}

void World::publish(ChangesByBlock& blocks) {
  const std::size_t first = changes.size();
  for (std::vector<StageChange>& block : blocks) {
    changes.insert(changes.end(), block.begin(), block.end());
    block.clear();
  }
  publish_from(first);
}

void World::publish_from(std::size_t first) {
  const std::span<const StageChange> fresh = std::span(changes).subspan(first);
  for (const StageChange& change : fresh) {
    const int adopting = change.adopting();
    if (adopting == 0) continue;
    users[change.ket.index()] += adopting;
    users_in_sector[change.ket.index()][firms.sector[change.firm]] += adopting;
  }
  exposures_.spread(firms, peers, fresh);
}

void World::open(FirmId firm) {
  firms.alive[firm] = 1;
  ++living;
  ++living_in_sector[firms.sector[firm]];
}

void World::close(std::span<const FirmId> leavers) {
  for (const FirmId firm : leavers) {
    expect(firms.alive[firm] != 0, "a firm leaves once");
    firms.alive[firm] = 0;
    --living;
    --living_in_sector[firms.sector[firm]];
    firms.client_of[firm] = 255;
    for (const std::uint32_t row : contacts.of(actor(firm))) {
      Contact& contact = contacts.row(row);
      contact.strength = 0.0F;
      contact.active_until = std::min(contact.active_until, month);
    }
    exits.push_back(firm);
  }
  ChangesByBlock changes_of_ket((leavers.size() + few_rows - 1) / few_rows);
  for (std::size_t k = 0; k < ket_count(); ++k) {
    for_few_rows(leavers.size(), [&](std::size_t begin, std::size_t end) {
      for (std::size_t i = begin; i < end; ++i)
        changes_of_ket[begin / few_rows].push_back(move(leavers[i], KetId(k), Stage::gone, Trigger::exit));
    });
    publish(changes_of_ket);
  }
}

void World::count_exposures() {
  count_peers(firms, peers, ket_count());
}

void World::count_users() {
  users.assign(ket_count(), 0);
  users_in_sector.assign(ket_count(), std::vector<std::int64_t>(geography->sectors.size(), 0));
  for (std::size_t k = 0; k < ket_count(); ++k) {
    const Stage* stage = firms.stage.data(KetId(k));
    for (std::size_t i = 0; i < firms.count(); ++i) {
      if (uses(stage[i])) ++users_in_sector[k][firms.sector[FirmId(i)]];
    }
    for (const std::int64_t in_sector : users_in_sector[k]) users[k] += in_sector;
  }
}

std::uint32_t World::attempt_code(FirmId firm, KetId ket) const {
  if (draws == Draws::step_wise) return month_code(ket);
  const auto months = static_cast<std::uint16_t>(month - firms.since(firm, ket));
  return ket.row << 24 | static_cast<std::uint32_t>(firms.attempt(firm, ket)) << 16 | months;
}

// The bit in the middle keeps it apart from what founding draws under the same purposes: numbers of KETs.
std::uint32_t World::month_code(KetId ket) const {
  return ket.row << 24 | 1U << 23 | static_cast<std::uint16_t>(month);
}

std::uint32_t World::event_code(KetId ket, std::uint8_t attempt, MonthIndex begun) const {
  const std::uint32_t code = ket.row << 8 | attempt;
  if (draws == Draws::thresholds) return code;
  return code | static_cast<std::uint32_t>(static_cast<std::uint16_t>(begun)) << 16;
}

void World::draw_resistance(FirmId firm, KetId ket, Purpose purpose) {
  const std::uint64_t bits = first_bits(randomness.key(purpose), firms.key[firm], attempt_code(firm, ket));
  firms.resistance(firm, ket) = exponential_threshold_of(bits);
}

void World::tell_of_programme(FirmId firm, ProgrammeId programme) {
  if (knows_programme(firm, programme) || firms.alive[firm] == 0) return;
  firms.programmes_known[firm] =
      static_cast<std::uint8_t>(firms.programmes_known[firm] | (1U << programme.row));
  audience[programme.index()].push_back(firm);
}

void World::reach(FirmId firm, ProgrammeId programme, PolicyId policy) {
  tell_of_programme(firm, programme);
  if (firms.first_reached[firm] != never || firms.size[firm] == SizeClass::large) return;
  firms.first_reached.edit(firm) = month;
  firms.reached_by.edit(firm) = policy;
  newly_reached.push_back(firm);
}

void World::note_award(FirmId firm, KetId ket, PolicyId policy, Money amount) {
  MonthIndex& first = firms.first_award.edit(firm);
  first = std::min(first, month);
  MonthIndex& paid = firms.paid_in.edit(firm, ket);
  if (paid == never) firms.paid_by.edit(firm, ket) = policy;
  paid = std::min(paid, month);
  firms.awarded.edit(firm, ket) += amount;
}

}  // namespace ketsim
