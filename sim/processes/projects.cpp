// Projects at work: costs month by month, claims in arrears, drop-outs, an end, and products.
//
// Every partner pays its costs as they arise and gets the grant's share back after a claim and the funder's
// check: the cash that this binds is what makes small firms hesitate, and leave when it runs out. Advances
// are settled from the last claims. A partner that closes or cannot pay drops out; where the lead does, another
// SME takes over, and a project without any fails. A project fails through its partnership at the instrument's
// rate, more often with a public research partner from abroad (Lhuillery and Pfister 2009); each SME partner
// of a completed one brings a product line with the chance of technical success. What it can do better with
// the KET then depends on what the partners could combine:
//   benefit *= 1 + benefit_gain * max over partners of g(d)
//                                 * (1 + border_novelty if the partner is from across the border)
// with g the inverted U of learning in cognitive distance d (engine/cooperation.hpp).
#include <algorithm>

#include "ketsim/engine/awarding.hpp"
#include "ketsim/engine/claims.hpp"
#include "ketsim/engine/cooperation.hpp"
#include "ketsim/engine/process.hpp"
#include "ketsim/rng/samplers.hpp"

namespace ketsim {
namespace {

struct ProjectParameters : ProcessParameters {
  double foreign_research_penalty = 1.4;
  double erosion = 0.3;
  double border_novelty = 0.2;
};

const Schema<ProjectParameters>& project_schema() {
  using P = ProjectParameters;
  static const Schema<P> schema =
      Schema<P>("projects", "Projects work, claim, lose partners and end")
          .boolean(&P::enabled, enabled_declaration())
          .real(&P::foreign_research_penalty,
                {.name = "foreign_research_penalty",
                 .unit = "1",
                 .range = {1, 10},
                 .plausible = {1.1, 2.0},
                 .doc = "factor on failure through partnership with a public research partner from abroad",
                 .source = "coop.foreign_pro_penalty",
                 .grade = Grade::estimate})
          .real(&P::erosion,
                {.name = "erosion",
                 .unit = "1",
                 .range = {0, 1},
                 .plausible = {0.1, 0.5},
                 .doc = "share of the border frictions left that one completed project across it takes away",
                 .source = "assumption",
                 .grade = Grade::assumption})
          .real(&P::border_novelty, {.name = "border_novelty",
                                     .unit = "1",
                                     .range = {0, 5},
                                     .plausible = {0, 0.5},
                                     .doc = "by which combining knowledge with a partner from across the "
                                            "border gains more than at home",
                                     .source = "assumption",
                                     .grade = Grade::assumption});
  return schema;
}

class Projects final : public Process {
 public:
  using Parameters = ProjectParameters;
  Projects(const Setup&, const Parameters& parameters) : parameters_(parameters) {}

  void step(Context& context) override {
    for (std::size_t p = 0; p < context.world.projects.size(); ++p) {
      Project& project = context.world.projects[p];
      PolicyState& policy = context.policy(project.policy);
      const ProjectTerms terms =
          policy.instrument->terms(context, context.world.proposals[project.proposal.index()]);
      if (project.start == context.month() && project.status == ProjectStatus::running)
        continue;  // work begins next month
      if (project.status == ProjectStatus::running) work(context, ProjectId(p), project, policy, terms);
      pay_claims(context, ProjectId(p), project, policy, terms);
    }
  }

 private:
  // The share of a part that is done by a month of the plan.
  static Money due(const Project& project, Money whole, int month) {
    const double done =
        static_cast<double>(month - project.start) / static_cast<double>(project.end - project.start);
    return share_of(whole, std::clamp(done, 0.0, 1.0));
  }

  void work(Context& context, ProjectId id, Project& project, PolicyState& policy,
            const ProjectTerms& terms) const {
    project.trl += terms.trl_gain / static_cast<double>(project.end - project.start);
    for (Member& member : project.members) {
      const bool closed =
          member.actor.kind == ActorKind::firm && !context.world.firms.alive[member.actor.firm()];
      if (closed && !member.left) leave(context, project, member, policy);
      if (!member.left) spend(context, id, project, member, policy);
    }
    if (!has_lead(context.world, project) || fails_now(context, project, terms))
      end(context, project, policy, terms, ProjectStatus::failed);
    else if (context.month() >= project.end)
      end(context, project, policy, terms, ProjectStatus::completed);
  }

  static void spend(Context& context, ProjectId id, Project& project, Member& member, PolicyState& policy) {
    World& world = context.world;
    const Money cost = due(project, member.cost, context.month()) - member.spent;
    if (member.actor.kind == ActorKind::firm) {
      Money& cash = world.firms.cash[member.actor.firm()];
      if (cash < cost) {
        leave(context, project, member, policy);
        return;
      }
      cash -= cost;
    }
    member.spent += cost;
    world.ledger.bear(member.actor, id, cost);
  }

  // A partner that cannot pay drops out; what it will not claim goes back to the programme.
  static void leave(Context& context, Project& project, Member& member, PolicyState& policy) {
    member.left = true;
    settle(context, member, policy);
    free_member(context, member, project.ket);
    for (const Task& task : project.tasks) {
      if (&project.members[task.client] == &member || &project.members[task.supplier] == &member)
        end_joint_work(context, project, task);
    }
  }

