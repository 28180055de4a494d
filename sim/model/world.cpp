#include "ketsim/model/world.hpp"

#include "ketsim/base/contracts.hpp"

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
  const int informed = static_cast<int>(knows(to)) - static_cast<int>(knows(from));
  const int adopting = static_cast<int>(uses(to)) - static_cast<int>(uses(from));
  const auto before = firms.kets_used[firm];
  firms.kets_used[firm] = static_cast<std::uint8_t>(before + adopting);
  firms.stage(firm, ket) = to;
  firms.trigger(firm, ket) = trigger;
  firms.since(firm, ket) = month;
  if (adopting > 0) firms.adopted_in(firm, ket) = month;
  users[ket.index()] += adopting;
  const int users_change = (before == 0 && adopting > 0) ? 1 : (before == 1 && adopting < 0) ? -1 : 0;
  if (to == Stage::aware) draw_resistance(firm, ket, Purpose::interest);
  if (to == Stage::interested) draw_resistance(firm, ket, Purpose::review);
  firms.kets_known[firm] = static_cast<std::uint8_t>(firms.kets_known[firm] + informed);
  const int knowers_change = informed > 0 && firms.kets_known[firm] == 1 ? 1 : 0;
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

void World::draw_resistance(FirmId firm, KetId ket, Purpose purpose) {
  std::uint8_t& attempt = firms.attempt(firm, ket);
  Stream draw =
      randomness.stream(purpose, firms.key[firm], static_cast<std::uint32_t>(ket.row << 8 | attempt));
  firms.resistance(firm, ket) = exponential_threshold(draw);
  if (attempt < 255) ++attempt;
}

void World::tell_of_programme(FirmId firm, ProgrammeId programme) {
  if (knows_programme(firm, programme)) return;
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
