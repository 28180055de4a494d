// Comparisons of whole worlds, bit for bit and by stable key, so that a firm more or less shifts nothing.
#pragma once

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "support/small_world.hpp"

namespace ketsim {

//! What two worlds say differently about anyone but the firms of these keys: names of columns and tables.
inline std::set<std::string> differences_beside(const World& a, const World& b,
                                                const std::set<StableKey>& keys) {
  std::set<std::string> names;
  const auto firms_of = [&](const World& world) {
    std::map<StableKey, FirmId> firms;
    for (std::size_t i = 0; i < world.firms.count(); ++i) {
      if (!keys.contains(world.firms.key[FirmId(i)])) firms.emplace(world.firms.key[FirmId(i)], FirmId(i));
    }
    return firms;
  };
  const auto left = firms_of(a);
  const auto right = firms_of(b);
  if (left.size() != right.size()) names.insert("count");
  for (const auto& [key, firm] : left) {
    const auto other = right.find(key);
    if (other == right.end()) {
      names.insert("key");
      continue;
    }
    const auto bits = firm_bits(a, firm);
    for (const auto& [name, value] : firm_bits(b, other->second)) {
      if (bits.at(name) != value) names.insert(name);
    }
  }

  const auto contacts_of = [&](const World& world) {
    std::vector<std::tuple<StableKey, StableKey, int, float, int, int, int>> rows;
    for (const Contact& c : world.contacts.all()) {
      if (keys.contains(world.key_of(c.a)) || keys.contains(world.key_of(c.b))) continue;
      rows.emplace_back(world.key_of(c.a), world.key_of(c.b), static_cast<int>(c.kind), c.strength, c.used,
                        c.active_until, c.repeats);
    }
    return rows;
  };
  if (contacts_of(a) != contacts_of(b)) names.insert("contacts");

  const auto organisations_of = [](const World& world) {
    std::string bits;
    for (std::size_t i = 0; i < world.research.count(); ++i) {
      const ResearchId id(i);
      bits += bits_of(world.research.free_projects[id]) + bits_of(world.research.first_award[id]);
      for (std::size_t k = 0; k < world.ket_count(); ++k)
        bits += bits_of(world.research.capability(id, KetId(k))) +
                bits_of(world.research.demand(id, KetId(k))) + bits_of(world.research.line(id, KetId(k)));
    }
    for (std::size_t i = 0; i < world.intermediaries.count(); ++i) {
      for (std::size_t k = 0; k < world.ket_count(); ++k)
        bits += bits_of(world.intermediaries.expertise(IntermediaryId(i), KetId(k))) +
                bits_of(world.intermediaries.advises(IntermediaryId(i), KetId(k)));
    }
    return bits;
  };
  if (organisations_of(a) != organisations_of(b)) names.insert("organisations");

  const auto projects_of = [&](const World& world) {
    std::vector<std::tuple<StableKey, std::uint32_t, int, int, int, std::size_t, std::uint32_t>> rows;
    for (const Project& p : world.projects) {
      if (!keys.contains(world.firms.key[p.lead]))
        rows.emplace_back(world.firms.key[p.lead], p.ket.row, p.start, p.finished, static_cast<int>(p.status),
                          p.members.size(), p.products);
    }
    return rows;
  };
  if (projects_of(a) != projects_of(b)) names.insert("projects");
  return names;
}

//! Whether nothing connects a firm with anyone: no peer, no contact, no adviser, no programme that it knows.
inline bool is_isolated(const World& world, FirmId firm) {
  return world.peers.neighbours(firm).empty() && world.contacts.of(actor(firm)).empty() &&
         world.firms.client_of[firm] == 255 && world.firms.programmes_known[firm] == 0;
}

}  // namespace ketsim
