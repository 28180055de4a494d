// What decides whether two actors can work together and learn from each other.
#pragma once

#include <optional>

#include "ketsim/model/world.hpp"

namespace ketsim {

//! Knowledge of a KET relative to its frontier, of any kind of actor [1].
[[nodiscard]] double knowledge_of(const World& world, Actor actor, KetId ket);

//! Distance of two knowledge profiles over the KETs: 1 - cosine, 0 alike to 1 nothing in common.
[[nodiscard]] double cognitive_distance(const World& world, Actor a, Actor b);

//! g(d) = (d/d*) exp(1 - d/d*): too near has nothing new, too far is not understood (an inverted U; Nooteboom
//! et al. 2007). d* is `knowledge.best_distance`.
[[nodiscard]] double learning_potential(double distance, double best_distance);
//! The same for two actors, from their profiles.
[[nodiscard]] double learning_potential(const World& world, Actor a, Actor b);

//! Share of what others know that a firm can take up: more with more staff, and with prior knowledge to build
//! on (Cohen and Levinthal 1990):
//!   min(0.95, (base + size * log(employees)) * (1 + prior * mean knowledge of the KETs))
[[nodiscard]] double absorptive_capacity(const World& world, FirmId firm);

//! Share of talk that gets across to a firm from another actor, 1 inside a country:
//!   (1 - language * (1 - ability) * (1 - experience)) * (1 - culture * (1 - experience))
//! Inline with an early end: most pairs that talk do not face a border.
[[nodiscard]] inline double border_openness(const World& world, FirmId listener, Actor speaker) {
  const CountryId here = world.country_of(listener);
  const CountryId there = world.country_of(speaker);
  if (here == there) return 1.0;
  const Border& border = world.geography->border(here, there);
  const double rest = 1.0 - static_cast<double>(world.firms.border_experience[listener]);
  const auto ability = static_cast<double>(world.firms.language_ability[listener]);
  return (1.0 - border.language * (1.0 - ability) * rest) * (1.0 - border.culture * rest);
}

//! The step of cross-border cooperation at which a pair stops; none: work can begin. Each step has its own
//! friction (van den Broek et al.) and is passed or not by one keyed draw a pair; ability and experience are
//! those of the better of the two:
//!   initiate  1 - language    * (1 - language ability) * (1 - experience), none between those who have met
//!   select    1 - culture     * (1 - experience)
//!   set up    1 - legislation * (1 - legal ability)    * (1 - experience)
//! Inside a country, and between those who have worked together before, all are passed. The fourth step, to
//! carry out, is passed or not in the work itself.
[[nodiscard]] std::optional<CooperationStep> stops_at(const World& world, FirmId initiator, Actor partner);
[[nodiscard]] inline bool overcomes_border(const World& world, FirmId initiator, Actor partner) {
  return !stops_at(world, initiator, partner);
}

//! Cooperation across the border erodes the frictions that are left for the firm, by this share.
void gain_border_experience(World& world, FirmId firm, double share);

//! Joint work up to `until`: the contact is made or strengthened, and carries knowledge meanwhile.
void cooperate(World& world, Actor a, Actor b, MonthIndex until);

}  // namespace ketsim
