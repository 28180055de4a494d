#include "ketsim/engine/audit.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "audit_references.hpp"
#include "ketsim/base/contracts.hpp"

namespace ketsim {
namespace {

template <class Value>
void require_equal(const Value& held, const Value& recounted, const std::string& entity, const char* what) {
  if (held == recounted) return;
  throw AuditFailure(fmt::format("{}: {} is {}, a recount gives {}", entity, what, held, recounted));
}

void require_between(double value, double low, double high, const std::string& entity, const char* what) {
  if (low <= value && value <= high) return;  // false of nan too
  throw AuditFailure(fmt::format("{}: {} is {}, outside {} to {}", entity, what, value, low, high));
}

std::string name_of(const World& world, FirmId firm) {
  return fmt::format("firm {:016x} (row {})", world.firms.key[firm], firm.row);
}

std::string name_of(const World& world, KetId ket) {
  return world.geography->ket(ket).name;
}

// Nobody is granted more than the part costs, claims more than the grant, or is paid more than was claimed.
void audit_member(const Member& member, const std::string& project) {
  const auto ordered = [](std::initializer_list<Money> amounts) { return std::ranges::is_sorted(amounts); };
  if (!ordered({Money{}, member.received, member.claimed, member.grant, member.cost}) ||
      !ordered({Money{}, member.spent, member.cost}))
    throw AuditFailure(fmt::format(
        "{}: a member has received {}, claimed {}, been granted {}, spent {} of a cost of {} cents", project,
        member.received.cents, member.claimed.cents, member.grant.cents, member.spent.cents,
        member.cost.cents));
}

// Money: double entry closes, no policy commits more than its budget, and the project of a consortium has
// cost what its members spent, less what grants took over.
void audit_books(const World& world, const std::vector<PolicyState>& policies) {
  try {
    world.ledger.check();
  } catch (const ContractViolation& violation) {
    throw AuditFailure(fmt::format("books: {}", violation.what()));
  }
  for (const PolicyState& policy : policies) {
    if (policy.policy->allocation.rule != AllocationRule::entitlement && policy.committed > policy.budget)
      throw AuditFailure(fmt::format("policy {}: has committed {} of a budget of {} cents", policy.name,
                                     policy.committed.cents, policy.budget.cents));
  }
  for (std::size_t p = 0; p < world.projects.size(); ++p) {
    for (const Member& member : world.projects[p].members) audit_member(member, fmt::format("project {}", p));
    if (!is_of_consortium(world.projects[p].kind)) continue;
    Money borne;
    for (const Member& member : world.projects[p].members) borne += member.spent - member.received;
    require_equal(world.ledger.balance({AccountKind::project_cost, p}).cents, borne.cents,
                  fmt::format("project {}", p), "cost borne by its members [cent]");
  }
}

// A firm's own counts and ranges. A pair is gone where, and only where, its firm has left.
void audit_firm(const World& world, FirmId firm) {
  const Firms& firms = world.firms;
  const auto fail = [&](const std::string& what) { throw AuditFailure(name_of(world, firm) + ": " + what); };
  int used = 0;
  int known = 0;
  for (std::size_t k = 0; k < world.ket_count(); ++k) {
    const KetId ket(k);
    const Stage stage = firms.stage(firm, ket);
    used += uses(stage);
    known += knows(stage);
    if ((stage == Stage::gone) != (firms.alive[firm] == 0))
      fail(fmt::format("{} is {}, and the firm {}", name_of(world, ket),
                       stage_names()[static_cast<std::size_t>(stage)],
                       firms.alive[firm] != 0 ? "alive" : "gone"));
    if (uses(stage) && firms.adopted_in(firm, ket) > world.month)
      fail(name_of(world, ket) + " is used before its adoption");
    if (firms.since(firm, ket) > world.month) fail(name_of(world, ket) + " changed stage in a month to come");
    const float knowledge = firms.knowledge(firm, ket);
    if (!(0.0F <= knowledge && knowledge <= 1.0F))
      fail(fmt::format("knowledge of {} is {}", name_of(world, ket), knowledge));
    if (!(firms.affinity(firm, ket) > 0.0F))
      fail(fmt::format("affinity to {} is not above 0", name_of(world, ket)));
  }
  if (firms.kets_used[firm] != used || firms.kets_known[firm] != known)
    fail(fmt::format("uses {} KETs and knows {}, a recount gives {} and {}", firms.kets_used[firm],
                     firms.kets_known[firm], used, known));
  if (!(firms.shock[firm] > 0.0F) || !std::isfinite(firms.shock[firm]))
    fail("the year's business is not above 0");
  if (!(0.0F <= firms.language_ability[firm] && firms.language_ability[firm] <= 1.0F))
    fail("language ability is no share");
}

// What the world keeps up of its firms.
void audit_counts(const World& world) {
  const Firms& firms = world.firms;
  const std::size_t sectors = world.geography->sectors.size();
  std::int64_t living = 0;
  std::vector<std::int64_t> living_in(sectors, 0);
  std::vector<std::vector<std::int64_t>> users_in(world.ket_count(), std::vector<std::int64_t>(sectors, 0));
  for (std::size_t i = 0; i < firms.count(); ++i) {
    const FirmId firm(i);
    audit_firm(world, firm);
    living += firms.alive[firm];
    living_in[firms.sector[firm]] += firms.alive[firm];
    for (std::size_t k = 0; k < world.ket_count(); ++k)
      users_in[k][firms.sector[firm]] += uses(firms.stage(firm, KetId(k)));
  }
  require_equal(world.living, living, "world", "firms alive");
  for (std::size_t k = 0; k < world.ket_count(); ++k)
    require_equal(world.users[k], std::accumulate(users_in[k].begin(), users_in[k].end(), std::int64_t{0}),
                  name_of(world, KetId(k)), "firms that use it");
  for (std::size_t s = 0; s < sectors; ++s) {
    require_equal(world.living_in_sector[s], living_in[s], world.geography->sectors[s], "firms alive");
    for (std::size_t k = 0; k < world.ket_count(); ++k)
      require_equal(world.users_in_sector[k][s], users_in[k][s],
                    world.geography->sectors[s] + ", " + name_of(world, KetId(k)), "firms that use it");
  }
}

// What follows from the counts once a month, as far as its range goes.
void audit_shares(const World& world) {
  for (std::size_t k = 0; k < world.ket_count(); ++k) {
    const std::string name = name_of(world, KetId(k));
    require_between(world.cost_factor[k], 0.0, 1.0, name, "cost over that at the start");
    for (const double share : world.rivals[k]) require_between(share, 0.0, 1.0, name, "share of rivals");
    for (const double share : world.ecosystem[k])
      require_between(share, 0.0, 1.0, name, "share of a region's firms");
  }
}

// Exposures, which firms that change stage add to their peers', against a sum over peers.
void audit_exposures(const World& world) {
  const Firms& firms = world.firms;
  for (std::size_t i = 0; i < firms.count(); ++i) {
    const FirmId firm(i);
    const auto peers = world.peers.neighbours(firm);
    const auto strengths = world.peers.strengths(firm);
    const int strength = std::accumulate(strengths.begin(), strengths.end(), 0);
    const float inverse = strength > 0 ? 1.0F / static_cast<float>(strength) : 0.0F;
    if (world.peers.inverse_strength(firm) != inverse)
      require_equal(world.peers.inverse_strength(firm), inverse, name_of(world, firm),
                    "1 over the strength of its ties");
    for (std::size_t k = 0; k < world.ket_count(); ++k) {
      std::int32_t informed = 0;
      std::int32_t adopting = 0;
      for (std::size_t n = 0; n < peers.size(); ++n) {
        const Stage stage = firms.stage(FirmId(peers[n]), KetId(k));
        informed += knows(stage) ? strengths[n] : 0;
        adopting += uses(stage) ? strengths[n] : 0;
      }
      const auto name = [&] { return name_of(world, firm) + ", " + name_of(world, KetId(k)); };
      if (firms.informed_exposure(firm, KetId(k)) != informed)
        require_equal(firms.informed_exposure(firm, KetId(k)), informed, name(),
                      "exposure to firms that know it");
      if (firms.adopting_exposure(firm, KetId(k)) != adopting)
        require_equal(firms.adopting_exposure(firm, KetId(k)), adopting, name(),
                      "exposure to firms that use it");
    }
  }
}

// Projects that an institute can still take on: its staff, less those it is in and those who build up a line
// of research.
void audit_staff(const World& world, const std::map<Actor, std::vector<int>>& works) {
  for (std::size_t i = 0; i < world.research.count(); ++i) {
    const ResearchId institute(i);
    double free = world.research.capacity[institute];
    const auto found = works.find(actor(institute));
    if (found != works.end()) free -= std::accumulate(found->second.begin(), found->second.end(), 0);
    bool builds = false;
    for (std::size_t k = 0; k < world.ket_count(); ++k)
      builds |= world.research.line(institute, KetId(k)) == LineStage::building;
    const double held = world.research.free_projects[institute];
    constexpr double rounding = 1e-3;
    if (held > free + rounding || (!builds && held < free - rounding))
      throw AuditFailure(fmt::format("{}: can still take on {} projects, a recount gives {}",
                                     world.research.id[i], held, free));
  }
}

// What takes up firms and institutes: proposals that are planned or wait, and members of projects at work.
void audit_attention(const World& world) {
  std::map<Actor, std::vector<int>> works;  // by actor and KET
  const auto count = [&](const Member& member, KetId ket) {
    auto& of_actor = works[member.actor];
    of_actor.resize(world.ket_count());
    ++of_actor[ket.index()];
  };
  for (const Proposal& proposal : world.proposals) {
    if (proposal.status != ProposalStatus::forming && proposal.status != ProposalStatus::submitted) continue;
    for (const Member& member : proposal.members) count(member, proposal.ket);
  }
  for (const Project& project : world.projects) {
    if (!is_of_consortium(project.kind) || project.status != ProjectStatus::running) continue;
    for (const Member& member : project.members) {
      if (!member.left) count(member, project.ket);
    }
  }
  const std::vector<int> none(world.ket_count(), 0);
  for (std::size_t i = 0; i < world.firms.count(); ++i) {
    const FirmId firm(i);
    const auto found = works.find(actor(firm));
    const std::vector<int>& by_ket = found == works.end() ? none : found->second;
    const int sum = std::accumulate(by_ket.begin(), by_ket.end(), 0);
    if (world.firms.engagements[firm] != sum)
      require_equal(int{world.firms.engagements[firm]}, sum, name_of(world, firm), "proposals and projects");
    for (std::size_t k = 0; sum > 0 && k < world.ket_count(); ++k)
      require_equal(int{world.firms.commitments(firm, KetId(k))}, by_ket[k],
                    name_of(world, firm) + ", " + name_of(world, KetId(k)), "proposals and projects");
  }
  audit_staff(world, works);
}

void audit_organisations(const World& world) {
  for (std::size_t i = 0; i < world.research.count(); ++i) {
    const ResearchId institute(i);
    const std::string& name = world.research.id[i];
    for (std::size_t k = 0; k < world.ket_count(); ++k)
      require_between(world.research.capability(institute, KetId(k)), 0.0, 1.0, name, "capability");
  }
  for (std::size_t i = 0; i < world.intermediaries.count(); ++i) {
    for (std::size_t k = 0; k < world.ket_count(); ++k)
      require_between(world.intermediaries.expertise(IntermediaryId(i), KetId(k)), 0.0, 1.0,
                      world.intermediaries.id[i], "expertise");
  }
  for (std::size_t c = 0; c < world.contacts.all().size(); ++c)
    require_between(world.contacts.all()[c].strength, 0.0, 1.0, fmt::format("contact {}", c), "strength");
}

}  // namespace

void audit(const World& world, const std::vector<PolicyState>& policies) {
  audit_references(world, world.audience.size(), policies.size());
  audit_books(world, policies);
  audit_counts(world);
  audit_shares(world);
  audit_attention(world);
  audit_exposures(world);
  audit_organisations(world);
}

}  // namespace ketsim
