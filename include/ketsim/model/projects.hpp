// Proposals and projects: consortia on their way from a first plan to a product.
#pragma once

#include <cstdint>
#include <vector>

#include "ketsim/base/money.hpp"
#include "ketsim/model/organisations.hpp"

namespace ketsim {

//! What the money of a proposal is for.
enum class ProjectKind : std::uint8_t { innovation_project, feasibility_study };

//! A claim on its way to being paid.
struct Claim {
  MonthIndex due = 0;
  Money amount;
};

//! One partner's part in a proposal or project.
struct Member {
  Actor actor;
  Money cost;                 //!< eligible cost of the part [cent]
  Money grant;                //!< of it, requested or awarded [cent]
  Money spent;                //!< cost so far [cent]
  Money claimed;              //!< grant on costs so far, claimed [cent]
  Money received;             //!< grant paid out so far [cent]
  std::vector<Claim> claims;  //!< not paid yet, the oldest first
  bool left = false;          //!< dropped out
};

//! A contract inside a consortium between an SME and a partner: the unit of cooperation that is counted.
struct Task {
  std::uint32_t client = 0;    //!< member that places the task, an SME
  std::uint32_t supplier = 0;  //!< member that carries it out
};

enum class ProposalStatus : std::uint8_t { forming, submitted, awarded, rejected, withdrawn };

struct Proposal {
  PolicyId policy;
  ProjectKind kind = ProjectKind::innovation_project;
  KetId ket;
  FirmId lead;
  std::uint8_t attempt = 0;  //!< 0 for the first submission, 1 for the first resubmission ...
  ProposalStatus status = ProposalStatus::forming;
  MonthIndex begun = 0;
  MonthIndex submitted = never;
  MonthIndex decision_due = never;
  MonthIndex decided = never;
  std::vector<Member> members;  //!< the lead first
  double coaching = 0.0;        //!< hours of coaching received [h]
  double quality = 0.0;         //!< what a perfect jury would see [1]
  double score = 0.0;           //!< what the jury saw [1]

  [[nodiscard]] Money cost() const;
  [[nodiscard]] Money request() const;
};

enum class ProjectStatus : std::uint8_t { running, completed, failed };

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

}  // namespace ketsim
