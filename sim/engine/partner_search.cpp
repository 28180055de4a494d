#include "ketsim/engine/partner_search.hpp"

#include <algorithm>
#include <functional>

#include "ketsim/engine/cooperation.hpp"
#include "ketsim/engine/support.hpp"

namespace ketsim {
namespace {

constexpr double other_side = 10.0;  // score of what the rules ask for, above all others

}  // namespace

bool is_among(const std::vector<Acquaintance>& known, FirmId firm) {
  return std::ranges::binary_search(known, firm, {}, &Acquaintance::firm);
}

bool is_open_to(const World& world, FirmId firm, KetId ket) {
  const Stage stage = world.firms.stage(firm, ket);
  return (stage == Stage::aware || stage == Stage::interested || uses(stage)) &&
         !world.firms.is_committed(firm, ket);
}

PartnerSearch::PartnerSearch(const Scenario& scenario, const PartnerSearchSettings& settings)
    : settings_(settings), most_engagements_(scenario.decisions.most_engagements), valuation_(scenario) {}

std::vector<Acquaintance> PartnerSearch::acquaintances(const World& world, FirmId lead) const {
  std::vector<Acquaintance> all;
  const auto meet = [&](FirmId firm, double closeness) {
    if (firm != lead) all.push_back({firm, closeness});
  };
  const auto peers = world.peers.neighbours(lead);
  for (std::size_t n = 0; n < peers.size(); ++n) {
    const double first = world.peers.strengths(lead)[n] / 255.0;
    meet(FirmId(peers[n]), first);
    const auto second = world.peers.neighbours(FirmId(peers[n]));
    for (std::size_t m = 0; m < second.size(); ++m) {
      meet(FirmId(second[m]),
           settings_.friend_of_friend * first * world.peers.strengths(FirmId(peers[n]))[m] / 255.0);
    }
  }
  for (const std::uint32_t row : world.contacts.of(actor(lead))) {
    const Contact& contact = world.contacts.row(row);
    const Actor other = other_end(contact, actor(lead));
    if (other.kind == ActorKind::firm) meet(other.firm(), contact.strength);
  }
  std::ranges::sort(all, [](const Acquaintance& a, const Acquaintance& b) {
    return a.firm != b.firm ? a.firm < b.firm : a.closeness > b.closeness;
  });
  const auto is_same = [](const Acquaintance& a, const Acquaintance& b) { return a.firm == b.firm; };
  all.erase(std::unique(all.begin(), all.end(), is_same), all.end());  // the closest way stays
  return all;
}

bool PartnerSearch::may_join(const World& world, FirmId firm, KetId ket) const {
  return is_open_to(world, firm, ket) && world.firms.engagements[firm] < most_engagements_;
}

// What joining is worth to a firm: a trial for those that do not use the KET yet, a better use for those that
// do.
double PartnerSearch::worth_joining(const Context& context, const PolicyState& policy, FirmId firm,
                                    KetId ket) const {
  const World& world = context.world;
  const Offer offer = offer_of(context, policy, firm, ket);
  if (world.firms.cash[firm].euros() < offer.prefinancing + offer.effort_partner) return -1.0;
  const double months = offer.months + decision_month(context, policy) - context.month();
  const double belief = valuation_.award_belief(world, firm);
  if (uses(world.firms.stage(firm, ket))) {
    const double better = offer.success_chance * offer.benefit_gain * valuation_.benefit(world, firm, ket);
    return belief * (better * valuation_.discount(months) - offer.own_cost) - offer.effort_partner;
  }
  return belief * valuation_.trial(world, firm, ket, offer.success_chance, offer.evidence, offer.benefit_gain,
                                   offer.own_cost, months) -
         offer.effort_partner;
}

namespace {

double fit_of(const World& world, FirmId firm, KetId ket) {
  return world.firms.affinity(firm, ket) * world.geography->ket(ket).relevance[world.firms.sector[firm]];
}

double waiting_of(const World& world, FirmId firm, KetId ket) {
  return world.firms.waits_for(firm, ket).is_valid() ? 1.5 : 1.0;
}

}  // namespace

PartnerSearch::Pool& PartnerSearch::pool_of(const Context& context, const PolicyState& policy, KetId ket) {
  const auto [place, is_new] = pools_.try_emplace({policy.id, ket});
  Pool& pool = place->second;
  if (!is_new) return pool;
  const World& world = context.world;
  for (const FirmId firm : world.audience[policy.programme.index()]) {
    if (may_join(world, firm, ket))
      pool.rest.push_back({firm, fit_of(world, firm, ket), waiting_of(world, firm, ket)});
  }
  std::ranges::make_heap(pool.rest, {}, &Candidate::promise);
  return pool;
}

// Number `place` of the pool by promise; none when there are no more.
const PartnerSearch::Candidate* PartnerSearch::take(const Context& context, const PolicyState& policy,
                                                    KetId ket, Pool& pool, std::size_t place) const {
  while (pool.best.size() <= place && !pool.rest.empty()) {
    std::ranges::pop_heap(pool.rest, {}, &Candidate::promise);
    Candidate candidate = pool.rest.back();
    pool.rest.pop_back();
    candidate.worth = worth_joining(context, policy, candidate.firm, ket);
    if (candidate.worth > 0.0) pool.best.push_back(candidate);
  }
  return place < pool.best.size() ? &pool.best[place] : nullptr;
}

// What a lead looks for, and what it has found so far.
struct PartnerSearch::Search {
  const World& world;
  FirmId lead;
  bool large_welcome;
  bool needs_other_side;
  std::size_t places;
  std::vector<Wish> wishes{};
  std::vector<double> best_scores{};  //!< of SMEs, at most `places`, the best first

