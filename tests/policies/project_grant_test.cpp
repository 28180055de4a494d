// Collaborative project grants: rates, caps, consortia, calls, arrears, and an end before the programme's.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "ketsim/engine/awarding.hpp"
#include "support/small_world.hpp"

namespace ketsim {
namespace {

FirmId first_firm_of(const World& world, SizeClass size) {
  for (std::size_t i = 0; i < world.firms.count(); ++i) {
    if (world.firms.size[FirmId(i)] == size) return FirmId(i);
  }
  throw std::invalid_argument("no firm of this size");
}

class ProjectGrantBudget : public testing::Test {
 protected:
  //! A proposal of a micro, a small, a medium and a large firm and an institute, with its budget set.
  Proposal budget_of(const Overrides& changes = {}) {
    Overrides all{"population.agents=2500"};
    all.insert(all.end(), changes.begin(), changes.end());
    simulation_ = std::make_unique<Simulation>(setup_of("rocket.yaml", all), 1, 0);
    Context context = simulation_->context();
    Proposal proposal;
    proposal.ket = KetId(0);  // complexity 0.7
    for (const SizeClass size : {SizeClass::micro, SizeClass::small, SizeClass::medium, SizeClass::large}) {
      proposal.members.push_back(member_of(actor(first_firm_of(context.world, size))));
    }
    proposal.members.push_back(member_of(actor(ResearchId(0))));
    proposal.lead = proposal.members.front().actor.firm();
    policy_of(context, "projects").instrument->set_budget(context, proposal);
    return proposal;
  }

