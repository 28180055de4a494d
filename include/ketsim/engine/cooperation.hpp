// What decides whether two actors can work together and learn from each other.
#pragma once

#include "ketsim/model/world.hpp"

namespace ketsim {

//! Knowledge of a KET relative to its frontier, of any kind of actor [1].
[[nodiscard]] double knowledge_of(const World& world, Actor actor, KetId ket);

//! Distance of two knowledge profiles over the KETs: 1 - cosine, 0 alike to 1 nothing in common.
[[nodiscard]] double cognitive_distance(const World& world, Actor a, Actor b);

//! g(d) = (d/d*) exp(1 - d/d*): too near has nothing new, too far is not understood (an inverted U; Nooteboom
//! et al. 2007).
[[nodiscard]] double learning_potential(double distance);

//! The steps of cross-border cooperation before work begins (van den Broek et al.), each with its own
//! friction, each passed or not by one keyed draw a pair; inside a country all are passed:
//!   initiate  1 - language    * (1 - ability) * (1 - experience)   (no friction between those who have met)
//!   select    1 - culture     * (1 - experience)
//!   set up    1 - legislation * (1 - experience)
[[nodiscard]] bool overcomes_border(const World& world, FirmId initiator, Actor partner);

//! Joint work up to `until`: the contact is made or strengthened, and carries knowledge meanwhile.
void cooperate(World& world, Actor a, Actor b, MonthIndex until);

}  // namespace ketsim
