// Ties at the start: gravity in distance, homophily in sector, heavy-tailed sociability, and borders that
// hold some ties back. Each firm seeks its ties under its own key; the draw that a border asks for is made
// for every tie, so that the ties of a world with a border are among those of the same world without it. Cost
// is linear in the ties.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "ketsim/base/portable_math.hpp"
#include "ketsim/engine/population.hpp"
#include "ketsim/rng/samplers.hpp"

namespace ketsim {
namespace {

//! Firms of one region and sector: a run of rows for each size class.
struct Group {
  RegionId region;
  std::size_t sector = 0;
  std::vector<std::uint32_t> rows;
};

struct Edge {
  std::uint32_t a;
  std::uint32_t b;
  std::uint8_t strength;
  auto operator<=>(const Edge&) const = default;
};

//! Share of the ties that gravity predicts across this border: 1 without friction, `factor` at full friction.
double border_share(const Border& border, double factor) {
  const double open = (1.0 - border.language) * (1.0 - border.culture) * (1.0 - border.legislation);
  return 1.0 - (1.0 - factor) * (1.0 - open);
}

std::size_t pick(const std::vector<double>& cumulative, double u) {
  const double target = u * cumulative.back();
  const auto place = std::ranges::upper_bound(cumulative, target);
  return std::min(static_cast<std::size_t>(place - cumulative.begin()), cumulative.size() - 1);
}

class TieFounder {
 public:
  TieFounder(World& world, const Scenario& scenario) : world_(world), network_(scenario.network) {
    make_groups();
  }

  void found() {
    if (world_.firms.count() > 1 && network_.mean_degree > 0.0) seek();
    compress();
  }

 private:
  void make_groups() {
    const std::size_t sectors = world_.geography->sectors.size();
    std::vector<std::size_t> at(world_.geography->regions.size() * sectors, SIZE_MAX);
    for (std::size_t i = 0; i < world_.firms.count(); ++i) {
      const FirmId firm(i);
      const std::size_t cell = world_.firms.region[firm] * sectors + world_.firms.sector[firm];
      if (at[cell] == SIZE_MAX) {
        at[cell] = groups_.size();
        groups_.push_back({RegionId(world_.firms.region[firm]), world_.firms.sector[firm], {}});
      }
      groups_[at[cell]].rows.push_back(static_cast<std::uint32_t>(i));
    }
    const std::size_t origins = world_.geography->regions.size();
    same_sector_.resize(origins * sectors);
    any_sector_.resize(origins);
  }

  [[nodiscard]] double pull(RegionId from, const Group& group) const {
    const Region& a = world_.geography->region(from);
    const Region& b = world_.geography->region(group.region);
    const double inside =
        0.5 * std::sqrt(std::max(b.area, 1.0) / 3.14159265358979);  // typical distance inside a region
    const double distance = std::max({distance_km(a.centroid, b.centroid), inside, 1.0});
    return static_cast<double>(group.rows.size()) * portable_pow(distance, network_.distance_elasticity);
  }

  // Cumulative pull of the groups on firms of a region (and sector), made when first needed.
  const std::vector<double>& pulls(RegionId from, std::size_t sector, bool same_sector) {
    std::vector<double>& sums = same_sector
                                    ? same_sector_[from.index() * world_.geography->sectors.size() + sector]
                                    : any_sector_[from.index()];
    if (sums.empty()) {
      double sum = 0.0;
      for (const Group& group : groups_)
        sums.push_back(sum += (!same_sector || group.sector == sector) ? pull(from, group) : 0.0);
    }
    return sums;
  }

  void seek() {
    const RandomKey degree_key = world_.randomness.key(Purpose::tie_degree);
    const RandomKey partner_key = world_.randomness.key(Purpose::tie_partner);
    const RandomKey border_key = world_.randomness.key(Purpose::tie_border);
    const double spread = network_.degree_spread;
    // Half of a firm's ties are its own seeking; the median of a lognormal of mean m is m exp(-spread^2 / 2).
    const double median = 0.5 * network_.mean_degree * portable_exp(-0.5 * spread * spread);
    for (std::size_t i = 0; i < world_.firms.count(); ++i) {
      const FirmId firm(i);
      const StableKey key = world_.firms.key[firm];
      Stream sociability(degree_key, key);
      const double wanted = lognormal(sociability, median, spread);
      const double whole = std::floor(wanted);
      const auto ties = static_cast<std::uint32_t>(
          std::min(whole + (uniform(sociability) < wanted - whole ? 1.0 : 0.0), 1000.0));
      for (std::uint32_t tie = 0; tie < ties; ++tie)
        seek_one(firm, Stream(partner_key, key, tie), Stream(border_key, key, tie));
    }
  }