  // The most that the lead can see in a candidate.
  [[nodiscard]] double most(double closeness, const Candidate& candidate) const {
    constexpr double most_learning = 1.3 * (1.0 + 1e-9);  // 0.3 + g at the best distance; margin for rounding
    return closeness * most_learning * candidate.promise() + (needs_other_side ? other_side : 0.0);
  }

  [[nodiscard]] bool is_settled(double most_of_the_rest) const {
    return best_scores.size() == places && most_of_the_rest < best_scores.back();
  }

  void consider(const Candidate& candidate, double closeness) {
    const FirmId firm = candidate.firm;
    const bool large = world.firms.size[firm] == SizeClass::large;
    if ((large && !large_welcome) || !overcomes_border(world, lead, actor(firm))) return;
    double score = closeness * (0.3 + learning_potential(world, actor(lead), actor(firm))) * candidate.fit /
                   (1.0 + candidate.fit) * candidate.waiting;
    if (needs_other_side && world.country_of(lead) != world.country_of(firm)) score += other_side;
    wishes.push_back({score, world.firms.key[firm], firm, candidate.worth});
    if (large) return;
    best_scores.insert(std::ranges::upper_bound(best_scores, score, std::greater()), score);
    if (best_scores.size() > places) best_scores.pop_back();
  }
};

std::vector<Wish> PartnerSearch::wishes(const Context& context, const Proposal& proposal, bool large_welcome,
                                        bool needs_other_side) {
  const World& world = context.world;
  const PolicyState& policy = context.policy(proposal.policy);
  const KetId ket = proposal.ket;
  Search search{world, proposal.lead, large_welcome, needs_other_side, settings_.invitations};
  const auto known = acquaintances(world, proposal.lead);
  for (const auto& [firm, closeness] : known) {
    if (!may_join(world, firm, ket)) continue;
    const double worth = worth_joining(context, policy, firm, ket);
    if (worth <= 0.0) continue;
    const double brokered = world.knows_programme(firm, policy.programme) ? settings_.broker_closeness : 0.0;
    search.consider({firm, fit_of(world, firm, ket), waiting_of(world, firm, ket), worth},
                    std::max(closeness, brokered));
  }
  Pool& pool = pool_of(context, policy, ket);
  for (std::size_t place = 0; const Candidate* candidate = take(context, policy, ket, pool, place); ++place) {
    if (search.is_settled(search.most(settings_.broker_closeness, *candidate))) break;
    if (candidate->firm != proposal.lead && !is_among(known, candidate->firm))
      search.consider(*candidate, settings_.broker_closeness);
  }
  std::ranges::sort(search.wishes, [](const Wish& a, const Wish& b) {
    return a.score != b.score ? a.score > b.score : a.key < b.key;
  });
  return std::move(search.wishes);
}

}  // namespace ketsim
