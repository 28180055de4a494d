// Peer ties: gravity in distance, homophily in sector, heavy-tailed sociability, and borders that hold some
// ties back. Each firm seeks its ties under its own key; the draw that a border asks for is made for every
// tie, so that the ties of a world with a border are among those of the same world without it. Cost is linear
// in the ties.
//
// A tie stands in a slot of the firm that sought it. Once a year a slot renews with the chance
// network.turnover, or because its partner has left; then a partner is drawn under (firm, slot, year) among
// founders and entrants that have not reached their own closure: a choice that no policy touches. Spin-offs
// seek ties but are not sought: one more of them changes nobody else's draws.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "gravity.hpp"
#include "ketsim/base/portable_math.hpp"
#include "ketsim/engine/population.hpp"
#include "ketsim/rng/samplers.hpp"
#include "peer_network.hpp"

namespace ketsim {
namespace {

//! Draws the partners of ties as the world is now.
class TieSeeker {
 public:
  TieSeeker(World& world, const NetworkSettings& network, std::uint32_t year)
      : world_(world),
        network_(network),
        year_(year),
        sectors_(world.geography->sectors.size()),
        partner_key_(world.randomness.key(Purpose::tie_partner)),
        border_key_(world.randomness.key(Purpose::tie_border)),
        renewal_key_(world.randomness.key(Purpose::tie_renewal)),
        groups_(world.geography->regions.size() * sectors_),
        same_sector_(groups_.size()),
        any_sector_(world.geography->regions.size()) {
    for (std::size_t i = 0; i < world.firms.count(); ++i) {
      const FirmId firm(i);
      if (world.firms.origin[firm] == Origin::spin_off || world.firms.until_closure[firm] == 0) continue;
      groups_[world.firms.region[firm] * sectors_ + world.firms.sector[firm]].push_back(firm.row);
    }
  }

  //! Slots of the firms that have none yet, each filled if chance and border let it.
  void seek_first() {
    SoughtTies& sought = world_.sought;
    for (std::size_t i = sought.firms(); i < world_.firms.count(); ++i) {
      const FirmId firm(i);
      const std::uint32_t slots = world_.firms.alive[firm] != 0 ? slots_of(firm) : 0;
      for (std::uint32_t slot = 0; slot < slots; ++slot) {
        sought.partner.push_back(SoughtTies::nobody);
        sought.strength.push_back(0);
        seek(firm, slot, sought.partner.back(), sought.strength.back());
      }
      sought.offset.push_back(sought.partner.size());
    }
  }

  //! Slots that renew this year.
  void seek_anew() {
    SoughtTies& sought = world_.sought;
    for (std::size_t i = 0; i < sought.firms(); ++i) {
      const FirmId firm(i);
      if (world_.firms.alive[firm] == 0) continue;
      for (std::uint64_t at = std::max(sought.offset[i], sought.given); at < sought.offset[i + 1]; ++at) {
        const auto slot = static_cast<std::uint32_t>(at - sought.offset[i]);
        const bool left =
            sought.partner[at] != SoughtTies::nobody && world_.firms.alive[FirmId(sought.partner[at])] == 0;
        Stream renewal(renewal_key_, world_.firms.key[firm], draw_of(slot));
        if (left || uniform(renewal) < network_.turnover)
          seek(firm, slot, sought.partner[at], sought.strength[at]);
      }
    }
  }

 private:
  static constexpr std::uint32_t most_slots = 1000;

  // Partner word of a slot's draws in this year.
  [[nodiscard]] std::uint32_t draw_of(std::uint32_t slot) const { return year_ << 10 | slot; }

  // How many ties a firm seeks itself: half of those that it has on average. The median of a lognormal of
  // mean m is m exp(-spread^2 / 2).
  [[nodiscard]] std::uint32_t slots_of(FirmId firm) const {
    if (network_.mean_degree <= 0.0) return 0;
    const double spread = network_.degree_spread;
    const double median = 0.5 * network_.mean_degree * portable_exp(-0.5 * spread * spread);
    Stream sociability = world_.randomness.stream(Purpose::tie_degree, world_.firms.key[firm]);
    const double wanted = lognormal(sociability, median, spread);
    const double whole = std::floor(wanted);
    return static_cast<std::uint32_t>(
        std::min<double>(whole + (uniform(sociability) < wanted - whole ? 1.0 : 0.0), most_slots));
  }

  [[nodiscard]] double pull(RegionId from, std::size_t group) const {
    const std::size_t firms = groups_[group].size();
    if (firms == 0) return 0.0;
    const Region& a = world_.geography->region(from);
    const Region& b = world_.geography->regions[group / sectors_];
    const double inside =
        0.5 * std::sqrt(std::max(b.area, 1.0) / 3.14159265358979);  // typical distance inside a region
    const double distance = std::max({distance_km(a.centroid, b.centroid), inside, 1.0});
    return static_cast<double>(firms) * portable_pow(distance, network_.distance_elasticity);
  }

