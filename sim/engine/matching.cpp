#include "ketsim/engine/matching.hpp"

#include <algorithm>
#include <unordered_map>

namespace ketsim {
namespace {

struct Held {
  std::size_t lead;
  std::size_t wish;
};

}  // namespace

std::vector<std::vector<std::uint32_t>> deferred_acceptance(const std::vector<MatchingLead>& leads) {
  std::unordered_map<std::uint32_t, Held> held;  // partner -> the offer it holds; looked up only
  std::vector<std::size_t> next(leads.size(), 0);
  std::vector<std::size_t> taken(leads.size(), 0);
  const auto better = [&](const Held& a, const Held& b) {
    const double wa = leads[a.lead].welcome[a.wish];
    const double wb = leads[b.lead].welcome[b.wish];
    return wa != wb ? wa > wb : a.lead < b.lead;
  };
  std::vector<std::size_t> active(leads.size());
  for (std::size_t l = 0; l < leads.size(); ++l) active[l] = leads.size() - 1 - l;
  while (!active.empty()) {
    const std::size_t lead = active.back();
    active.pop_back();
    while (taken[lead] < leads[lead].places && next[lead] < leads[lead].wishes.size()) {
      const Held offer{lead, next[lead]++};
      const std::uint32_t partner = leads[lead].wishes[offer.wish];
      const auto [place, free] = held.emplace(partner, offer);
      if (free) {
        ++taken[lead];
      } else if (better(offer, place->second)) {
        --taken[place->second.lead];
        active.push_back(place->second.lead);
        place->second = offer;
        ++taken[lead];
      }
    }
  }
  std::vector<std::vector<std::uint32_t>> result(leads.size());
  for (std::size_t l = 0; l < leads.size(); ++l) {
    for (std::size_t w = 0; w < next[l]; ++w) {
      const auto found = held.find(leads[l].wishes[w]);
      if (found != held.end() && found->second.lead == l && found->second.wish == w)
        result[l].push_back(leads[l].wishes[w]);
    }
  }
  return result;
}

}  // namespace ketsim
