// The direct effect of one award: the same world with this award withheld and its money burnt, so that nobody
// else can have it.
//
// When the proposal is chosen, its money is committed and paid out, to nobody; the applicants are turned
// down, learn from it, and may try again like others that were. All draws stay as they are. Until then the
// worlds are the same; after it they differ by what the award did and by what follows from that. What
// projects give back and borrowers repay comes to the programme only where the award was made: the burnt
// money does not.
#pragma once

#include <vector>

#include "ketsim/base/money.hpp"
#include "ketsim/model/projects.hpp"

namespace ketsim {

struct Context;
struct PolicyState;
class Simulation;

//! What names one award in all twins: a firm has one application at a time to one policy for one KET.
struct WithheldAward {
  StableKey policy = 0;  //!< PolicyState::key
  StableKey lead = 0;    //!< Firms::key
  KetId ket;
  MonthIndex submitted = never;  //!< month of the application [month since the start]
  bool operator==(const WithheldAward&) const = default;
};
template <class Stream>
void stream(Stream& bytes, WithheldAward& award) {
  bytes(award.policy, award.lead, award.ket, award.submitted);
}

//! An award that a world has made.
struct MadeAward {
  WithheldAward award;  //!< for Simulation::withhold of a twin
  ProjectKind kind = ProjectKind::innovation_project;
  MonthIndex decided = never;    //!< [month since the start]
  Money amount;                  //!< grants of all members, or loan, or reserve of a guarantee
  std::vector<StableKey> firms;  //!< members that are firms, large ones among them; the lead first
};

//! All awards so far, of consortia and of single firms, in the order of their applications; without those
//! that went unused.
[[nodiscard]] std::vector<MadeAward> awards_of(const Simulation& simulation);

//! Whether the award of a chosen proposal is to be withheld.
[[nodiscard]] bool is_withheld(const Context& context, const PolicyState& policy, const Proposal& proposal);

//! Commits the money of a withheld award and pays it out to nobody. Loans cost the public what they would
//! have cost as loans. Contract: the money is there.
void burn_award(Context& context, PolicyState& policy, const Proposal& proposal);

}  // namespace ketsim
