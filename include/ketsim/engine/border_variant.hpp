// What the border costs: the same world without its frictions, to be compared with the world that has them.
//
// A border holds back twice: it shaped whom firms knew when the run began, and it goes on to hold back talk
// and work. The two variants tell these apart:
//   lifted       founded with the border as it is: ties between peers, advisers, contacts; from the first
//                month on nothing holds back talk, meetings, work together, or ties that are sought anew
//   never_there  no friction from the founding on
// Both stand under the same keyed draws as the world with the border, and only frictions go (`borders` of a
// scenario): countries stay, and with them what programmes ask of consortia and whom they are for.
//
// Ties between peers nest: each tie of the world with the border is one of the world where it was never
// there, of the same strength inside a country and no weaker across. Advisers and first contacts to research
// do not: the same firms have one, but where no border holds them back some have chosen one abroad in its
// place.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string_view>

#include "ketsim/engine/setup.hpp"

namespace ketsim {

enum class BorderVariant : std::uint8_t { lifted, never_there };

//! By value of the enumeration.
inline constexpr std::array<std::string_view, 2> border_variant_names{"lifted", "never_there"};

//! The same scenario without frictions between countries. Where replicates share a graph of peers, `lifted`
//! has that of the world with the border, and `never_there` one of its own (found_network).
[[nodiscard]] std::shared_ptr<Setup> without_border(const Setup& setup, BorderVariant variant);

}  // namespace ketsim
