// Support for what a firm does by itself (a pilot, an investment, carrying cost until a grant is paid): from
// the offer over the application to the work that begins. Target, window, budget and allocation are those of
// every policy.
//
// All support for one piece of work is applied for at the same time, and cut to the ceiling of state aid in
// the order of the policies, the later first. The work begins when the last decision is in (work begun before
// would not be eligible), with what was awarded; if the firm can no longer pay its part, the awards go unused
// and the money back to the programmes.
#pragma once

#include <vector>

#include "ketsim/engine/setup.hpp"

namespace ketsim {

struct SupportOffer {
  PolicyId policy;
  Support support;
};

//! Cost of an own pilot now [EUR].
[[nodiscard]] double pilot_cost(const Context& context, FirmId firm, KetId ket);

//! Own cash that an investment of `cost` takes, with the support given [EUR].
[[nodiscard]] double own_funds(const DecisionSettings& decisions, double cost,
                               const std::vector<SupportOffer>& given);

//! What a support is worth to the firm as a grant today: its gross grant equivalent [EUR].
[[nodiscard]] double grant_equivalent(const DecisionSettings& decisions, const Support& support);

//! What the policies that the firm knows would give for work of `cost` EUR of which another award pays
//! `grant` EUR. A bank's loan has one guarantor: the first, in the order of the policies, that has money.
[[nodiscard]] std::vector<SupportOffer> supports_for(const Context& context, Occasion occasion, FirmId firm,
                                                     KetId ket, double cost, double grant);

//! Submits the applications. `project`: whose claims an advance runs ahead of.
void apply_for_support(Context& context, FirmId firm, KetId ket, double cost,
                       const std::vector<SupportOffer>& offers, ProjectId project = {});

//! Commits the money of a chosen application. Contract: the money is there.
void award_support(Context& context, PolicyState& policy, ProposalId proposal);

//! Begins the work of a firm whose last application has been decided, if any was awarded.
void take_up(Context& context, FirmId firm, KetId ket);

//! An own pilot begins: cost paid, evidence gathered.
void begin_pilot(Context& context, FirmId firm, KetId ket, Trigger trigger);

//! The investment in a KET: own funds, support and a bank's loan.
void invest(Context& context, FirmId firm, KetId ket, const std::vector<SupportOffer>& given,
            Trigger trigger);

//! What applying with partners means for a firm: the instrument's offer, under the ceiling, with advances
//! that it can count on.
[[nodiscard]] Offer offer_of(const Context& context, const PolicyState& policy, FirmId firm, KetId ket);

//! Month in which an application prepared now would be decided, if it makes the next call, or goes in as soon
//! as the policy is open; never if it is over.
[[nodiscard]] MonthIndex decision_month(const Context& context, const PolicyState& policy);

}  // namespace ketsim
