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

double learning_potential(double distance, double best_distance) {
  return distance / best_distance * portable_exp(1.0 - distance / best_distance);
}

double learning_potential(const World& world, Actor a, Actor b) {
  return learning_potential(cognitive_distance(world, a, b), world.geography->knowledge.best_distance);
}

double absorptive_capacity(const World& world, FirmId firm) {
  const Knowledge& settings = world.geography->knowledge;
  const double employees = std::max(static_cast<double>(world.firms.employees[firm]), 1.0);
  double prior = 0.0;
  for (std::size_t k = 0; k < world.ket_count(); ++k) prior += world.firms.knowledge(firm, KetId(k));
  prior /= static_cast<double>(world.ket_count());
  const double by_size = settings.absorption_base + settings.absorption_size * portable_log(employees);
  return std::min(0.95, by_size * (1.0 + settings.absorption_prior * prior));
}

namespace {

// What a pair has of a trait: the better of the two firms, or the firm's alone with an organisation.
template <class Trait>
double better_of(const Trait& trait, FirmId firm, Actor partner) {
  const float own = trait[firm];
  return partner.kind == ActorKind::firm ? std::max(own, trait[partner.firm()]) : own;
}

}  // namespace

std::optional<CooperationStep> stops_at(const World& world, FirmId initiator, Actor partner) {
  const Actor self = actor(initiator);
  if (!world.crosses_border(self, partner)) return std::nullopt;
  const Contact* contact = world.contacts.find(self, partner);
  if (contact != nullptr && contact->repeats > 0) return std::nullopt;
  const Firms& firms = world.firms;
  const Border& border = world.geography->border(world.country_of(self), world.country_of(partner));
  const double rest = 1.0 - better_of(firms.border_experience, initiator, partner);
  const double language = border.language * (1.0 - better_of(firms.language_ability, initiator, partner));
  const double legislation = border.legislation * (1.0 - better_of(firms.legal_ability, initiator, partner));
  Stream steps =
      world.randomness.stream(Purpose::search, firms.key[initiator], fold32(world.key_of(partner)));
  const bool initiates = uniform(steps) < 1.0 - language * rest;
  const bool selects = uniform(steps) < 1.0 - border.culture * rest;
  const bool sets_up = uniform(steps) < 1.0 - legislation * rest;
  if (!initiates && contact == nullptr) return CooperationStep::initiate;
  if (!selects) return CooperationStep::select;
  if (!sets_up) return CooperationStep::set_up;
  return std::nullopt;
}

void gain_border_experience(World& world, FirmId firm, double share) {
  float& experience = world.firms.border_experience.edit(firm);
  experience += static_cast<float>(share) * (1.0F - experience);
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