  void seek_one(FirmId firm, Stream partner_draw, Stream border_draw) {
    const bool same_sector = uniform(partner_draw) < network_.sector_homophily;
    const std::vector<double>& sums =
        pulls(world_.firms.region_of(firm), world_.firms.sector[firm], same_sector);
    const Group& group = groups_[pick(sums, uniform(partner_draw))];
    const auto index =
        static_cast<std::size_t>(uniform(partner_draw) * static_cast<double>(group.rows.size()));
    const FirmId partner(group.rows[index]);
    const double closeness = 0.3 + 0.7 * uniform(partner_draw);  // assumption: closeness is uniform
    const Border& border = world_.geography->border(world_.country_of(firm), world_.country_of(partner));
    const double share = border_share(border, network_.border_factor);
    if (partner == firm || uniform(border_draw) >= share) return;
    // Across a border, language and culture also damp what a tie carries.
    const double carried = closeness * (1.0 - 0.5 * border.language) * (1.0 - 0.5 * border.culture);
    const auto strength = static_cast<std::uint8_t>(std::clamp(carried * 255.0, 1.0, 255.0));
    edges_.push_back({std::min(firm.row, partner.row), std::max(firm.row, partner.row), strength});
  }

  void compress() {
    std::ranges::sort(edges_);
    const auto twice =
        std::ranges::unique(edges_, [](const Edge& x, const Edge& y) { return x.a == y.a && x.b == y.b; });
    edges_.erase(twice.begin(), twice.end());
    PeerTies& peers = world_.peers;
    const std::size_t n = world_.firms.count();
    peers.offset.assign(n + 1, 0);
    for (const Edge& edge : edges_) {
      ++peers.offset[edge.a + 1];
      ++peers.offset[edge.b + 1];
    }
    std::partial_sum(peers.offset.begin(), peers.offset.end(), peers.offset.begin());
    peers.neighbour.resize(2 * edges_.size());
    peers.strength.resize(2 * edges_.size());
    std::vector<std::uint64_t> next(peers.offset.begin(), peers.offset.end() - 1);
    for (const Edge& edge : edges_) {
      peers.neighbour[next[edge.a]] = edge.b;
      peers.strength[next[edge.a]++] = edge.strength;
      peers.neighbour[next[edge.b]] = edge.a;
      peers.strength[next[edge.b]++] = edge.strength;
    }
    peers.inverse_strength.resize(n, 0.0F);
    for (std::size_t i = 0; i < n; ++i) {
      int sum = 0;
      for (const std::uint8_t strength : peers.strengths(FirmId(i))) sum += strength;
      peers.inverse_strength[FirmId(i)] = sum > 0 ? 1.0F / static_cast<float>(sum) : 0.0F;
    }
  }

  World& world_;
  const NetworkSettings& network_;
  std::vector<Group> groups_;
  std::vector<std::vector<double>> same_sector_;
  std::vector<std::vector<double>> any_sector_;
  std::vector<Edge> edges_;
};

// Clients choose among intermediaries, and partners among institutes, by the same gravity.
template <class Table, class IdType>
std::vector<double> organisation_pulls(const World& world, const Table& table, FirmId firm,
                                       const NetworkSettings& network, double abroad,
                                       const Column<IdType, float>& mass) {
  std::vector<double> sums;
  double sum = 0.0;
  for (std::size_t i = 0; i < table.count(); ++i) {
    const IdType id(i);
    const double distance = std::max(distance_km(world.firms.position[firm], table.position[id]), 2.0);
    const bool crosses = table.country[id] != world.country_of(firm);
    double share = 1.0;
    if (crosses) {
      const bool known = table.country[id].index() < world.geography->countries.size();
      share =
          abroad * (known ? border_share(world.geography->border(world.country_of(firm), table.country[id]),
                                         network.border_factor)
                          : 0.0);
    }
    sums.push_back(sum += std::sqrt(static_cast<double>(mass[id])) *
                          portable_pow(distance, 2.0 * network.distance_elasticity) * share);
  }
  return sums;
}

constexpr double advice_abroad = 0.2;  // assumption: advice is mostly sought at home
constexpr float first_contact_strength = 0.5F;

}  // namespace

void found_ties(World& world, const Scenario& scenario, const PopulationPlan&) {
  TieFounder(world, scenario).found();
  const NetworkSettings& network = scenario.network;
  for (std::size_t i = 0; i < world.firms.count(); ++i) {
    const FirmId firm(i);
    Stream draws = world.randomness.stream(Purpose::tie_degree, world.firms.key[firm], 1);
    const bool client = bernoulli(draws, network.advice_tie_share);
    const bool researcher = bernoulli(draws, network.research_tie_share);
    const double u = uniform(draws);
    const double v = uniform(draws);
    if (client && world.intermediaries.count() > 0) {
      const auto sums = organisation_pulls(world, world.intermediaries, firm, network, advice_abroad,
                                           world.intermediaries.staff);
      if (sums.back() > 0.0) world.firms.client_of[firm] = static_cast<std::uint8_t>(pick(sums, u));
    }
    if (researcher && world.research.count() > 0) {
      const auto sums =
          organisation_pulls(world, world.research, firm, network, 1.0, world.research.capacity);
      if (sums.back() > 0.0) {
        Contact& contact = world.contacts.between(actor(firm), actor(ResearchId(pick(sums, v))));
        contact.strength = first_contact_strength;
      }
    }
  }
}

}  // namespace ketsim