  static void end_joint_work(Context& context, const Project& project, const Task& task) {
    Contact& contact = context.world.contacts.between(project.members[task.client].actor,
                                                      project.members[task.supplier].actor);
    // Beyond the project's end the two are at other work as well. Other work that would have ended before it
    // cannot be told from it, and ends with it.
    if (contact.active_until <= project.end)
      contact.active_until = std::min(contact.active_until, context.month());
  }

  // Ends a part before its time: what was spent is its cost, the grant on the rest goes back to the
  // programme.
  static void settle(Context& context, Member& member, PolicyState& policy) {
    const Money earned = grant_earned(member);
    context.world.ledger.release(policy.programme, member.grant - earned);
    policy.committed -= member.grant - earned;
    member.grant = earned;
    member.cost = member.spent;
  }

  // When the lead is no longer in the project, the first SME that still is takes over.
  static bool has_lead(const World& world, Project& project) {
    const auto lead = std::ranges::find(project.members, actor(project.lead), &Member::actor);
    if (!lead->left) return true;
    for (const Member& member : project.members) {
      if (member.left || !world.is_sme(member.actor)) continue;
      project.lead = member.actor.firm();
      return true;
    }
    return false;
  }

  // One draw decides whether and when the partnership breaks; who leads later changes neither.
  bool fails_now(const Context& context, const Project& project, const ProjectTerms& terms) const {
    const World& world = context.world;
    const FirmId first_lead = world.proposals[project.proposal.index()].lead;
    const bool foreign = std::ranges::any_of(project.members, [&](const Member& member) {
      return member.actor.kind == ActorKind::research &&
             world.crosses_border(actor(first_lead), member.actor);
    });
    const double chance =
        std::min(1.0, terms.cooperation_failure * (foreign ? parameters_.foreign_research_penalty : 1.0));
    Stream draw = draw_for(context, Purpose::cooperation_failure, first_lead, project);
    const double u = uniform(draw);
    if (u >= chance) return false;
    const double when = u / chance;  // uniform over the project's life
    return context.month() == project.start + 1 + static_cast<int>(when * (project.end - project.start));
  }

  static Stream draw_for(const Context& context, Purpose purpose, FirmId firm, const Project& project) {
    const Proposal& proposal = context.world.proposals[project.proposal.index()];
    return context.world.randomness.stream(purpose,
                                           context.world.firms.key[firm] ^ context.policy(project.policy).key,
                                           context.world.event_code(proposal));
  }

  void end(Context& context, Project& project, PolicyState& policy, const ProjectTerms& terms,
           ProjectStatus status) const {
    project.status = status;
    project.finished = context.month();
    for (Member& member : project.members) {
      if (member.left) continue;
      if (status == ProjectStatus::failed) settle(context, member, policy);
      free_member(context, member, project.ket);
      if (member.actor.kind == ActorKind::firm)
        conclude(context, project, member.actor.firm(), terms, status);
    }
    for (const Task& task : project.tasks) {
      const bool has_ended = project.members[task.client].left || project.members[task.supplier].left;
      if (!has_ended) end_joint_work(context, project, task);
    }
  }

  // What the project leaves with a firm: evidence, a better fit, a product; or a lesson.
  void conclude(Context& context, Project& project, FirmId firm, const ProjectTerms& terms,
                ProjectStatus status) const {
    World& world = context.world;
    Firms& firms = world.firms;
    const bool crossed = std::ranges::any_of(project.members, [&](const Member& member) {
      return !member.left && world.crosses_border(actor(firm), member.actor);
    });
    if (crossed && status == ProjectStatus::completed) {
      gain_border_experience(world, firm, parameters_.erosion);
    }
    if (status == ProjectStatus::failed) return;
    firms.evidence.edit(firm, project.ket) += static_cast<float>(terms.evidence);
    Stream draw = draw_for(context, Purpose::technical_success, firm, project);
    const Stage stage = firms.stage(firm, project.ket);
    const bool open = stage == Stage::aware || stage == Stage::interested;
    if (!bernoulli(draw, terms.technical_success)) {
      if (open && terms.brings_products)
        world.change_stage(firm, project.ket, Stage::rejected, Trigger::project);
      return;
    }
    firms.affinity(firm, project.ket) *=
        static_cast<float>(1.0 + terms.benefit_gain * recombination(world, project, firm));
    if (terms.brings_products && firms.size[firm] != SizeClass::large) ++project.products;
    if (!open) return;
    if (project.kind == ProjectKind::innovation_project)
      world.change_stage(firm, project.ket, Stage::piloting, Trigger::project);
    else if (stage == Stage::aware)
      world.change_stage(firm, project.ket, Stage::interested, Trigger::study);
  }

  // What the firm's knowledge and its partners' open together, 1 at the best distance inside a country.
  [[nodiscard]] double recombination(const World& world, const Project& project, FirmId firm) const {
    double best = 0.0;
    for (const Member& member : project.members) {
      if (member.actor == actor(firm) || member.left) continue;
      const double novelty =
          world.crosses_border(actor(firm), member.actor) ? parameters_.border_novelty : 0.0;
      best = std::max(best, learning_potential(world, actor(firm), member.actor) * (1.0 + novelty));
    }
    return best;
  }

  ProjectParameters parameters_;
};

const RegisterProcess<Projects> registered{
    project_schema(), Phase::deliver, 20, "projects, terms of instruments, cash",
    "cash, ledger, projects (completed or failed), products, stage, evidence, affinity, border_experience"};

}  // namespace
}  // namespace ketsim
