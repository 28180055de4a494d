// Partnering: leads look for partners, month by month, until the consortium stands.
//
// A lead looks among its peers, their peers, its contacts, and, brokered by the programme, among all firms
// that know of it. Candidates are wished for by closeness, complementary knowledge (engine/awarding.hpp) and
// promise. Cooperation across the border takes steps of its own (engine/cooperation.hpp). Whoever is asked
// joins the lead that offers most among those asking in the month (deferred acceptance; by lot between equal
// ones) if joining is worth its cost and it has attention to spare.
#include <algorithm>

#include "ketsim/engine/awarding.hpp"
#include "ketsim/engine/cooperation.hpp"
#include "ketsim/engine/matching.hpp"
#include "ketsim/engine/partner_search.hpp"
#include "ketsim/engine/process.hpp"
#include "ketsim/rng/samplers.hpp"

namespace ketsim {
namespace {

struct PartneringParameters : ProcessParameters {
  std::int64_t invitations = 3;
  double broker_closeness = 0.15;
  double friend_of_friend = 0.5;
};

const Schema<PartneringParameters>& partnering_schema() {
  using P = PartneringParameters;
  static const Schema<P> schema =
      Schema<P>("partnering", "Leads look for partners")
          .boolean(&P::enabled, enabled_declaration())
          .integer(&P::invitations, {.name = "invitations",
                                     .unit = "1/month",
                                     .range = {1, 100},
                                     .plausible = {1, 5},
                                     .doc = "partners that a lead can ask in a month",
                                     .source = "assumption",
                                     .grade = Grade::assumption})
          .real(&P::broker_closeness,
                {.name = "broker_closeness",
                 .unit = "1",
                 .range = {0, 1},
                 .plausible = {0.05, 0.3},
                 .doc = "closeness of firms that only the programme connects, 1 the closest tie",
                 .source = "assumption",
                 .grade = Grade::assumption})
          .real(&P::friend_of_friend,
                {.name = "friend_of_friend",
                 .unit = "1",
                 .range = {0, 1},
                 .plausible = {0.2, 0.8},
                 .doc = "share of closeness that passes from contacts to their contacts",
                 .source = "assumption",
                 .grade = Grade::assumption});
  return schema;
}

class Partnering final : public Process {
 public:
  using Parameters = PartneringParameters;
  Partnering(const Setup& setup, const Parameters& parameters)
      : parameters_(parameters),
        search_(setup.scenario, {parameters.broker_closeness, parameters.friend_of_friend,
                                 static_cast<std::size_t>(parameters.invitations)}) {}

  void step(Context& context) override {
    std::vector<MatchingLead> leads;
    std::vector<Proposal>& proposals = context.world.proposals;
    search_.begin_month();
    context.world.border_tally = {};
    const std::vector<std::size_t> forming = in_order_of_lot(context);
    for (const std::size_t p : forming) {
      if (proposals[p].begun == context.month()) count_border_candidates(context, proposals[p]);
      add_research(context, proposals[p]);
      leads.push_back(wishes_of(context, proposals[p]));
    }
    const auto matches = deferred_acceptance(leads);
    for (std::size_t l = 0; l < leads.size(); ++l) {
      for (const std::uint32_t row : matches[l])
        join_proposal(context, proposals[forming[l]], actor(FirmId(row)));
    }
  }

 private:
  // Proposals on the way, in the order of a lot drawn by each lead: where institutes are scarce, or a firm
  // likes two leads equally, no row of a table comes first.
  static std::vector<std::size_t> in_order_of_lot(const Context& context) {
    const World& world = context.world;
    std::vector<std::pair<std::pair<double, StableKey>, std::size_t>> lots;
    for (std::size_t p = 0; p < world.proposals.size(); ++p) {
      const Proposal& proposal = world.proposals[p];
      if (proposal.status != ProposalStatus::forming || proposal.attempt > 0) continue;
      const StableKey lead = world.firms.key[proposal.lead];
      Stream lot =
          world.randomness.stream(Purpose::matching_priority, lead,
                                  proposal.ket.row << 16 | static_cast<std::uint32_t>(proposal.begun));
      lots.push_back({{uniform(lot), lead}, p});
    }
    std::ranges::sort(lots);
    std::vector<std::size_t> order;
    for (const auto& [lot, p] : lots) order.push_back(p);
    return order;
  }

  struct Count {
    int smes = 0;
    int large = 0;
    int research = 0;
  };

  static Count count(const World& world, const Proposal& proposal) {
    Count count;
    for (const Member& member : proposal.members) {
      if (member.actor.kind == ActorKind::research)
        ++count.research;
      else if (world.is_sme(member.actor))
        ++count.smes;
      else
        ++count.large;
    }
    return count;
  }