  // Cumulative pull of the groups on firms of a region (and sector), made when first needed.
  const std::vector<double>& pulls(RegionId from, std::size_t sector, bool same_sector) {
    std::vector<double>& sums =
        same_sector ? same_sector_[from.index() * sectors_ + sector] : any_sector_[from.index()];
    if (sums.empty()) {
      double sum = 0.0;
      for (std::size_t group = 0; group < groups_.size(); ++group)
        sums.push_back(sum += (!same_sector || group % sectors_ == sector) ? pull(from, group) : 0.0);
    }
    return sums;
  }

  void seek(FirmId firm, std::uint32_t slot, std::uint32_t& found, std::uint8_t& strength) {
    found = SoughtTies::nobody;
    strength = 0;
    const StableKey key = world_.firms.key[firm];
    Stream partner_draw(partner_key_, key, draw_of(slot));
    Stream border_draw(border_key_, key, draw_of(slot));
    const bool same_sector = uniform(partner_draw) < network_.sector_homophily;
    const std::vector<double>& sums =
        pulls(world_.firms.region_of(firm), world_.firms.sector[firm], same_sector);
    if (sums.back() <= 0.0) return;  // nobody is there
    const std::vector<std::uint32_t>& group = groups_[pick(sums, uniform(partner_draw))];
    const auto index = static_cast<std::size_t>(uniform(partner_draw) * static_cast<double>(group.size()));
    const FirmId partner(group[index]);
    const double closeness = 0.3 + 0.7 * uniform(partner_draw);  // assumption: closeness is uniform
    const Border& border = world_.geography->border(world_.country_of(firm), world_.country_of(partner));
    const double share = border_share(border, network_.border_factor);
    if (partner == firm || uniform(border_draw) >= share) return;
    // Across a border, language and culture also damp what a tie carries.
    const double carried = closeness * (1.0 - 0.5 * border.language) * (1.0 - 0.5 * border.culture);
    found = partner.row;
    strength = static_cast<std::uint8_t>(std::clamp(carried * 255.0, 1.0, 255.0));
  }

  World& world_;
  const NetworkSettings& network_;
  std::uint32_t year_;
  std::size_t sectors_;
  RandomKey partner_key_;
  RandomKey border_key_;
  RandomKey renewal_key_;
  std::vector<std::vector<std::uint32_t>> groups_;  //!< rows that can be sought, by region and sector
  std::vector<std::vector<double>> same_sector_;
  std::vector<std::vector<double>> any_sector_;
};

// The user's ties in the slots of the first firm of each; they stand as long as both firms do.
void take_ties(World& world, const std::vector<GivenTie>& ties) {
  SoughtTies& sought = world.sought;
  std::vector<GivenTie> sorted = ties;
  std::ranges::stable_sort(sorted, {}, &GivenTie::a);
  sought.offset.assign(world.firms.count() + 1, 0);
  for (const GivenTie& tie : sorted) {
    ++sought.offset[tie.a + 1];
    sought.partner.push_back(tie.b);
    sought.strength.push_back(tie.strength);
    if (!tie.supply) continue;
    Contact& contact = world.contacts.between(actor(FirmId(tie.a)), actor(FirmId(tie.b)));
    contact.strength = static_cast<float>(tie.strength) / 255.0F;
  }
  std::partial_sum(sought.offset.begin(), sought.offset.end(), sought.offset.begin());
  sought.given = sought.partner.size();
}

// The adviser that the user names.
void take_adviser(World& world, FirmId firm, const GivenFirm& given) {
  const auto& ids = world.intermediaries.id;
  const auto found = std::ranges::find(ids, given.client_of);
  if (found != ids.end()) world.firms.client_of[firm] = static_cast<std::uint8_t>(found - ids.begin());
}

// Whether peer ties are no longer what they were built from.
bool has_changed(const World& world) {
  if (world.sought.firms() != world.firms.count()) return true;  // newcomers
  for (std::size_t i = 0; i < world.firms.count(); ++i) {
    if (world.firms.alive[FirmId(i)] == 0 && !world.peers.neighbours(FirmId(i)).empty()) return true;
  }
  return false;
}

}  // namespace

void found_ties(World& world, const Scenario& scenario, const PopulationPlan& plan) {
  if (plan.ties)
    take_ties(world, *plan.ties);
  else
    TieSeeker(world, scenario.network, 0).seek_first();
  build_peers(world);
  for (std::size_t i = 0; i < world.firms.count(); ++i) found_contacts(world, scenario, FirmId(i));
  if (plan.given.empty()) return;
  for (std::size_t i = 0; i < plan.given.size(); ++i) take_adviser(world, FirmId(i), plan.given[i]);
}

void renew_ties(World& world, const Scenario& scenario, std::uint32_t year) {
  const bool renews = scenario.network.turnover > 0.0;
  if (!renews && !has_changed(world)) return;
  TieSeeker seeker(world, scenario.network, year);
  if (renews) seeker.seek_anew();
  seeker.seek_first();
  build_peers(world);
  world.count_exposures();
}

}  // namespace ketsim
