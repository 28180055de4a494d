#include "ketsim/experiment/snapshot.hpp"

#include <algorithm>

#include "ketsim/scenario/catalogue.hpp"

namespace ketsim {
namespace {

// Place of each policy's instrument in the dimension `instrument`.
std::vector<std::uint8_t> instruments_of(const std::vector<PolicyState>& policies) {
  const std::vector<std::string> names = instrument_catalogue().names();
  std::vector<std::uint8_t> places;
  for (const PolicyState& policy : policies) {
    const auto found = std::ranges::find(names, policy.policy->instrument);
    places.push_back(static_cast<std::uint8_t>(found - names.begin()));
  }
  return places;
}

}  // namespace

Snapshot take_snapshot(const Simulation& simulation) {
  const World& world = simulation.world();
  const Firms& firms = world.firms;
  const std::size_t n = firms.count();
  const std::vector<std::uint8_t> instruments = instruments_of(simulation.policies());
  const auto instrument_of = [&](PolicyId policy) {
    return policy.is_valid() ? instruments[policy.index()] : Snapshot::no_instrument;
  };
  Snapshot snapshot;
  for (std::size_t i = 0; i < n; ++i) {
    const FirmId firm(i);
    snapshot.key.push_back(firms.key[firm]);
    snapshot.region.push_back(firms.region[firm]);
    snapshot.sector.push_back(firms.sector[firm]);
    snapshot.size.push_back(firms.size[firm]);
    snapshot.reached_by.push_back(instrument_of(firms.reached_by[firm]));
  }
  for (std::size_t k = 0; k < world.ket_count(); ++k) {
    const KetId ket(k);
    for (std::size_t i = 0; i < n; ++i) {
      const FirmId firm(i);
      const Stage stage = firms.stage(firm, ket);
      snapshot.stage.push_back(stage);
      snapshot.waits.push_back(firms.is_committed(firm, ket) || firms.waits_for(firm, ket).is_valid());
      snapshot.adopted_in.push_back(uses(stage) ? firms.adopted_in(firm, ket) : never);
      snapshot.paid_by.push_back(instrument_of(firms.paid_by(firm, ket)));
      snapshot.awarded.push_back(firms.awarded(firm, ket));
    }
  }
  for (std::size_t p = 0; p < world.audience.size(); ++p)
    snapshot.public_money += world.ledger.public_cost(ProgrammeId(p));
  snapshot.partners_match = world.ledger.borne_by_partners();
  snapshot.private_money = world.private_investment + snapshot.partners_match;
  return snapshot;
}

}  // namespace ketsim
