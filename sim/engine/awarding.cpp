#include "ketsim/engine/awarding.hpp"

#include <algorithm>
#include <cmath>

#include "ketsim/base/contracts.hpp"
#include "ketsim/base/portable_math.hpp"
#include "ketsim/engine/cooperation.hpp"
#include "ketsim/engine/support.hpp"

namespace ketsim {
namespace {

// Who works for whom: the lead with every partner; every other SME with the institute that knows most across
// from it.
std::vector<Task> divide_tasks(const World& world, const Proposal& proposal) {
  std::vector<Task> tasks;
  const auto n = static_cast<std::uint32_t>(proposal.members.size());
  for (std::uint32_t m = 1; m < n; ++m) tasks.push_back({0, m});
  for (std::uint32_t m = 1; m < n; ++m) {
    if (!world.is_sme(proposal.members[m].actor)) continue;
    std::uint32_t best = 0;
    double best_gain = 0.0;
    for (std::uint32_t r = 1; r < n; ++r) {
      const Actor institute = proposal.members[r].actor;
      if (institute.kind != ActorKind::research) continue;
      const double gain = knowledge_of(world, institute, proposal.ket) *
                          learning_potential(world, proposal.members[m].actor, institute);
      if (gain > best_gain) {
        best = r;
        best_gain = gain;
      }
    }
    if (best != 0) tasks.push_back({m, best});
  }
  return tasks;
}

void enter_project(Context& context, const Member& member, KetId ket, PolicyId policy) {
  World& world = context.world;
  if (member.actor.kind == ActorKind::research) {
    MonthIndex& first = world.research.first_award[member.actor.research()];
    first = std::min(first, context.month());
    return;
  }
  world.note_award(member.actor.firm(), ket, policy, member.grant);
}

// Members that must carry cost until claims are paid ask for advances.
void ask_for_advances(Context& context, const Project& project, ProjectId id) {
  for (const Member& member : project.members) {
    if (member.actor.kind != ActorKind::firm) continue;
    const FirmId firm = member.actor.firm();
    const auto offers =
        supports_for(context, Occasion::award, firm, project.ket, member.cost.euros(), member.grant.euros());
    apply_for_support(context, firm, project.ket, member.cost.euros(), offers, id);
  }
}

}  // namespace

void assess_quality(const Context& context, const PolicyState& policy, Proposal& proposal) {
  const World& world = context.world;
  const ConsortiumRules rules = policy.instrument->rules(context, proposal.ket);
  double best_knowledge = 0.0;
  double promise = 0.0;
  double complementarity = 0.0;
  double smes = 0.0;
  for (const Member& member : proposal.members) {
    best_knowledge = std::max(best_knowledge, knowledge_of(world, member.actor, proposal.ket));
    if (member.actor.kind != ActorKind::firm) continue;
    const FirmId firm = member.actor.firm();
    const double fit = world.firms.affinity(firm, proposal.ket) *
                       context.geography().ket(proposal.ket).relevance[world.firms.sector[firm]];
    promise += fit / (1.0 + fit);
    smes += 1.0;
    if (member.actor != actor(proposal.lead))
      complementarity += learning_potential(world, actor(proposal.lead), member.actor);
  }
  const auto wanted = static_cast<double>(rules.wanted_smes + rules.wanted_research);
  const double completeness =
      std::min(1.0, static_cast<double>(proposal.members.size()) / std::max(wanted, 1.0));
  const double coached =
      1.0 - portable_exp(-proposal.coaching / 20.0);  // assumption: 20 hours bring 63 % of the gain
  // A consortium learns from each rejection of its proposal; support for one firm is not written anew.
  const double better = is_of_consortium(proposal.kind) ? std::min<double>(proposal.attempt, 2.0) : 0.0;
  // Weights: assumption, after the criteria usual in calls (excellence, impact, consortium).
  proposal.quality = 0.3 * std::min(best_knowledge, 1.0) + 0.3 * promise / std::max(smes, 1.0) +
                     0.1 * std::min(complementarity / std::max(smes - 1.0, 1.0), 1.0) + 0.15 * completeness +
                     0.15 * coached + 0.05 * better;
  proposal.quality = std::min(proposal.quality, 1.0);
}

void join_proposal(Context& context, Proposal& proposal, Actor who) {
  Member member;
  member.actor = who;
  proposal.members.push_back(member);
  if (who.kind == ActorKind::research) {
    context.world.research.free_projects[who.research()] -= 1.0F;
    context.world.research.demand(who.research(), proposal.ket) += 1.0F;
  } else if (who.kind == ActorKind::firm) {
    ++context.world.firms.engagements[who.firm()];
    ++context.world.firms.commitments.edit(who.firm(), proposal.ket);
  }
}

void free_member(Context& context, const Member& member, KetId ket) {
  if (member.actor.kind == ActorKind::research) {
    context.world.research.free_projects[member.actor.research()] += 1.0F;
  } else if (member.actor.kind == ActorKind::firm) {
    --context.world.firms.engagements[member.actor.firm()];
    --context.world.firms.commitments.edit(member.actor.firm(), ket);
  }
}

void strike_leavers(Context& context, Proposal& proposal) {
  std::erase_if(proposal.members, [&](const Member& member) {
    const bool gone = member.actor.kind == ActorKind::firm && !context.world.firms.alive[member.actor.firm()];
    if (gone) free_member(context, member, proposal.ket);
    return gone;
  });
}

void dissolve(Context& context, Proposal& proposal, ProposalStatus status) {
  for (const Member& member : proposal.members) free_member(context, member, proposal.ket);
  proposal.status = status;
  proposal.decided = context.month();
}

int last_month_of_work(const Context& context, const PolicyState& policy, const ProjectTerms& terms) {
  return context.index_of(policy.owner->end) - 1 - terms.payment_delay;
}

void award(Context& context, PolicyState& policy, ProposalId id) {
  World& world = context.world;
  Proposal& proposal = world.proposals[id.index()];
  const Money request = proposal.request();
  world.ledger.commit(policy.programme, request);
  policy.committed += request;
  proposal.status = ProposalStatus::awarded;
  proposal.decided = context.month();
  Project project;
  project.proposal = id;
  project.policy = policy.id;
  project.kind = proposal.kind;
  project.ket = proposal.ket;
  project.lead = proposal.lead;
  project.start = context.month();
  const ProjectTerms terms = policy.instrument->terms(context, proposal);
  const int last_work = last_month_of_work(context, policy, terms);
  expect(last_work > context.month(), "a project can be done before its programme ends");
  project.end = static_cast<MonthIndex>(std::min(context.month() + terms.months, last_work));
  project.trl = first_trl;
  project.members = proposal.members;
  project.tasks = divide_tasks(world, proposal);
  for (const Task& task : project.tasks)
    cooperate(world, project.members[task.client].actor, project.members[task.supplier].actor, project.end);
  for (const Member& member : project.members) {
    enter_project(context, member, project.ket, policy.id);
    world.awards.push_back({policy.id, project.kind, project.ket, member.actor, member.grant});
  }
  const ProjectId project_id(world.projects.size());
  world.projects.push_back(project);
  ask_for_advances(context, project, project_id);  // proposals move in memory: `proposal` is no longer valid
}

}  // namespace ketsim
