#include "ketsim/engine/cooperation.hpp"

#include <algorithm>
#include <cmath>

#include "ketsim/base/portable_math.hpp"
#include "ketsim/rng/samplers.hpp"

namespace ketsim {

double knowledge_of(const World& world, Actor actor, KetId ket) {
  switch (actor.kind) {
    case ActorKind::firm:
      return world.firms.knowledge(actor.firm(), ket);
    case ActorKind::research:
      return world.research.capability(actor.research(), ket);
    case ActorKind::intermediary:
      return world.intermediaries.expertise(IntermediaryId(actor.row), ket);
  }
  return 0.0;
}

double cognitive_distance(const World& world, Actor a, Actor b) {
  double product = 0.0;
  double square_a = 0.0;
  double square_b = 0.0;
  for (std::size_t k = 0; k < world.ket_count(); ++k) {
    const double x = knowledge_of(world, a, KetId(k));
    const double y = knowledge_of(world, b, KetId(k));
    product += x * y;
    square_a += x * x;
    square_b += y * y;
  }
  if (square_a <= 0.0 || square_b <= 0.0) return 1.0;
  return std::clamp(1.0 - product / std::sqrt(square_a * square_b), 0.0, 1.0);
}

double learning_potential(double distance) {
  constexpr double best_distance = 0.3;  // assumption: d*, where partners learn most from each other
  return distance / best_distance * portable_exp(1.0 - distance / best_distance);
}

bool overcomes_border(const World& world, FirmId initiator, Actor partner) {
  const Actor self = actor(initiator);
  if (!world.crosses_border(self, partner)) return true;
  const Border& border = world.geography->border(world.country_of(self), world.country_of(partner));
  double ability = world.firms.language_ability[initiator];
  double experience = world.firms.border_experience[initiator];
  if (partner.kind == ActorKind::firm) {
    ability = std::max(ability, static_cast<double>(world.firms.language_ability[partner.firm()]));
    experience = std::max(experience, static_cast<double>(world.firms.border_experience[partner.firm()]));
  }
  Stream steps =
      world.randomness.stream(Purpose::search, world.firms.key[initiator], fold32(world.key_of(partner)));
  const bool initiates = uniform(steps) < 1.0 - border.language * (1.0 - ability) * (1.0 - experience);
  const bool selects = uniform(steps) < 1.0 - border.culture * (1.0 - experience);
  const bool sets_up = uniform(steps) < 1.0 - border.legislation * (1.0 - experience);
  if (!selects || !sets_up) return false;
  return initiates || world.contacts.find(self, partner) != nullptr;
}

void cooperate(World& world, Actor a, Actor b, MonthIndex until) {
  Contact& contact = world.contacts.between(a, b);
  contact.kind = ContactKind::collaboration;
  contact.strength = std::min(1.0F, contact.strength + 0.5F);
  contact.used = world.month;
  contact.active_until = std::max(contact.active_until, until);
  contact.repeats = static_cast<std::uint8_t>(std::min(contact.repeats + 1, 255));
}

}  // namespace ketsim
