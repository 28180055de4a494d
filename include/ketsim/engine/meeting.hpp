// Meetings in person: what all outreach instruments have in common.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "ketsim/engine/setup.hpp"

namespace ketsim {

//! Whom an act in person may bring together. The functions are called from several threads at a time.
struct FirmDraw {
  std::size_t places = 1;
  //! Most that the weight of a target can be, cheap to know; 0: it cannot come. Asked of all targets.
  std::function<double(FirmId)> most;
  //! Chance to be drawn, up to a factor; 0: never. Asked only of those whose luck may suffice.
  std::function<double(FirmId)> weight;
};

//! At most `places` targets of the policy, drawn without replacement with chances in proportion to their
//! weights. Each firm has a keyed draw of its own, so that one more firm changes nobody else's luck: smallest
//! -log(u) / weight first (Efraimidis and Spirakis 2006).
[[nodiscard]] std::vector<FirmId> draw_firms(const Context& context, const PolicyState& policy,
                                             std::uint32_t act, const FirmDraw& draw);

//! Which of the programme's partners carries out an act: they take turns; a partner whose staff has no hours
//! left for it this month is passed over. None where no partner has.
[[nodiscard]] IntermediaryId partner_of_act(const Context& context, const PolicyState& policy,
                                            std::uint32_t act);

//! The KET that an act is about: the policy's KETs take turns, so that each partner comes to each of them.
[[nodiscard]] KetId ket_of_act(const Context& context, const PolicyState& policy, std::uint32_t act);

//! Whether the firm looks into a KET of the policy, or tries it out.
[[nodiscard]] bool is_looking(const Context& context, const PolicyState& policy, FirmId firm);

//! Two actors meet: a contact of at least this strength, used now.
void meet(World& world, Actor a, Actor b, double strength);

//! How likely somebody at a distance is to come: exp(-distance / scale) [0..1].
[[nodiscard]] double nearness(double distance, double scale);

//! Ease of coming to a meeting: falls with distance, and with language across the border [0..1].
[[nodiscard]] double ease_of_meeting(const World& world, FirmId firm, Actor host, double distance_scale);

//! Tells a firm in person of a KET: adds `dose` to what brings awareness, or, if it is aware, interest.
void inform_in_person(Context& context, FirmId firm, KetId ket, double dose, Trigger trigger);

}  // namespace ketsim
