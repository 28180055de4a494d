// The money of a project on its way to those who work: grants are claimed in arrears and paid after the
// funder's check, advances are settled from the last claims.
#pragma once

#include "ketsim/engine/setup.hpp"

namespace ketsim {

//! The grant on what the member has spent so far.
[[nodiscard]] Money grant_earned(const Member& member);

//! A month of claims of all members: made at intervals and at the end, paid when they are due; what is then
//! left of an advance is called in.
void pay_claims(Context& context, ProjectId id, Project& project, PolicyState& policy,
                const ProjectTerms& terms);

}  // namespace ketsim
