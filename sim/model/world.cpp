#include "ketsim/model/world.hpp"

#include <algorithm>

#include "ketsim/base/contracts.hpp"
#include "ketsim/parallel/rows.hpp"

namespace ketsim {

CountryId World::country_of(Actor actor) const {
  switch (actor.kind) {
    case ActorKind::firm:
      return country_of(actor.firm());
    case ActorKind::research:
      return research.country[actor.research()];
    case ActorKind::intermediary:
      return intermediaries.country[IntermediaryId(actor.row)];
  }
  return {};
}

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

void World::change_stage(FirmId firm, KetId ket, Stage to, Trigger trigger) {
  const Stage from = firms.stage(firm, ket);
  expect(from != to, "a change of stage changes the stage");
  expect(from != Stage::gone, "a firm that has left does nothing");
  const int informed = static_cast<int>(knows(to)) - static_cast<int>(knows(from));
  const int adopting = static_cast<int>(uses(to)) - static_cast<int>(uses(from));
  const auto before = firms.kets_used[firm];
  firms.kets_used[firm] = static_cast<std::uint8_t>(before + adopting);
  firms.stage(firm, ket) = to;
  firms.trigger(firm, ket) = trigger;
  firms.since(firm, ket) = month;
  if (adopting > 0) firms.adopted_in(firm, ket) = month;
  users[ket.index()] += adopting;
  users_in_sector[ket.index()][firms.sector[firm]] += adopting;
  const int users_change = (before == 0 && adopting > 0) ? 1 : (before == 1 && adopting < 0) ? -1 : 0;
  if (from == Stage::rejected && to == Stage::aware && firms.attempt(firm, ket) < 255)
    ++firms.attempt(firm, ket);
  if (to == Stage::aware) draw_resistance(firm, ket, Purpose::interest);
  if (to == Stage::interested) draw_resistance(firm, ket, Purpose::review);
  firms.kets_known[firm] = static_cast<std::uint8_t>(firms.kets_known[firm] + informed);
  const auto known = firms.kets_known[firm];
  const int knowers_change = (informed > 0 && known == 1) ? 1 : (informed < 0 && known == 0) ? -1 : 0;
  changes.push_back({firm, ket, from, to, trigger, static_cast<std::int8_t>(users_change),
                     static_cast<std::int8_t>(knowers_change)});
  if (informed == 0 && adopting == 0) return;
  const auto neighbours = peers.neighbours(firm);
  const auto strengths = peers.strengths(firm);
  for (std::size_t n = 0; n < neighbours.size(); ++n) {
    const FirmId neighbour(neighbours[n]);
    firms.informed_exposure(neighbour, ket) += informed * strengths[n];
    firms.adopting_exposure(neighbour, ket) += adopting * strengths[n];
  }
}

void World::open(FirmId firm) {
  firms.alive[firm] = 1;
  ++living;
  ++living_in_sector[firms.sector[firm]];
}

void World::close(FirmId firm) {
  expect(firms.alive[firm] != 0, "a firm leaves once");
  firms.alive[firm] = 0;
  --living;
  --living_in_sector[firms.sector[firm]];
  for (std::size_t k = 0; k < ket_count(); ++k) change_stage(firm, KetId(k), Stage::gone, Trigger::exit);
  firms.client_of[firm] = 255;
  for (const std::uint32_t row : contacts.of(actor(firm))) {
    Contact& contact = contacts.row(row);
    contact.strength = 0.0F;
    contact.active_until = std::min(contact.active_until, month);
  }
  exits.push_back(firm);
}

void World::count_exposures() {
  for (std::size_t k = 0; k < ket_count(); ++k) {
    const KetId ket(k);
    for_rows(firms.count(), [&](std::size_t begin, std::size_t end) {
      for (std::size_t i = begin; i < end; ++i) {
        const FirmId firm(i);
        const auto neighbours = peers.neighbours(firm);
        const auto strengths = peers.strengths(firm);
        std::int32_t informed = 0;
        std::int32_t adopting = 0;
        for (std::size_t n = 0; n < neighbours.size(); ++n) {
          const Stage stage = firms.stage(FirmId(neighbours[n]), ket);
          informed += knows(stage) ? strengths[n] : 0;
          adopting += uses(stage) ? strengths[n] : 0;
        }
        firms.informed_exposure(firm, ket) = informed;
        firms.adopting_exposure(firm, ket) = adopting;
      }
    });
  }
}

std::uint32_t World::attempt_code(FirmId firm, KetId ket) const {
  const auto months = static_cast<std::uint16_t>(month - firms.since(firm, ket));
  return ket.row << 24 | static_cast<std::uint32_t>(firms.attempt(firm, ket)) << 16 | months;
}

void World::draw_resistance(FirmId firm, KetId ket, Purpose purpose) {
  Stream draw = randomness.stream(purpose, firms.key[firm], attempt_code(firm, ket));
  firms.resistance(firm, ket) = exponential_threshold(draw);
}

void World::tell_of_programme(FirmId firm, ProgrammeId programme) {
  if (knows_programme(firm, programme) || firms.alive[firm] == 0) return;
  firms.programmes_known[firm] =
      static_cast<std::uint8_t>(firms.programmes_known[firm] | (1U << programme.row));
  audience[programme.index()].push_back(firm);
}

void World::reach(FirmId firm, ProgrammeId programme) {
  tell_of_programme(firm, programme);
  if (firms.first_reached[firm] != never || firms.size[firm] == SizeClass::large) return;
  firms.first_reached[firm] = month;
  newly_reached.push_back(firm);
}

}  // namespace ketsim