  // Institutes with competence in the KET and staff to spare; the second one from across the border where one
  // joins.
  void add_research(Context& context, Proposal& proposal) const {
    World& world = context.world;
    const ConsortiumRules rules = context.policy(proposal.policy).instrument->rules(context, proposal.ket);
    const Count have = count(world, proposal);
    if (have.research >= rules.wanted_research) return;
    // Where the rules ask for both sides and nobody else can be from the other one, the institute must be.
    const bool abroad = have.research > 0 || (rules.each_side && rules.wanted_smes == 1);
    ResearchId best;
    double best_score = 0.0;
    for (std::size_t i = 0; i < world.research.count(); ++i) {
      const ResearchId id(i);
      if (world.research.free_projects[id] < 1.0F || is_member(proposal, actor(id))) continue;
      const bool must_fit = have.research > 0 || abroad;
      if (must_fit && world.crosses_border(actor(proposal.lead), actor(id)) != abroad) continue;
      const double distance = distance_km(world.firms.position[proposal.lead], world.research.position[id]);
      const bool known = world.contacts.find(actor(proposal.lead), actor(id)) != nullptr;
      const double relevance = 0.2 + world.research.sector_relevance[i][world.firms.sector[proposal.lead]];
      const double score = world.research.capability(id, proposal.ket) * relevance * (known ? 2.0 : 1.0) /
                           (1.0 + distance / 50.0);
      if (score > best_score && overcomes_border(world, proposal.lead, actor(id))) {
        best = id;
        best_score = score;
      }
    }
    if (best.is_valid()) join_proposal(context, proposal, actor(best));
  }

  static bool is_member(const Proposal& proposal, Actor who) {
    return std::ranges::any_of(proposal.members, [who](const Member& member) { return member.actor == who; });
  }

  // At the first search: who across the border could be asked, and which step of cooperation stops whom.
  // Each pair has its own luck, so that leads times audience are to be gone through: of a large audience
  // every second, third ... firm stands for the others, that the work may not grow with the square of the
  // population.
  void count_border_candidates(Context& context, const Proposal& proposal) const {
    World& world = context.world;
    const auto count = [&](Actor candidate, std::uint32_t times = 1) {
      if (!world.crosses_border(actor(proposal.lead), candidate)) return;
      world.border_tally.met += times;
      if (const auto step = stops_at(world, proposal.lead, candidate))
        world.border_tally.stopped[static_cast<std::size_t>(*step)] += times;
    };
    const auto known = search_.acquaintances(world, proposal.lead);
    for (const Acquaintance& one : known) {
      if (is_open_to(world, one.firm, proposal.ket)) count(actor(one.firm));
    }
    constexpr std::size_t looked_at = 1 << 14;
    const auto& audience = world.audience[context.policy(proposal.policy).programme.index()];
    const std::size_t step = 1 + audience.size() / looked_at;
    for (std::size_t a = world.firms.key[proposal.lead] % step; a < audience.size(); a += step) {
      const FirmId firm = audience[a];
      if (firm != proposal.lead && is_open_to(world, firm, proposal.ket) && !is_among(known, firm))
        count(actor(firm), static_cast<std::uint32_t>(step));
    }
    for (std::size_t i = 0; i < world.research.count(); ++i) {
      if (world.research.free_projects[ResearchId(i)] >= 1.0F) count(actor(ResearchId(i)));
    }
  }

  [[nodiscard]] MatchingLead wishes_of(const Context& context, const Proposal& proposal) {
    const World& world = context.world;
    const PolicyState& policy = context.policy(proposal.policy);
    const ConsortiumRules rules = policy.instrument->rules(context, proposal.ket);
    const Count have = count(world, proposal);
    MatchingLead lead;
    const int missing = std::max(0, rules.wanted_smes - have.smes);
    lead.places = static_cast<std::size_t>(std::min<std::int64_t>(missing, parameters_.invitations));
    if (lead.places == 0) return lead;
    const bool needs_other_side =
        rules.each_side && std::ranges::none_of(proposal.members, [&](const Member& member) {
          return world.crosses_border(actor(proposal.lead), member.actor);
        });
    int large_asked = have.large;
    for (const Wish& wish :
         search_.wishes(context, proposal, have.large < rules.most_large, needs_other_side)) {
      if (lead.wishes.size() >= static_cast<std::size_t>(parameters_.invitations)) break;
      if (world.firms.size[wish.firm] == SizeClass::large && ++large_asked > rules.most_large) continue;
      lead.wishes.push_back(wish.firm.row);
      lead.welcome.push_back(wish.worth);
    }
    return lead;
  }

  PartneringParameters parameters_;
  PartnerSearch search_;
};

const RegisterProcess<Partnering> registered{
    partnering_schema(), Phase::match, 10, "proposals forming, ties, contacts, stages, cash, knowledge",
    "members of proposals, engagements, staff of institutes, border_tally"};

}  // namespace
}  // namespace ketsim
