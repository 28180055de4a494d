// Proposals and projects: consortia on their way from a first plan to a product.
#pragma once

#include <cstdint>
#include <vector>

#include "ketsim/base/money.hpp"
#include "ketsim/model/organisations.hpp"

namespace ketsim {

//! What the money of a proposal is for: work of a consortium, or support for what one firm does by itself.
enum class ProjectKind : std::uint8_t {
  innovation_project,
  feasibility_study,
  innovation_voucher,
  pilot,       //!< support for an own pilot
  investment,  //!< support for the investment in a KET
  advance      //!< money ahead of the claims of an awarded project
};
[[nodiscard]] constexpr bool is_of_consortium(ProjectKind kind) {
  return kind <= ProjectKind::innovation_voucher;
}

//! A claim on its way to being paid.
struct Claim {
  MonthIndex due = 0;
  Money amount;
};
template <class Stream>
void stream(Stream& bytes, Claim& claim) {
  bytes(claim.due, claim.amount);
}

//! One partner's part in a proposal or project.
struct Member {
  Actor actor;
  Money cost;                 //!< eligible cost of the part [cent]
  Money grant;                //!< of it, requested or awarded [cent]
  Money spent;                //!< cost so far [cent]
  Money claimed;              //!< grant on costs so far, claimed [cent]
  Money received;             //!< grant paid out so far [cent]
  Money advance;              //!< lent ahead of claims and not yet settled [cent]
  PolicyId advanced_by;       //!< policy that lent it; none otherwise
  std::vector<Claim> claims;  //!< not paid yet, the oldest first
  bool left = false;          //!< dropped out
};
template <class Stream>
void stream(Stream& bytes, Member& m) {
  bytes(m.actor, m.cost, m.grant, m.spent, m.claimed, m.received, m.advance, m.advanced_by, m.claims, m.left);
}

//! A contract inside a consortium between an SME and a partner: the unit of cooperation that is counted.
struct Task {
  std::uint32_t client = 0;    //!< member that places the task, an SME
  std::uint32_t supplier = 0;  //!< member that carries it out
};

enum class ProposalStatus : std::uint8_t {
  forming,
  submitted,
  awarded,
  rejected,
  withdrawn,
  unused  //!< awarded, and not taken up
};

//! What support for a single firm consists of.
struct Support {
  double grant = 0.0;          //!< paid once, in arrears [EUR]
  int payment_delay = 0;       //!< from the start of the work to its payment [month]
  double loan = 0.0;           //!< lent at the start [EUR]
  double interest = 0.0;       //!< on it [1/yr]
  int months = 0;              //!< over which it is paid back [month]
  double own_funds = 1.0;      //!< factor on the own funds that a bank asks for [1]
  double guaranteed = 0.0;     //!< share of the bank's loan that the programme stands for [1]
  double expected_loss = 0.0;  //!< reserved for it [EUR]
  double effort = 0.0;         //!< cost of applying [EUR]
  //! Money that the programme must set aside [EUR].
  [[nodiscard]] double drawn() const { return grant + loan + expected_loss; }
};
template <class Stream>
void stream(Stream& bytes, Support& s) {
  bytes(s.grant, s.payment_delay, s.loan, s.interest, s.months, s.own_funds, s.guaranteed, s.expected_loss,
        s.effort);
}

struct Proposal {
  PolicyId policy;
  ProjectKind kind = ProjectKind::innovation_project;
  KetId ket;
  FirmId lead;
  std::uint8_t attempt = 0;  //!< earlier submissions; of support: how often the firm began anew
  ProposalStatus status = ProposalStatus::forming;
  MonthIndex begun = 0;
  MonthIndex submitted = never;
  MonthIndex decision_due = never;
  MonthIndex decided = never;
  std::vector<Member> members;  //!< the lead first
  double coaching = 0.0;        //!< hours of coaching received [h]
  double quality = 0.0;         //!< what a perfect jury would see [1]
  double score = 0.0;           //!< what the jury saw [1]
  Support support;              //!< of a single firm; nothing for consortia
  ProjectId advances;           //!< project whose claims it runs ahead of; none otherwise

  [[nodiscard]] Money cost() const;
  [[nodiscard]] Money request() const;
};
template <class Stream>
void stream(Stream& bytes, Proposal& p) {
  bytes(p.policy, p.kind, p.ket, p.lead, p.attempt, p.status, p.begun, p.submitted, p.decision_due, p.decided,
        p.members, p.coaching, p.quality, p.score, p.support, p.advances);
}

enum class ProjectStatus : std::uint8_t { running, completed, failed };

//! Level at which applied cooperation starts: validated in the lab (assumption).
inline constexpr double first_trl = 4.0;

struct Project {
  ProposalId proposal;
  PolicyId policy;
  ProjectKind kind = ProjectKind::innovation_project;
  KetId ket;
  FirmId lead;
  ProjectStatus status = ProjectStatus::running;
  MonthIndex start = 0;
  MonthIndex end = 0;  //!< planned last month of work
  MonthIndex finished = never;
  double trl = 0.0;  //!< technology readiness level, 1 to 9
  std::vector<Member> members;
  std::vector<Task> tasks;
  std::uint32_t products = 0;  //!< product lines brought to market on completion
};
template <class Stream>
void stream(Stream& bytes, Project& p) {
  bytes(p.proposal, p.policy, p.kind, p.ket, p.lead, p.status, p.start, p.end, p.finished, p.trl, p.members,
        p.tasks, p.products);
}

}  // namespace ketsim
