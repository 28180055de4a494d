// From a proposal that was chosen to a project at work: money committed, firms engaged, ties made.
#pragma once

#include "ketsim/engine/setup.hpp"

namespace ketsim {

//! Sets quality from the consortium: knowledge, promise, complementarity, completeness and coaching.
void assess_quality(const Context& context, const PolicyState& policy, Proposal& proposal);

//! Adds a member and takes up its attention or staff.
void join_proposal(Context& context, Proposal& proposal, Actor actor);

//! A firm that has closed is no longer a member of a proposal that has not been decided; nor is a lead.
void strike_leavers(Context& context, Proposal& proposal);

//! Frees everyone of a proposal that came to nothing.
void dissolve(Context& context, Proposal& proposal, ProposalStatus status);

//! Last month in which a project of the policy can work: its claims must be paid before the programme ends.
[[nodiscard]] int last_month_of_work(const Context& context, const PolicyState& policy,
                                     const ProjectTerms& terms);

//! Commits the money of a chosen proposal and starts its project. Contract: the money is there.
void award(Context& context, PolicyState& policy, ProposalId proposal);

//! Frees a member from a project that ends, or that it leaves.
void free_member(Context& context, const Member& member, KetId ket);

}  // namespace ketsim