  std::unique_ptr<Simulation> simulation_;
};

TEST_F(ProjectGrantBudget, EachKindOfPartnerHasItsCostAndRate) {
  const Proposal proposal = budget_of();
  const std::vector<double> work_packages{36e3, 67e3, 102e3, 102e3, 81e3};
  const std::vector<double> rates{0.6, 0.6, 0.6, 0.3, 0.6};
  for (std::size_t m = 0; m < proposal.members.size(); ++m) {
    const double cost = work_packages[m] * (0.5 + 0.7);
    EXPECT_EQ(proposal.members[m].cost, to_money(cost));
    EXPECT_EQ(proposal.members[m].grant, to_money(rates[m] * cost));
  }
}

TEST_F(ProjectGrantBudget, NoSmeGetsMoreThanTheCap) {
  const Proposal proposal =
      budget_of({"programmes[rocket].policies[projects].params.work_package={micro: 900000, small: 900000, "
                 "medium: 900000}"});
  for (std::size_t m = 0; m < 3; ++m) {
    EXPECT_EQ(proposal.members[m].cost, to_money(1080e3));
    EXPECT_EQ(proposal.members[m].grant, to_money(300e3));
  }
}

TEST_F(ProjectGrantBudget, TheOfferIsWhatTheBudgetWillSay) {
  const Proposal proposal = budget_of();
  const Context context = simulation_->context();
  for (std::size_t m = 0; m < 4; ++m) {
    const Member& member = proposal.members[m];
    const Offer offer =
        policy_of(context, "projects").instrument->offer(context, member.actor.firm(), proposal.ket);
    EXPECT_NEAR(offer.own_cost, (member.cost - member.grant).euros(), 0.01);
    EXPECT_GT(offer.prefinancing, 0.0);
    EXPECT_LE(offer.prefinancing, member.cost.euros());
  }
}

// A lead that works for two policies has no project as long as another only because it is the same lead.
TEST_F(ProjectGrantBudget, TheLengthIsDrawnForEachPolicyOfItsOwn) {
  Proposal proposal = budget_of();
  const Context context = simulation_->context();
  const auto months = [&](const std::string& name) {
    const PolicyState& policy = policy_of(context, name);
    proposal.policy = policy.id;
    return policy.instrument->terms(context, proposal).months;
  };
  int same = 0;
  for (std::size_t i = 0; i < 50; ++i) {
    proposal.lead = FirmId(i);
    same += months("pioneers") == months("projects") ? 1 : 0;
  }
  EXPECT_LT(same, 15);  // of some 20 months each
}

//! Policy of a project or proposal of the finished ROCKET.
template <class T>
const PolicyState& policy_behind(const T& item) {
  return finished_rocket().policies()[item.policy.index()];
}

TEST(ProjectGrant, FundedConsortiaMeetTheRules) {
  const World& world = finished_rocket().world();
  std::size_t projects = 0;
  for (const Project& project : world.projects) {
    if (project.kind != ProjectKind::innovation_project) continue;
    ++projects;
    EXPECT_EQ(project.members.front().actor, actor(project.lead));
    EXPECT_TRUE(world.is_sme(actor(project.lead)));
    std::set<Actor> members;
    std::set<CountryId> sides;
    std::size_t smes = 0;
    std::size_t research = 0;
    for (const Member& member : project.members) {
      EXPECT_TRUE(members.insert(member.actor).second) << "a member twice";
      sides.insert(world.country_of(member.actor));
      smes += world.is_sme(member.actor);
      research += member.actor.kind == ActorKind::research;
    }
    EXPECT_EQ(sides.size(), 2U);
    EXPECT_GE(smes, 2U);
    EXPECT_GE(research, 1U);
    EXPECT_LE(research, 2U);
    EXPECT_LE(project.members.size() - smes - research, 1U);  // one large firm at most
  }
  EXPECT_GT(projects, 3U);
}

// Large firms are partners and lead users; grants for SMEs are led by SMEs, whatever the target says.
TEST(ProjectGrant, NoLargeFirmLeads) {
  Overrides changes = until_rocket_is_over();
  for (const char* policy : {"pioneers", "projects", "studies"})
    changes.push_back(std::string("programmes[rocket].policies[") + policy + "].target={}");
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    const auto simulation = run_of("rocket.yaml", changes, seed);
    const World& world = simulation->world();
    EXPECT_GT(world.proposals.size(), 20U);
    for (const Proposal& proposal : world.proposals) EXPECT_TRUE(world.is_sme(actor(proposal.lead)));
  }
}

TEST(ProjectGrant, GrantsKeepToRatesAndCaps) {
  const World& world = finished_rocket().world();
  for (const Project& project : world.projects) {
    for (const Member& member : project.members) {
      const double rate = member.actor.kind == ActorKind::firm && !world.is_sme(member.actor) ? 0.3 : 0.6;
      EXPECT_LE(member.received.euros(), rate * member.spent.euros() + 0.01);  // each rounded to the cent
      EXPECT_TRUE(!world.is_sme(member.actor) || member.received <= to_money(300e3));
    }
  }
}

TEST(ProjectGrant, OnlyClientsOfThePartnersLeadInTheClosedPart) {
  const World& world = finished_rocket().world();
  std::set<std::string> partners{"OOSTNL", "BCSEMI", "NOVELT", "NMWP", "INNOS"};
  std::size_t pioneers = 0;
  for (const Proposal& proposal : world.proposals) {
    if (policy_behind(proposal).name != "pioneers") continue;
    ++pioneers;
    const std::size_t adviser = world.firms.client_of[proposal.lead];
    ASSERT_LT(adviser, world.intermediaries.count());
    EXPECT_TRUE(partners.contains(world.intermediaries.id[adviser]));
  }
  EXPECT_GT(pioneers, 0U);
}

TEST(ProjectGrant, ProposalsAreSubmittedInCallMonthsAndDecidedOnTime) {
  Simulation& rocket = finished_rocket();
  const Context context = rocket.context();
  std::set<std::string> seen;
  for (const Proposal& proposal : rocket.world().proposals) {
    if (proposal.submitted == never) continue;
    const PolicyState& policy = policy_behind(proposal);
    seen.insert(policy.name);
    const std::vector<Month>& calls = policy.policy->window.calls;
    const auto is_now = [&](Month call) { return context.index_of(call) == proposal.submitted; };
    EXPECT_TRUE(calls.empty() || std::ranges::any_of(calls, is_now))
        << policy.name << " in month " << proposal.submitted;
    EXPECT_GE(proposal.submitted, context.index_of(policy.policy->window.start));
    EXPECT_LT(proposal.submitted, context.index_of(policy.policy->window.end));
    if (proposal.status == ProposalStatus::withdrawn) continue;  // gave up, or closed, before the decision
    ASSERT_TRUE(proposal.status != ProposalStatus::forming && proposal.status != ProposalStatus::submitted);
    EXPECT_EQ(proposal.decided, proposal.submitted + policy.policy->allocation.decision_months);
  }
  EXPECT_EQ(seen, (std::set<std::string>{"pioneers", "projects", "studies"}));
}

TEST(ProjectGrant, AnAwardGivesOneProject) {
  const World& world = finished_rocket().world();
  std::set<ProposalId> awarded;
  for (const Project& project : world.projects) {
    EXPECT_TRUE(awarded.insert(project.proposal).second);
    EXPECT_EQ(project.start, world.proposals[project.proposal.index()].decided);
  }
  for (std::size_t p = 0; p < world.proposals.size(); ++p) {
    EXPECT_EQ(world.proposals[p].status == ProposalStatus::awarded, awarded.contains(ProposalId(p)));
  }
}

TEST(ProjectGrant, GrantsArePaidInArrears) {
  Simulation simulation(setup_of("rocket.yaml", until_rocket_is_over()), 3, 0);
  std::size_t paid = 0;
  while (!simulation.is_done()) {
    simulation.step();
    const World& world = simulation.world();
    for (const Project& project : world.projects) {
      // Claims come every six months, and at the end; they are paid three months later.
      const int first_claim = std::min(6, project.finished == never ? 6 : project.finished - project.start);
      for (const Member& member : project.members) {
        ASSERT_TRUE(world.month >= project.start + first_claim + 3 || member.received == Money{});
        paid += member.received > Money{};
      }
    }
  }
  EXPECT_GT(paid, 0U);
}

TEST(ProjectGrant, WorkEndsAndIsClaimedBeforeTheProgrammeEnds) {
  Simulation simulation(setup_of("rocket.yaml", until_rocket_is_over()), 3, 0);
  const int programme_end = simulation.context().index_of(make_month(2020, 4));
  while (simulation.world().month < programme_end - 1) simulation.step();
  for (const Project& project : simulation.world().projects) {
    EXPECT_NE(project.status, ProjectStatus::running);
    EXPECT_LE(project.finished + 3, programme_end - 1);
    EXPECT_LE(project.end - project.start, 48);
  }
  EXPECT_EQ(simulation.world().ledger.outstanding(ProgrammeId(0)), Money{});
}

// A decision that comes so late that no work could be claimed in time must not be an award.
TEST(ProjectGrant, NothingIsAwardedTooLateToBeClaimed) {
  const auto world = run_of(
      "rocket.yaml",
      {"time.end=2021-12", "horizons=[2021-12]",
       "programmes[rocket].policies[studies].window={announced: 2016-04, end: 2020-04}",
       "programmes[rocket].policies[studies].share=0.05", "programmes[rocket].policies[events].share=0"},
      3);
  const int programme_end = world->context().index_of(make_month(2020, 4));
  for (const Project& project : world->world().projects) {
    EXPECT_LT(project.start, programme_end);
    EXPECT_LE(project.finished + 3, programme_end - 1);
  }
}

}  // namespace
}  // namespace ketsim
