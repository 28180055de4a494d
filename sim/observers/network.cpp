// Outputs on the network of peers: taken each January, when ties are renewed, and kept until the next.
//
//   density     2 ties / (firms (firms - 1))
//   clustering  share of closed triples: of pairs of peers of a firm, those that are peers of each other,
//               estimated from 2,000 drawn triples (standard error at most 0.011)
//   E-I index   (ties across the border - ties inside) / all ties (Krackhardt and Stern 1988), -1 to 1
#include <algorithm>
#include <array>
#include <numeric>
#include <vector>

#include "ketsim/engine/observer.hpp"
#include "ketsim/parallel/rows.hpp"
#include "ketsim/rng/samplers.hpp"

namespace ketsim {
namespace {

constexpr std::array names{
    "network_density",           "network_degree",       "network_clustering", "network_components",
    "network_largest_component", "network_border_share", "network_ei_index"};

class NetworkObserver final : public Observer {
 public:
  std::vector<Series> series() const override {
    const auto ratio = [](const char* name, const char* doc) {
      return Series{.name = name,
                    .unit = "1",
                    .kind = SeriesKind::ratio,
                    .dimensions = {},
                    .doc = doc,
                    .chart = "Network"};
    };
    return {
        ratio(names[0], "ties between peers over all that there could be"),
        ratio(names[1], "peers of a firm, on average"),
        ratio(names[2], "share of the pairs of a firm's peers that are peers of each other (estimated)"),
        {.name = names[3],
         .unit = "1",
         .kind = SeriesKind::stock,
         .dimensions = {},
         .doc = "groups of firms that no tie connects with others, firms without ties included",
         .chart = "Network"},
        ratio(names[4], "share of the firms that belong to the largest of these groups"),
        ratio(names[5], "share of the ties between peers that cross the border"),
        ratio(names[6],
              "ties across the border less ties inside, over all ties: -1 all inside, 1 all across"),
    };
  }

  void begin(const World& world) override { measure(world); }

  void observe(const Context& context, Recorder& recorder) override {
    const World& world = context.world;
    // Also where nothing turns over: the network is measured once.
    changed_ |= &world.peers.ends() != &measured_.ends() || !world.exits.empty() || !world.entries.empty();
    if (recorder.month() % 12 == 0 && changed_) measure(world);
    for (std::size_t s = 0; s < names.size(); ++s) recorder.now(names[s])[0] = values_[s];
  }

  void save(ByteWriter& bytes, const World& world) const override {
    bytes(changed_ || &world.peers.ends() != &measured_.ends(), values_);
  }
  void restore(ByteReader& bytes, const World& world) override {
    bytes(changed_, values_);
    measured_ = world.peers;
  }

 private:
  void measure(const World& world) {
    const std::size_t n = world.firms.count();
    const std::vector<std::uint8_t> side = sides(world);
    Counts counts;
    double closed = 0.0;
    std::pair<double, double> groups;
    for_parts(2, [&](std::size_t part) {  // the second takes as long as the first on one core
      if (part == 1) {
        groups = count_groups(world, side);
        return;
      }
      std::vector<double> triples(n);
      counts = sum_rows<Counts>(n, [&](std::size_t begin, std::size_t end) {
        return count_ties(world, side, begin, end, triples);
      });
      for (std::size_t i = 1; i < n; ++i) triples[i] += triples[i - 1];
      closed = clustering(world, triples);
    });
    const auto [components, largest] = groups;
    const auto over = [](double a, double b) { return b > 0.0 ? a / b : 0.0; };
    values_ = {over(counts.ends, counts.firms * (counts.firms - 1.0)),
               over(counts.ends, counts.firms),
               closed,
               components,
               over(largest, counts.firms),
               over(counts.across, counts.ends),
               over(2.0 * counts.across - counts.ends, counts.ends)};
    measured_ = world.peers;
    changed_ = false;
  }

  struct Counts {
    double firms = 0.0;
    double ends = 0.0;    //!< of ties: two a tie
    double across = 0.0;  //!< of ties across the border
    Counts& operator+=(const Counts& other) {
      firms += other.firms;
      ends += other.ends;
      across += other.across;
      return *this;
    }
  };

  static constexpr std::uint8_t nowhere = 255;  //!< side of a firm that has left

  // Country of each living firm, a byte a firm: all that is asked of a peer, which may stand anywhere in
  // memory.
  static std::vector<std::uint8_t> sides(const World& world) {
    std::vector<std::uint8_t> side(world.firms.count(), nowhere);
    for_rows(side.size(), [&](std::size_t begin, std::size_t end) {
      for (std::size_t i = begin; i < end; ++i) {
        if (world.firms.alive[FirmId(i)])
          side[i] = static_cast<std::uint8_t>(world.country_of(FirmId(i)).index());
      }
    });
    return side;
  }

