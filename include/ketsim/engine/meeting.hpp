// Meetings in person: what all outreach instruments have in common.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "ketsim/engine/setup.hpp"

namespace ketsim {

//! At most `places` targets of the policy, drawn without replacement with chances in proportion to `weight`
//! (firms of weight 0 never). Each firm has a keyed draw of its own, so that one more firm changes nobody
//! else's luck: smallest -log(u) / weight first (Efraimidis and Spirakis 2006).
[[nodiscard]] std::vector<FirmId> draw_firms(const Context& context, const PolicyState& policy,
                                             std::uint32_t act, std::size_t places,
                                             const std::function<double(FirmId)>& weight);

//! Which of the programme's partners carries out an act: they take turns.
[[nodiscard]] IntermediaryId partner_of_act(const PolicyState& policy, std::uint32_t act);

//! Ease of coming to a meeting: falls with distance, and with language across the border [0..1].
[[nodiscard]] double ease_of_meeting(const World& world, FirmId firm, Actor host, double distance_scale);

//! Tells a firm in person of a KET: adds `dose` to what brings awareness, or, if it is aware, interest.
void inform_in_person(Context& context, FirmId firm, KetId ket, double dose, Trigger trigger);

}  // namespace ketsim
