// From the ties that firms sought to the ends at each firm: sorted into parcels by ranges of rows first, each
// range then built by one thread in its own cache. Every end is written twice and read three times, in order.
#include "peer_network.hpp"

#include <algorithm>
#include <bit>
#include <numeric>

#include "ketsim/base/contracts.hpp"
#include "ketsim/parallel/rows.hpp"

namespace ketsim {
namespace {

constexpr std::size_t lanes = 16;  // parts of the firms whose ties are sorted at the same time

// A range has 2 to the power of this rows: few enough for the cache of a core, and as far as that goes so
// many that 16 cores find ranges to work on.
unsigned range_bits_for(std::size_t firms) {
  constexpr unsigned least = 12;
  constexpr unsigned most = 16;
  constexpr std::size_t wanted_ranges = 64;
  return std::clamp(static_cast<unsigned>(std::bit_width(firms / wanted_ranges)), least, most);
}

// An end in one word: row of the firm in its range, row of its peer, strength of the tie.
using End = std::uint64_t;
constexpr End end_of(std::uint32_t row, std::uint32_t peer, std::uint8_t strength) {
  return End{row} << 40 | End{peer} << 8 | strength;
}

//! Ends by lane and range of rows.
class Parcels {
 public:
  explicit Parcels(const World& world)
      : range_bits_(range_bits_for(world.firms.count())),
        ranges_((world.firms.count() >> range_bits_) + 1),
        ends_(lanes * ranges_) {
    const std::size_t firms = world.sought->firms();
    for_parts(lanes, [&](std::size_t lane) {
      sort_out(world, firms * lane / lanes, firms * (lane + 1) / lanes, &ends_[lane * ranges_]);
    });
  }

  [[nodiscard]] std::size_t ranges() const { return ranges_; }
  //! First row of a range.
  [[nodiscard]] std::size_t first_of(std::size_t range) const { return range << range_bits_; }
  //! Calls f(end) for the ends of a range, in the order of the firms that sought them.
  template <class F>
  void for_each(std::size_t range, F&& f) const {
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      for (const End end : ends_[lane * ranges_ + range]) f(end);
    }
  }
  //! Gives the memory of a range back.
  void drop(std::size_t range) {
    for (std::size_t lane = 0; lane < lanes; ++lane) std::vector<End>().swap(ends_[lane * ranges_ + range]);
  }

 private:
  // Both ends of every tie between living firms, as often as it was sought.
  void sort_out(const World& world, std::size_t begin, std::size_t end, std::vector<End>* parcels) const {
    const std::uint32_t row_mask = (1U << range_bits_) - 1;
    const SoughtTies& sought = *world.sought;
    const std::uint8_t* alive = world.firms.alive.data();
    for (std::size_t i = begin; i < end; ++i) {
      const auto firm = static_cast<std::uint32_t>(i);
      if (alive[firm] == 0) continue;
      for (std::uint32_t at = sought.offset[firm]; at < sought.offset[firm + 1]; ++at) {
        const std::uint32_t partner = sought.partner[at];
        if (partner == SoughtTies::nobody || alive[partner] == 0) continue;
        parcels[firm >> range_bits_].push_back(end_of(firm & row_mask, partner, sought.strength[at]));
        parcels[partner >> range_bits_].push_back(end_of(partner & row_mask, firm, sought.strength[at]));
      }
    }
  }

  unsigned range_bits_;
  std::size_t ranges_;
  std::vector<std::vector<End>> ends_;
};

//! Ends of the firms of one range.
struct Part {
  std::vector<std::uint32_t> degree;  //!< by firm
  std::vector<std::uint32_t> neighbour;
  std::vector<std::uint8_t> strength;
  std::vector<float> inverse_strength;
};

Part gather(Parcels& parcels, std::size_t range, std::size_t rows) {
  std::vector<std::uint32_t> offset(rows + 1, 0);
  parcels.for_each(range, [&](End end) { ++offset[(end >> 40) + 1]; });
  std::partial_sum(offset.begin(), offset.end(), offset.begin());
  std::vector<std::uint64_t> ends(offset.back());
  std::vector<std::uint32_t> next(offset.begin(), offset.end() - 1);
  // Peer and strength in one word, so that sorting orders both.
  parcels.for_each(range, [&](End end) { ends[next[end >> 40]++] = end & 0xffffffffffULL; });
  parcels.drop(range);
  Part part;
  part.degree.resize(rows);
  part.inverse_strength.resize(rows);
  part.neighbour.reserve(ends.size());
  part.strength.reserve(ends.size());
  for (std::size_t row = 0; row < rows; ++row) {
    std::sort(ends.data() + offset[row], ends.data() + offset[row + 1]);
    std::uint32_t sum = 0;
    for (std::uint32_t at = offset[row]; at < offset[row + 1]; ++at) {
      const bool twice = at > offset[row] && ends[at - 1] >> 8 == ends[at] >> 8;
      if (twice) continue;  // both sought each other: one tie, the weaker of the two
      ++part.degree[row];
      part.neighbour.push_back(static_cast<std::uint32_t>(ends[at] >> 8));
      part.strength.push_back(static_cast<std::uint8_t>(ends[at] & 255));
      sum += part.strength.back();
    }
    part.inverse_strength[row] = sum > 0 ? 1.0F / static_cast<float>(sum) : 0.0F;
  }
  return part;
}

//! One network of the parts, which are given up one by one, so that there are never two of all.
TieEnds join(std::vector<Part> parts, const Parcels& parcels, std::size_t firms) {
  TieEnds all;
  std::vector<std::size_t> first_end(parts.size() + 1, 0);
  for (std::size_t p = 0; p < parts.size(); ++p) first_end[p + 1] = first_end[p] + parts[p].neighbour.size();
  expect(first_end.back() < FirmId::none, "ends of ties are counted in 32 bits");
  all.offset.resize(firms + 1);
  all.inverse_strength.resize(firms);
  all.neighbour.resize(first_end.back());
  all.strength.resize(first_end.back());
  for_parts(parts.size(), [&](std::size_t p) {
    const std::size_t first = parcels.first_of(p);
    auto offset = static_cast<std::uint32_t>(first_end[p]);
    for (std::size_t row = 0; row < parts[p].degree.size(); ++row)
      all.offset[first + row + 1] = offset += parts[p].degree[row];
    std::ranges::copy(parts[p].inverse_strength, all.inverse_strength.data() + first);
    std::ranges::copy(parts[p].neighbour, all.neighbour.data() + first_end[p]);
    std::ranges::copy(parts[p].strength, all.strength.data() + first_end[p]);
    parts[p] = {};
  });
  return all;
}

}  // namespace

void build_peers(World& world) {
  const std::size_t firms = world.firms.count();
  Parcels parcels(world);
  std::vector<Part> parts(parcels.ranges());
  for_parts(parts.size(), [&](std::size_t range) {
    const std::size_t end = std::min(firms, parcels.first_of(range + 1));
    parts[range] = gather(parcels, range, end - parcels.first_of(range));
  });
  world.peers = PeerTies(join(std::move(parts), parcels, firms));
}

}  // namespace ketsim
