// Peer ties: gravity in distance, homophily in sector, heavy-tailed sociability, and borders that hold some
// ties back. Each firm seeks its ties under its own key; the draw that a border asks for is made for every
// tie, so that the ties of a world with a border are among those of the same world without it. Cost is linear
// in the ties.
//
// A tie stands in a slot of the firm that sought it. Once a year a slot renews with the chance
// network.turnover, or because its partner has left (where the chance is 0, no slot ever renews); then a
// partner is drawn under (firm, slot, year) among founders and entrants that have not reached their own
// closure: a choice that no policy touches. Spin-offs seek ties but are not sought: one more of them changes
// nobody else's draws.
#include <algorithm>
#include <numeric>

#include "ketsim/engine/population.hpp"
#include "peer_network.hpp"
#include "tie_seeker.hpp"

namespace ketsim {
namespace {

// The user's ties in the slots of the first firm of each; they stand as long as both firms do.
SoughtTies take_ties(const std::vector<GivenTie>& ties, std::size_t firms) {
  SoughtTies sought;
  std::vector<GivenTie> sorted = ties;
  std::ranges::stable_sort(sorted, {}, &GivenTie::a);
  sought.offset.assign(firms + 1, 0);
  for (const GivenTie& tie : sorted) {
    ++sought.offset[tie.a + 1];
    sought.partner.push_back(tie.b);
    sought.strength.push_back(tie.strength);
  }
  std::partial_sum(sought.offset.begin(), sought.offset.end(), sought.offset.begin());
  sought.given = sought.partner.size();
  return sought;
}

// Whether peer ties are no longer what they were built from.
bool has_changed(const World& world) {
  if (world.sought->firms() != world.firms.count()) return true;  // newcomers
  for (std::size_t i = 0; i < world.firms.count(); ++i) {
    if (world.firms.alive[FirmId(i)] == 0 && !world.peers.neighbours(FirmId(i)).empty()) return true;
  }
  return false;
}

// The world's own slots, to be changed: what other worlds share stays as it is.
std::shared_ptr<SoughtTies> own_slots(World& world) {
  if (world.sought.use_count() > 1) return std::make_shared<SoughtTies>(*world.sought);
  return std::const_pointer_cast<SoughtTies>(world.sought);
}

}  // namespace

void found_ties(World& world, const Scenario& scenario, const PopulationPlan& plan) {
  // A graph that all replicates share is that of the first one.
  const std::uint32_t drawn_for = scenario.network.per_replicate ? world.randomness.replicate() : 0;
  auto sought = std::make_shared<SoughtTies>();
  if (plan.ties)
    *sought = take_ties(*plan.ties, world.firms.count());
  else
    TieSeeker(world, scenario.network, {world.randomness.seed(), drawn_for}, 0).seek_first(*sought);
  world.sought = std::move(sought);
  build_peers(world);
}

void renew_ties(World& world, const Scenario& scenario, std::uint32_t year) {
  const bool renews = scenario.network.turnover > 0.0;
  if (!renews && !has_changed(world)) return;
  const TieSeeker seeker(world, scenario.network, world.randomness, year);
  const std::shared_ptr<SoughtTies> sought = own_slots(world);
  if (renews) seeker.seek_anew(*sought);
  seeker.seek_first(*sought);
  world.sought = sought;
  build_peers(world);
  world.count_exposures();
}

}  // namespace ketsim