  static Counts count_ties(const World& world, const std::vector<std::uint8_t>& side, std::size_t begin,
                           std::size_t end, std::vector<double>& triples) {
    Counts counts;
    for (std::size_t i = begin; i < end; ++i) {
      triples[i] = 0.0;
      if (side[i] == nowhere) continue;
      std::uint32_t degree = 0;
      std::uint32_t across = 0;
      for (const std::uint32_t peer : world.peers.neighbours(FirmId(i))) {
        const std::uint32_t there = side[peer] != nowhere ? 1 : 0;
        degree += there;
        across += side[peer] != side[i] ? there : 0;
      }
      triples[i] = static_cast<double>(degree) * (static_cast<double>(degree) - 1.0);
      counts += {1.0, static_cast<double>(degree), static_cast<double>(across)};
    }
    return counts;
  }

  // Groups as trees (Tarjan 1975): each row points to a lower one of its group, or to itself.
  static std::pair<double, double> count_groups(const World& world, const std::vector<std::uint8_t>& side) {
    std::vector<std::uint32_t> up(side.size());
    std::iota(up.begin(), up.end(), 0U);
    const auto lowest = [&](std::uint32_t row) {
      while (up[row] != row) row = up[row] = up[up[row]];
      return row;
    };
    for (std::uint32_t i = 0; i < up.size(); ++i) {
      if (side[i] == nowhere) continue;
      std::uint32_t own = i;
      for (const std::uint32_t peer : world.peers.neighbours(FirmId(i))) {
        if (peer >= i || side[peer] == nowhere) continue;  // each tie stands with both of its ends
        const std::uint32_t other = lowest(peer);
        up[std::max(own, other)] = std::min(own, other);
        own = std::min(own, other);
      }
    }
    double groups = 0.0;
    std::uint32_t largest = 0;
    std::vector<std::uint32_t> members(side.size(), 0);
    for (std::uint32_t i = 0; i < up.size(); ++i) {
      if (side[i] == nowhere) continue;
      groups += up[i] == i ? 1.0 : 0.0;
      largest = std::max(largest, ++members[lowest(i)]);
    }
    return {groups, largest};
  }

  // Triples are drawn in proportion to their number about each firm.
  static double clustering(const World& world, const std::vector<double>& triples) {
    if (triples.empty() || triples.back() <= 0.0) return 0.0;
    constexpr int drawn = 2'000;
    Stream draw =
        world.randomness.stream(Purpose::network_sample, 0, static_cast<std::uint32_t>(world.month));
    // A guide to the rows spares a search through all of them for each triple: `starts` holds, for equal
    // steps of the sum, the first row that may be drawn there.
    const auto rows = static_cast<double>(triples.size());
    std::vector<std::uint32_t> starts(triples.size());
    for (std::uint32_t step = 0, row = 0; step < starts.size(); ++step) {
      while (triples[row] * rows <= step * triples.back()) ++row;
      starts[step] = row;
    }
    int closed = 0;
    for (int d = 0; d < drawn; ++d) {
      const double u = uniform(draw);
      std::size_t row = starts[static_cast<std::size_t>(u * rows)];
      while (row > 0 && triples[row - 1] > u * triples.back()) --row;  // where the step was rounded
      while (triples[row] <= u * triples.back()) ++row;
      const double pairs = triples[row] - (row > 0 ? triples[row - 1] : 0.0);
      const double other = uniform(draw);
      const auto [a, b] = two_peers(world, FirmId(row), pairs, uniform(draw), other);
      // All peers are compared, in vectors: an end at the one that is found is mispredicted.
      closed += std::ranges::count(world.peers.neighbours(a), b.row) > 0 ? 1 : 0;
    }
    return static_cast<double>(closed) / drawn;
  }

  // Two of the living peers of a firm that has so many pairs of them, in either order.
  static std::pair<FirmId, FirmId> two_peers(const World& world, FirmId middle, double pairs, double u,
                                             double v) {
    const auto peers = world.peers.neighbours(middle);
    const auto is_there = [&](std::uint32_t peer) { return world.firms.alive[FirmId(peer)] != 0; };
    const auto all = static_cast<double>(peers.size());
    const bool all_are_there = pairs == all * (all - 1.0);
    const double count = all_are_there ? all : static_cast<double>(std::ranges::count_if(peers, is_there));
    const auto first = static_cast<std::size_t>(u * count);
    const auto other = static_cast<std::size_t>(v * (count - 1.0));  // among the others
    const std::size_t second = other < first ? other : other + 1;
    if (all_are_there) return {FirmId(peers[first]), FirmId(peers[second])};
    FirmId a;
    FirmId b;
    std::size_t place = 0;
    for (const std::uint32_t peer : peers) {
      if (!is_there(peer)) continue;
      if (place == first) a = FirmId(peer);
      if (place == second) b = FirmId(peer);
      ++place;
    }
    return {a, b};
  }

  PeerTies measured_;
  bool changed_ = true;
  std::array<double, names.size()> values_{};
};

const RegisterObserver<NetworkObserver> registered{"network"};

}  // namespace
}  // namespace ketsim
