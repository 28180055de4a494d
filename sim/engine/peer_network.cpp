// Ends of ties are gathered for one range of rows at a time: a range fits the cache, and ranges are built on
// all cores. Each reads all ties that were sought, in order, which costs little beside finding ends anywhere.
#include "peer_network.hpp"

#include <algorithm>
#include <numeric>

#include "ketsim/base/contracts.hpp"
#include "ketsim/parallel/rows.hpp"

namespace ketsim {
namespace {

constexpr std::size_t most_ranges = 16;
constexpr std::size_t least_rows = 1U << 16;  // of a range

//! Calls f(firm, other, strength) for both ends, at a firm of [begin, end), of every tie between living
//! firms, as often as it was sought.
template <class F>
void for_each_end(const World& world, std::uint32_t begin, std::uint32_t end, F&& f) {
  const SoughtTies& sought = *world.sought;
  const std::uint8_t* alive = world.firms.alive.data();
  const std::uint32_t rows = end - begin;
  for (std::uint32_t row = 0; row < sought.firms(); ++row) {
    if (alive[row] == 0) continue;
    for (std::uint32_t at = sought.offset[row]; at < sought.offset[row + 1]; ++at) {
      const std::uint32_t partner = sought.partner[at];
      const bool here = row - begin < rows;  // unsigned: false below `begin`, too
      const bool there = partner - begin < rows && partner != SoughtTies::nobody;
      if (!here && !there) continue;
      if (partner == SoughtTies::nobody || alive[partner] == 0) continue;
      if (here) f(row, partner, sought.strength[at]);
      if (there) f(partner, row, sought.strength[at]);
    }
  }
}

//! Ends of the firms of one range.
struct Part {
  std::vector<std::uint32_t> degree;  //!< by firm
  std::vector<std::uint32_t> neighbour;
  std::vector<std::uint8_t> strength;
  std::vector<float> inverse_strength;
};

Part gather(const World& world, std::uint32_t begin, std::uint32_t end) {
  std::vector<std::uint64_t> offset(end - begin + 1, 0);
  for_each_end(world, begin, end,
               [&](std::uint32_t firm, std::uint32_t, std::uint8_t) { ++offset[firm - begin + 1]; });
  std::partial_sum(offset.begin(), offset.end(), offset.begin());
  // A neighbour and the strength of the tie in one word, so that sorting orders both.
  std::vector<std::uint64_t> ends(offset.back());
  std::vector<std::uint64_t> next(offset.begin(), offset.end() - 1);
  for_each_end(world, begin, end, [&](std::uint32_t firm, std::uint32_t other, std::uint8_t strength) {
    ends[next[firm - begin]++] = std::uint64_t{other} << 8 | strength;
  });
  Part part;
  part.degree.resize(end - begin);
  part.inverse_strength.resize(end - begin);
  part.neighbour.reserve(ends.size());
  part.strength.reserve(ends.size());
  for (std::uint32_t row = 0; row < end - begin; ++row) {
    std::sort(ends.data() + offset[row], ends.data() + offset[row + 1]);
    std::uint32_t sum = 0;
    for (std::uint64_t at = offset[row]; at < offset[row + 1]; ++at) {
      const auto neighbour = static_cast<std::uint32_t>(ends[at] >> 8);
      const bool twice = at > offset[row] && ends[at - 1] >> 8 == neighbour;
      if (twice) continue;  // both sought each other: one tie, the weaker of the two
      ++part.degree[row];
      part.neighbour.push_back(neighbour);
      part.strength.push_back(static_cast<std::uint8_t>(ends[at] & 255));
      sum += part.strength.back();
    }
    part.inverse_strength[row] = sum > 0 ? 1.0F / static_cast<float>(sum) : 0.0F;
  }
  return part;
}

//! One network of the parts, which are given up one by one, so that there are never two of all.
TieEnds join(std::vector<Part> parts, std::size_t firms) {
  std::size_t ends = 0;
  for (const Part& part : parts) ends += part.neighbour.size();
  expect(ends < FirmId::none, "ends of ties are counted in 32 bits");
  TieEnds all;
  all.offset.reserve(firms + 1);
  all.inverse_strength.reserve(firms);
  all.neighbour.reserve(ends);
  all.strength.reserve(ends);
  for (Part& part : parts) {
    for (const std::uint32_t degree : part.degree) all.offset.push_back(all.offset.back() + degree);
    all.inverse_strength.insert(all.inverse_strength.end(), part.inverse_strength.begin(),
                                part.inverse_strength.end());
    all.neighbour.insert(all.neighbour.end(), part.neighbour.begin(), part.neighbour.end());
    all.strength.insert(all.strength.end(), part.strength.begin(), part.strength.end());
    part = {};
  }
  return all;
}

}  // namespace

void build_peers(World& world) {
  const std::size_t firms = world.firms.count();
  const std::size_t rows = std::max(least_rows, (firms + most_ranges - 1) / most_ranges);
  std::vector<Part> parts((firms + rows - 1) / rows);
  for_tasks(parts.size(), [&](std::size_t p) {
    parts[p] = gather(world, static_cast<std::uint32_t>(p * rows),
                      static_cast<std::uint32_t>(std::min(firms, (p + 1) * rows)));
  });
  world.peers = PeerTies(join(std::move(parts), firms));
}

}  // namespace ketsim
