#include "tie_seeker.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "gravity.hpp"
#include "ketsim/base/contracts.hpp"
#include "ketsim/base/portable_math.hpp"
#include "ketsim/parallel/rows.hpp"
#include "ketsim/rng/samplers.hpp"

namespace ketsim {
namespace {

constexpr std::uint32_t most_slots = 1000;  // of a firm: ten bits of the partner word of draws

}  // namespace

TieSeeker::TieSeeker(const World& world, const NetworkSettings& network, const Randomness& randomness,
                     std::uint32_t year)
    : world_(world),
      network_(network),
      year_(year),
      sectors_(world.geography->sectors.size()),
      degree_key_(randomness.key(Purpose::tie_degree)),
      partner_key_(randomness.key(Purpose::tie_partner)),
      border_key_(randomness.key(Purpose::tie_border)),
      renewal_key_(randomness.key(Purpose::tie_renewal)) {
  gather_groups();
  add_up_pulls();
}

void TieSeeker::seek_first(SoughtTies& sought) const {
  const std::size_t first = sought.firms();
  const std::size_t newcomers = world_.firms.count() - first;
  sought.offset.resize(world_.firms.count() + 1);
  for_rows(newcomers, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = first + begin; i < first + end; ++i)
      sought.offset[i + 1] = world_.firms.alive[FirmId(i)] != 0 ? slots_of(FirmId(i)) : 0;
  });
  std::uint64_t slots = sought.offset[first];
  for (std::size_t i = first; i < world_.firms.count(); ++i) {
    slots += sought.offset[i + 1];
    expect(slots < SoughtTies::nobody, "slots of ties are counted in 32 bits");
    sought.offset[i + 1] = static_cast<std::uint32_t>(slots);
  }
  sought.partner.resize(slots, SoughtTies::nobody);
  sought.strength.resize(slots, 0);
  for_rows(newcomers, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = first + begin; i < first + end; ++i) {
      const StableKey key = world_.firms.key[FirmId(i)];
      for (std::uint32_t at = sought.offset[i]; at < sought.offset[i + 1]; ++at)
        seek(FirmId(i), key, at - sought.offset[i], sought.partner[at], sought.strength[at]);
    }
  });
}

void TieSeeker::seek_anew(SoughtTies& sought) const {
  for_rows(sought.firms(), [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) renew(sought, FirmId(i));
  });
}

void TieSeeker::gather_groups() {
  const Firms& firms = world_.firms;
  const auto can_be_sought = [&](FirmId firm) {
    return firms.origin[firm] != Origin::spin_off && firms.until_closure[firm] != 0;
  };
  group_begin_.assign(world_.geography->regions.size() * sectors_ + 1, 0);
  for (std::size_t i = 0; i < firms.count(); ++i)
    if (can_be_sought(FirmId(i))) ++group_begin_[group_of(FirmId(i)) + 1];
  std::partial_sum(group_begin_.begin(), group_begin_.end(), group_begin_.begin());
  members_.resize(group_begin_.back());
  std::vector<std::uint32_t> next(group_begin_.begin(), group_begin_.end() - 1);
  for (std::size_t i = 0; i < firms.count(); ++i)
    if (can_be_sought(FirmId(i))) members_[next[group_of(FirmId(i))]++] = static_cast<std::uint32_t>(i);
}

void TieSeeker::add_up_pulls() {
  const std::size_t regions = world_.geography->regions.size();
  const std::size_t groups = regions * sectors_;
  same_sector_.resize(groups);
  any_sector_.resize(regions);
  for (std::size_t from = 0; from < regions; ++from) {
    const double* closeness = world_.geography->closeness.data() + from * regions;
    const auto add_up = [&](std::size_t first, std::size_t step, std::vector<double>& sums) {
      double sum = 0.0;
      for (std::size_t group = first; group < groups; group += step)
        sums.push_back(sum += static_cast<double>(firms_in(group)) * closeness[group / sectors_]);
    };
    for (std::size_t sector = 0; sector < sectors_; ++sector)
      add_up(sector, sectors_, same_sector_[from * sectors_ + sector]);
    add_up(0, 1, any_sector_[from]);
  }
}

// How many ties a firm seeks itself: half of those that it has on average. The median of a lognormal of
// mean m is m exp(-spread^2 / 2).
std::uint32_t TieSeeker::slots_of(FirmId firm) const {
  if (network_.mean_degree <= 0.0) return 0;
  const double spread = network_.degree_spread;
  const double median = 0.5 * network_.mean_degree * portable_exp(-0.5 * spread * spread);
  Stream sociability(degree_key_, world_.firms.key[firm]);
  const double wanted = lognormal(sociability, median, spread);
  const double whole = std::floor(wanted);
  return static_cast<std::uint32_t>(
      std::min<double>(whole + (uniform(sociability) < wanted - whole ? 1.0 : 0.0), most_slots));
}

void TieSeeker::renew(SoughtTies& sought, FirmId firm) const {
  if (world_.firms.alive[firm] == 0) return;
  const StableKey key = world_.firms.key[firm];
  const std::uint32_t begin = sought.offset[firm.index()];
  for (std::uint64_t at = std::max<std::uint64_t>(begin, sought.given); at < sought.offset[firm.index() + 1];
       ++at) {
    const auto slot = static_cast<std::uint32_t>(at - begin);
    const bool left =
        sought.partner[at] != SoughtTies::nobody && world_.firms.alive[FirmId(sought.partner[at])] == 0;
    if (left || uniform_of(first_bits(renewal_key_, key, draw_of(slot))) < network_.turnover)
      seek(firm, key, slot, sought.partner[at], sought.strength[at]);
  }
}

void TieSeeker::seek(FirmId firm, StableKey key, std::uint32_t slot, std::uint32_t& found,
                     std::uint8_t& strength) const {
  found = SoughtTies::nobody;
  strength = 0;
  Stream partner_draw(partner_key_, key, draw_of(slot));
  const bool same_sector = uniform(partner_draw) < network_.sector_homophily;
  const std::vector<double>& sums =
      same_sector ? same_sector_[group_of(firm)] : any_sector_[world_.firms.region[firm]];
  if (sums.back() <= 0.0) return;  // nobody is there
  const std::size_t picked = pick(sums, uniform(partner_draw));
  const std::size_t group = same_sector ? picked * sectors_ + world_.firms.sector[firm] : picked;
  const auto index = static_cast<std::size_t>(uniform(partner_draw) * static_cast<double>(firms_in(group)));
  const FirmId partner(members_[group_begin_[group] + index]);
  const double closeness =
      network_.least_closeness + (1.0 - network_.least_closeness) * uniform(partner_draw);
  const Border& border = world_.geography->border(world_.country_of(firm), world_.country_of(partner));
  const double share = border_share(border, network_.border_factor);
  if (partner == firm || uniform_of(first_bits(border_key_, key, draw_of(slot))) >= share) return;
  // Across a border, language and culture also damp what a tie carries.
  const double carried = closeness * (1.0 - 0.5 * border.language) * (1.0 - 0.5 * border.culture);
  found = partner.row;
  strength = static_cast<std::uint8_t>(std::clamp(carried * 255.0, 1.0, 255.0));
}

}  // namespace ketsim
