#include "peer_network.hpp"

#include <algorithm>
#include <numeric>

namespace ketsim {
namespace {

//! Calls f(firm, partner, strength) for every tie between living firms, as often as it was sought.
template <class F>
void for_each_tie(const World& world, F&& f) {
  const SoughtTies& sought = world.sought;
  for (std::uint32_t row = 0; row < sought.firms(); ++row) {
    if (world.firms.alive[FirmId(row)] == 0) continue;
    for (std::uint64_t at = sought.offset[row]; at < sought.offset[row + 1]; ++at) {
      const std::uint32_t partner = sought.partner[at];
      if (partner != SoughtTies::nobody && world.firms.alive[FirmId(partner)] != 0)
        f(row, partner, sought.strength[at]);
    }
  }
}

// A neighbour and the strength of the tie in one word, so that sorting orders both.
constexpr std::uint64_t end_of(std::uint32_t neighbour, std::uint8_t strength) {
  return std::uint64_t{neighbour} << 8 | strength;
}

//! Ends of ties by firm, ascending: offset[i] to offset[i+1] are those of firm i.
struct Ends {
  std::vector<std::uint64_t> offset;
  std::vector<std::uint64_t> ends;
};

Ends gather(const World& world) {
  Ends all;
  all.offset.assign(world.firms.count() + 1, 0);
  for_each_tie(world, [&](std::uint32_t a, std::uint32_t b, std::uint8_t) {
    ++all.offset[a + 1];
    ++all.offset[b + 1];
  });
  std::partial_sum(all.offset.begin(), all.offset.end(), all.offset.begin());
  all.ends.resize(all.offset.back());
  std::vector<std::uint64_t> next(all.offset.begin(), all.offset.end() - 1);
  for_each_tie(world, [&](std::uint32_t a, std::uint32_t b, std::uint8_t strength) {
    all.ends[next[a]++] = end_of(b, strength);
    all.ends[next[b]++] = end_of(a, strength);
  });
  for (std::size_t i = 0; i + 1 < all.offset.size(); ++i)
    std::sort(all.ends.begin() + static_cast<std::ptrdiff_t>(all.offset[i]),
              all.ends.begin() + static_cast<std::ptrdiff_t>(all.offset[i + 1]));
  return all;
}

}  // namespace

void build_peers(World& world) {
  const Ends all = gather(world);
  PeerTies& peers = world.peers;
  const std::size_t n = world.firms.count();
  peers.offset.assign(1, 0);
  peers.neighbour.clear();
  peers.strength.clear();
  peers.inverse_strength.resize(n);
  for (std::size_t i = 0; i < n; ++i) {
    int sum = 0;
    for (std::uint64_t at = all.offset[i]; at < all.offset[i + 1]; ++at) {
      const auto neighbour = static_cast<std::uint32_t>(all.ends[at] >> 8);
      const bool twice = at > all.offset[i] && all.ends[at - 1] >> 8 == neighbour;
      if (twice) continue;  // both sought each other: one tie, the weaker of the two
      peers.neighbour.push_back(neighbour);
      peers.strength.push_back(static_cast<std::uint8_t>(all.ends[at] & 255));
      sum += peers.strength.back();
    }
    peers.offset.push_back(peers.neighbour.size());
    peers.inverse_strength[FirmId(i)] = sum > 0 ? 1.0F / static_cast<float>(sum) : 0.0F;
  }
}

}  // namespace ketsim
