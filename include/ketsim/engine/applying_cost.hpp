// Declarations that all funding has in common: what applying costs, and how late money comes.
#pragma once

#include "ketsim/describe/declaration.hpp"

namespace ketsim {

[[nodiscard]] Declaration effort_lead_declaration(Range plausible);     //!< [EUR]
[[nodiscard]] Declaration effort_partner_declaration(Range plausible);  //!< [EUR]
[[nodiscard]] Declaration effort_declaration(Range plausible);  //!< of a firm that applies alone [EUR]
[[nodiscard]] Declaration payment_delay_declaration();          //!< [month]
//! `source`: what it was fitted to; empty where everyone applies that would.
[[nodiscard]] Declaration lead_propensity_declaration(const char* source);

}  // namespace ketsim
