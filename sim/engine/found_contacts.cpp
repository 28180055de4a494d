// A firm's adviser and its contact to research: chosen by gravity, borders in between, under its own key.
#include <algorithm>
#include <cmath>

#include "gravity.hpp"
#include "ketsim/base/portable_math.hpp"
#include "ketsim/engine/population.hpp"
#include "ketsim/parallel/rows.hpp"
#include "ketsim/rng/samplers.hpp"

namespace ketsim {
namespace {

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

// A firm's adviser goes into its row; which institute it knows, if any, is the answer.
ResearchId seek_contacts(World& world, const NetworkSettings& network, FirmId firm) {
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
  if (!researcher || world.research.count() == 0) return {};
  const auto sums = organisation_pulls(world, world.research, firm, network, 1.0, world.research.capacity);
  return sums.back() > 0.0 ? ResearchId(pick(sums, v)) : ResearchId();
}

void get_to_know(World& world, FirmId firm, ResearchId institute) {
  Contact& contact = world.contacts.between(actor(firm), actor(institute));
  contact.strength = first_contact_strength;
  contact.used = world.month;
}

// The adviser that the user names.
void take_adviser(World& world, FirmId firm, const GivenFirm& given) {
  const auto& ids = world.intermediaries.id;
  const auto found = std::ranges::find(ids, given.client_of);
  if (found != ids.end()) world.firms.client_of[firm] = static_cast<std::uint8_t>(found - ids.begin());
}

// Firms that deliver to each other have met.
void take_suppliers(World& world, const std::vector<GivenTie>& ties) {
  for (const GivenTie& tie : ties) {
    if (!tie.supply) continue;
    Contact& contact = world.contacts.between(actor(FirmId(tie.a)), actor(FirmId(tie.b)));
    contact.strength = static_cast<float>(tie.strength) / 255.0F;
  }
}

}  // namespace

void found_contacts(World& world, const Scenario& scenario, FirmId first, std::size_t firms) {
  // Drawn on all cores; met in the order of the firms.
  std::vector<std::vector<std::pair<FirmId, ResearchId>>> known(firms / few_rows + 1);
  for_few_rows(firms, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      const FirmId firm(first.index() + i);
      const ResearchId institute = seek_contacts(world, scenario.network, firm);
      if (institute.is_valid()) known[begin / few_rows].emplace_back(firm, institute);
    }
  });
  for (const auto& block : known) {
    for (const auto& [firm, institute] : block) get_to_know(world, firm, institute);
  }
}

void take_given_contacts(World& world, const PopulationPlan& plan) {
  if (plan.ties) take_suppliers(world, *plan.ties);
  for (std::size_t i = 0; i < plan.given.size(); ++i) take_adviser(world, FirmId(i), plan.given[i]);
}

}  // namespace ketsim
