// Partnering: leads look for partners, month by month, until the consortium stands.
//
// A lead looks among its peers, their peers, its contacts, and, brokered by the programme, among all firms
// that know of it. Candidates are wished for by closeness, complementary knowledge (engine/awarding.hpp) and
// promise. Cooperation across the border takes steps of its own (engine/cooperation.hpp). Whoever is asked
// joins the lead that offers most among those asking in the month (deferred acceptance) if joining is worth
// its cost and it has attention to spare.
#include <algorithm>
#include <unordered_map>

#include "ketsim/engine/awarding.hpp"
#include "ketsim/engine/cooperation.hpp"
#include "ketsim/engine/matching.hpp"
#include "ketsim/engine/process.hpp"
#include "ketsim/engine/support.hpp"
#include "ketsim/engine/valuation.hpp"
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
      : parameters_(parameters), decisions_(setup.scenario.decisions), valuation_(setup.scenario) {}

  void step(Context& context) override {
    std::vector<MatchingLead> leads;
    std::vector<Proposal>& proposals = context.world.proposals;
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
  // Proposals on the way, in the order of a lot drawn by each lead: where institutes are scarce, no row of a
  // table comes first.
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

  // How close each firm within reach is to the lead, 0 to 1, in the order in which they are met.
  [[nodiscard]] std::vector<std::pair<FirmId, double>> within_reach(const Context& context,
                                                                    const Proposal& proposal) const {
    const World& world = context.world;
    std::vector<std::pair<FirmId, double>> reach;
    std::unordered_map<std::uint32_t, std::size_t> place;  // looked up only
    const auto meet = [&](FirmId firm, double closeness) {
      if (firm == proposal.lead) return;
      const auto [at, is_new] = place.emplace(firm.row, reach.size());
      if (is_new)
        reach.emplace_back(firm, closeness);
      else
        reach[at->second].second = std::max(reach[at->second].second, closeness);
    };
    const auto peers = world.peers.neighbours(proposal.lead);
    for (std::size_t n = 0; n < peers.size(); ++n) {
      const double first = world.peers.strengths(proposal.lead)[n] / 255.0;
      meet(FirmId(peers[n]), first);
      const auto second = world.peers.neighbours(FirmId(peers[n]));
      for (std::size_t m = 0; m < second.size(); ++m) {
        meet(FirmId(second[m]),
             parameters_.friend_of_friend * first * world.peers.strengths(FirmId(peers[n]))[m] / 255.0);
      }
    }
    for (const std::uint32_t row : world.contacts.of(actor(proposal.lead))) {
      const Contact& contact = world.contacts.row(row);
      const Actor other = other_end(contact, actor(proposal.lead));
      if (other.kind == ActorKind::firm) meet(other.firm(), contact.strength);
    }
    for (const FirmId firm : world.audience[context.policy(proposal.policy).programme.index()])
      meet(firm, parameters_.broker_closeness);
    return reach;
  }

  // At the first search: who across the border could be asked, and which step of cooperation stops whom.
  void count_border_candidates(Context& context, const Proposal& proposal) const {
    World& world = context.world;
    const auto count = [&](Actor candidate) {
      if (!world.crosses_border(actor(proposal.lead), candidate)) return;
      ++world.border_tally.met;
      if (const auto step = stops_at(world, proposal.lead, candidate))
        ++world.border_tally.stopped[static_cast<std::size_t>(*step)];
    };
    for (const auto& [firm, closeness] : within_reach(context, proposal)) {
      if (is_open_to(world, firm, proposal.ket)) count(actor(firm));
    }
    for (std::size_t i = 0; i < world.research.count(); ++i) {
      if (world.research.free_projects[ResearchId(i)] >= 1.0F) count(actor(ResearchId(i)));
    }
  }

  // What joining is worth to a firm: a trial for those that do not use the KET yet, a better use for those
  // that do.
  [[nodiscard]] double worth_joining(const Context& context, const PolicyState& policy, FirmId firm,
                                     KetId ket) const {
    const World& world = context.world;
    const Offer offer = offer_of(context, policy, firm, ket);
    if (world.firms.cash[firm].euros() < offer.prefinancing + offer.effort_partner) return -1.0;
    const double months = offer.months + static_cast<double>(policy.policy->allocation.decision_months);
    const double belief = valuation_.award_belief(world, firm);
    if (uses(world.firms.stage(firm, ket))) {
      const double better = offer.success_chance * offer.benefit_gain * valuation_.benefit(world, firm, ket);
      return belief * (better - offer.own_cost) - offer.effort_partner;
    }
    return belief * valuation_.trial(world, firm, ket, offer.success_chance, offer.evidence,
                                     offer.benefit_gain, offer.own_cost, months) -
           offer.effort_partner;
  }

  [[nodiscard]] static bool is_open_to(const World& world, FirmId firm, KetId ket) {
    const Stage stage = world.firms.stage(firm, ket);
    return (stage == Stage::aware || stage == Stage::interested || uses(stage)) &&
           world.firms.commitments(firm, ket) == 0;
  }

  [[nodiscard]] MatchingLead wishes_of(const Context& context, const Proposal& proposal) const {
    const World& world = context.world;
    const PolicyState& policy = context.policy(proposal.policy);
    const ConsortiumRules rules = policy.instrument->rules(context, proposal.ket);
    const Count have = count(world, proposal);
    MatchingLead lead;
    lead.priority = world.firms.key[proposal.lead];
    const int missing = std::max(0, rules.wanted_smes - have.smes);
    lead.places = static_cast<std::size_t>(std::min<std::int64_t>(missing, parameters_.invitations));
    if (lead.places == 0) return lead;
    const bool needs_other_side =
        rules.each_side && std::ranges::none_of(proposal.members, [&](const Member& member) {
          return world.crosses_border(actor(proposal.lead), member.actor);
        });
    struct Wish {
      double score;
      StableKey key;
      FirmId firm;
      double worth;
    };
    std::vector<Wish> wishes;
    for (const auto& [firm, closeness] : within_reach(context, proposal)) {
      if (!is_open_to(world, firm, proposal.ket) ||
          world.firms.engagements[firm] >= decisions_.most_engagements)
        continue;
      const bool large = world.firms.size[firm] == SizeClass::large;
      if (large && have.large >= rules.most_large) continue;
      if (!overcomes_border(world, proposal.lead, actor(firm))) continue;
      const double worth = worth_joining(context, policy, firm, proposal.ket);
      if (worth <= 0.0) continue;
      const double fit = world.firms.affinity(firm, proposal.ket) *
                         context.geography().ket(proposal.ket).relevance[world.firms.sector[firm]];
      const double waiting =
          world.firms.waits_for(firm, proposal.ket).is_valid() ? 1.5 : 1.0;  // asks to be asked
      double score = closeness * (0.3 + learning_potential(world, actor(proposal.lead), actor(firm))) * fit /
                     (1.0 + fit) * waiting;
      if (needs_other_side && world.crosses_border(actor(proposal.lead), actor(firm)))
        score += 10.0;  // the rules ask for one
      wishes.push_back({score, world.firms.key[firm], firm, worth});
    }
    std::ranges::sort(wishes, [](const Wish& a, const Wish& b) {
      return a.score != b.score ? a.score > b.score : a.key < b.key;
    });
    int large_asked = have.large;
    for (const Wish& wish : wishes) {
      if (lead.wishes.size() >= static_cast<std::size_t>(parameters_.invitations)) break;
      if (world.firms.size[wish.firm] == SizeClass::large && ++large_asked > rules.most_large) continue;
      lead.wishes.push_back(wish.firm.row);
      lead.welcome.push_back(wish.worth);
    }
    return lead;
  }

  PartneringParameters parameters_;
  DecisionSettings decisions_;
  Valuation valuation_;
};

const RegisterProcess<Partnering> registered{
    partnering_schema(), Phase::match, 10, "proposals forming, ties, contacts, stages, cash, knowledge",
    "members of proposals, engagements, staff of institutes, border_tally"};

}  // namespace
}  // namespace ketsim
