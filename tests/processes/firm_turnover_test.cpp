// Firms enter, leave and spin off; ties turn over: their laws, and that no policy changes what it must not.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "ketsim/base/contracts.hpp"
#include "support/small_world.hpp"

namespace ketsim {
namespace {

using testing::IsEmpty;
using testing::Not;

const std::map<SizeClass, double> default_rates{
    {SizeClass::micro, 0.05}, {SizeClass::small, 0.03}, {SizeClass::medium, 0.02}, {SizeClass::large, 0.01}};

//! Steps some processes alone for so many months.
void step_only(Simulation& simulation, const std::vector<std::string>& names, int months) {
  Context context = simulation.context();
  std::vector<std::unique_ptr<Process>> processes;
  for (const std::string& name : names) processes.push_back(process_of(context.setup, name));
  for (int month = 0; month < months; ++month) {
    context.world.month = static_cast<MonthIndex>(month);
    for (const auto& process : processes) process->step(context);
  }
}

std::map<SizeClass, double> living_by_size(const World& world) {
  std::map<SizeClass, double> counts;
  for (std::size_t i = 0; i < world.firms.count(); ++i)
    counts[world.firms.size[FirmId(i)]] += world.firms.alive[FirmId(i)];
  return counts;
}

std::map<StableKey, FirmId> firms_of(const World& world, Origin origin) {
  std::map<StableKey, FirmId> firms;
  for (std::size_t i = 0; i < world.firms.count(); ++i) {
    if (world.firms.origin[FirmId(i)] == origin) firms.emplace(world.firms.key[FirmId(i)], FirmId(i));
  }
  return firms;
}

TEST(Exit, ClosuresFollowTheExponentialLaw) {
  Simulation simulation(setup_of("no_programme.yaml", {"population.agents=20000"}), 1, 0);
  const auto founded = living_by_size(simulation.world());
  step_only(simulation, {"exit"}, 120);
  const auto left = living_by_size(simulation.world());
  for (const auto& [size, count] : founded) {
    const double survival = std::exp(-default_rates.at(size) * 10.0);
    const double error = std::sqrt(count * survival * (1.0 - survival));
    EXPECT_LT(std::fabs(left.at(size) - count * survival), 4.0 * error) << static_cast<int>(size);
  }
}

TEST(Exit, ADoubledHazardHalvesTheTimeToTheSameClosures) {
  const auto months_of_closure = [](const std::string& rate, int months) {
    Simulation simulation(
        setup_of("no_programme.yaml", {"processes[exit].closure_rate={micro: " + rate + ", small: " + rate +
                                       ", medium: " + rate + ", large: " + rate + "}"}),
        1, 0);
    step_only(simulation, {"exit"}, months);
    return living_by_size(simulation.world());
  };
  EXPECT_EQ(months_of_closure("0.06", 60), months_of_closure("0.12", 30));
}

TEST(Exit, AFirmDeeperInDebtThanTheOverdraftFails) {
  Simulation simulation(setup_of("no_programme.yaml",
                                 {"processes[exit].closure_rate={micro: 0, small: 0, medium: 0, large: 0}"}),
                        1, 0);
  World& world = simulation.world();
  const auto margin = [&](FirmId firm) { return 12.0 * static_cast<double>(world.firms.base_margin[firm]); };
  world.firms.cash[FirmId(3)] = to_money(-0.26 * margin(FirmId(3)));
  world.firms.cash[FirmId(4)] = to_money(-0.24 * margin(FirmId(4)));
  step_only(simulation, {"exit"}, 1);
  EXPECT_EQ(world.firms.alive[FirmId(3)], 0);
  EXPECT_EQ(world.firms.alive[FirmId(4)], 1);
  EXPECT_THAT(world.exits, testing::ElementsAre(FirmId(3)));
}

TEST(Exit, AFirmThatLeftIsNoContactAndNeverActs) {
  Simulation simulation(setup_of("no_programme.yaml"), 1, 0);
  World& world = simulation.world();
  FirmId user;
  for (std::size_t i = 0; i < world.firms.count(); ++i) {
    if (world.firms.kets_used[FirmId(i)] > 0 && !world.peers.neighbours(FirmId(i)).empty()) user = FirmId(i);
  }
  ASSERT_TRUE(user.is_valid());
  const std::int64_t living = world.living;
  world.close(user);
  EXPECT_EQ(world.living, living - 1);
  EXPECT_EQ(world.firms.kets_used[user], 0);
  EXPECT_EQ(world.firms.kets_known[user], 0);
  for (std::size_t k = 0; k < world.ket_count(); ++k)
    EXPECT_EQ(world.firms.stage(user, KetId(k)), Stage::gone);
  EXPECT_THROW(world.change_stage(user, KetId(0), Stage::aware, Trigger::media), ContractViolation);
  EXPECT_THROW(world.close(user), ContractViolation);
  simulation.run();
  for (std::size_t k = 0; k < world.ket_count(); ++k)
    EXPECT_EQ(world.firms.stage(user, KetId(k)), Stage::gone);
  EXPECT_TRUE(world.peers.neighbours(user).empty());
}

TEST(Entry, NumbersFollowTheFoundersOfEachSizeClass) {
  Simulation simulation(setup_of("no_programme.yaml", {"population.agents=20000"}), 1, 0);
  const auto founded = living_by_size(simulation.world());
  step_only(simulation, {"entry"}, 60);
  const auto now = living_by_size(simulation.world());
  for (const auto& [size, count] : founded) {
    const double expected = default_rates.at(size) * 5.0 * count;
    EXPECT_LT(std::fabs(now.at(size) - count - expected), 4.0 * std::sqrt(expected))
        << static_cast<int>(size);
  }
}

TEST(Entry, NewcomersKnowAKetAsOftenAsFoundersAndUseNone) {
  Simulation simulation(setup_of("no_programme.yaml", {"population.agents=20000"}), 1, 0);
  step_only(simulation, {"entry"}, 60);
  const World& world = simulation.world();
  const auto entrants = firms_of(world, Origin::entrant);
  double aware = 0.0;
  for (const auto& [key, firm] : entrants) {
    ASSERT_EQ(world.firms.kets_used[firm], 0);
    aware += world.firms.kets_known[firm];
  }
  const double pairs = static_cast<double>(entrants.size() * world.ket_count());
  EXPECT_LT(std::fabs(aware - 0.25 * pairs), 4.0 * std::sqrt(0.25 * 0.75 * pairs));
}

TEST(Entry, ThePopulationKeepsItsSizeWhereRatesBalance) {
  Simulation simulation(setup_of("no_programme.yaml", {"population.agents=20000"}), 2, 0);
  const auto founded = living_by_size(simulation.world());
  step_only(simulation, {"entry", "exit"}, 192);
  double change = 0.0;
  double variance = 0.0;  // of founders left: binomial; of entrants left: Poisson
  for (const auto& [size, count] : living_by_size(simulation.world())) {
    const double survival = std::exp(-default_rates.at(size) * 16.0);
    change += count - founded.at(size);
    variance += founded.at(size) * (1.0 - survival) * (1.0 + survival);
  }
  EXPECT_LT(std::fabs(change), 4.0 * std::sqrt(variance));
}

TEST(Entry, APolicyChangesNoEntrant) {
  const Overrides changes{"time.end=2019-12", "horizons=[2019-12]"};
  const auto none = run_of("no_programme.yaml", changes);
  const auto rocket = run_of("rocket.yaml", changes);
  const auto here = firms_of(none->world(), Origin::entrant);
  const auto there = firms_of(rocket->world(), Origin::entrant);
  ASSERT_GT(here.size(), 100U);
  ASSERT_EQ(here.size(), there.size());
  for (const auto& [key, firm] : here) {
    ASSERT_TRUE(there.contains(key));
    const auto mine = firm_bits(none->world(), firm);
    const auto other = firm_bits(rocket->world(), there.at(key));
    for (const char* trait : {"region", "sector", "size", "employees", "position", "risk_aversion",
                              "language_ability", "base_margin", "until_closure"})
      ASSERT_EQ(mine.at(trait), other.at(trait)) << trait;
  }
}

TEST(SpinOffs, TakeTheirParentsKnowledgeAlongAndWorkWithIt) {
  Simulation simulation(setup_of("no_programme.yaml", {"processes[spin_offs].institute_rate=0.5",
                                                       "processes[spin_offs].firm_rate=0.5"}),
                        1, 0);
  World& world = simulation.world();
  step_only(simulation, {"spin_offs"}, 1);
  ASSERT_GT(world.entries.size(), 3U);
  std::set<ActorKind> parents;
  for (const Entry& entry : world.entries) {
    const FirmId firm = entry.firm;
    EXPECT_EQ(world.firms.size[firm], SizeClass::micro);
    EXPECT_EQ(world.firms.origin[firm], Origin::spin_off);
    EXPECT_EQ(world.firms.stage(firm, entry.ket), Stage::interested);
    EXPECT_GE(world.firms.affinity(firm, entry.ket), 2.0F);
    for (const std::uint32_t row : world.contacts.of(actor(firm))) {
      const Contact& contact = world.contacts.row(row);
      if (contact.kind != ContactKind::collaboration) continue;
      const Actor parent = other_end(contact, actor(firm));
      parents.insert(parent.kind);
      EXPECT_EQ(contact.active_until, 24);
      const float known = parent.kind == ActorKind::firm
                              ? world.firms.knowledge(parent.firm(), entry.ket)
                              : world.research.capability(parent.research(), entry.ket);
      EXPECT_GE(world.firms.knowledge(firm, entry.ket), 0.8F * known - 1e-6F);
      if (parent.kind == ActorKind::firm) {
        EXPECT_EQ(world.firms.region[firm], world.firms.region[parent.firm()]);
      } else {
        EXPECT_EQ(world.country_of(firm), world.country_of(parent));
      }
    }
  }
  EXPECT_EQ(parents.size(), 2U);
}

//! Keys of the partners that every founder seeks, slot by slot.
std::vector<StableKey> sought_by_founders(const World& world, std::size_t founders) {
  std::vector<StableKey> keys;
  for (std::uint64_t at = 0; at < world.sought->offset[founders]; ++at) {
    const std::uint32_t partner = world.sought->partner[at];
    keys.push_back(partner == SoughtTies::nobody ? 0 : world.firms.key[FirmId(partner)]);
  }
  return keys;
}

TEST(TieTurnover, ASpinOffOrAnEarlyFailureChangesNobodyElsesDraws) {
  const auto setup = setup_of("no_programme.yaml");
  Simulation one(setup, 1, 0);
  Simulation other(setup, 1, 0);
  const std::size_t founders = one.world().firms.count();
  const FirmId failed(17);
  other.world().close(failed);
  enter_firms(other.world(), setup->scenario,
              {{4711, RegionId(0), SectorId(0), SizeClass::micro, Origin::spin_off}});
  for (Simulation* simulation : {&one, &other}) {
    step_only(*simulation, {"entry"}, 11);
    renew_ties(simulation->world(), setup->scenario, 1);
  }
  const auto here = sought_by_founders(one.world(), founders);
  const auto there = sought_by_founders(other.world(), founders);
  const auto& offset = one.world().sought->offset;
  const StableKey failed_key = one.world().firms.key[failed];
  std::size_t compared = 0;
  for (std::size_t at = 0; at < here.size(); ++at) {
    const bool own = at >= offset[failed.index()] && at < offset[failed.index() + 1];
    // Who was tied to the firm that failed seeks someone else: that is an effect, not luck.
    if (own || one.world().sought->partner[at] == failed.row || here[at] == failed_key) continue;
    ASSERT_EQ(here[at], there[at]);
    ++compared;
  }
  EXPECT_GT(compared, 4000U);
}

TEST(TieTurnover, WithoutItTheNetworkIsTheOldOneWithoutThoseThatLeft) {
  Simulation simulation(
      setup_of("no_programme.yaml",
               {"network.turnover=0", "processes[entry].enabled=false", "processes[spin_offs].enabled=false",
                "processes[exit].closure_rate={micro: 0.3, small: 0.3}"}),
      1, 0);
  World& world = simulation.world();
  std::vector<std::vector<std::uint32_t>> before;
  for (std::size_t i = 0; i < world.firms.count(); ++i) {
    const auto neighbours = world.peers.neighbours(FirmId(i));
    before.emplace_back(neighbours.begin(), neighbours.end());
  }
  step_only(simulation, {"exit"}, 12);
  world.month = 12;
  renew_ties(world, simulation.context().scenario(), 1);
  std::size_t lost = 0;
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (world.firms.alive[FirmId(i)] == 0) before[i].clear();
    lost += std::erase_if(before[i], [&](std::uint32_t n) { return world.firms.alive[FirmId(n)] == 0; });
    ASSERT_TRUE(std::ranges::equal(world.peers.neighbours(FirmId(i)), before[i])) << i;
  }
  EXPECT_GT(lost, 100U);
}

TEST(TieTurnover, WithoutAnyChangeNothingIsBuiltAnew) {
  Simulation simulation(setup_of("no_programme.yaml", {"network.turnover=0"}), 1, 0);
  const std::uint32_t* place = simulation.world().peers.ends().neighbour.data();
  const std::vector<std::uint32_t> before = simulation.world().peers.ends().neighbour;
  renew_ties(simulation.world(), simulation.context().scenario(), 1);
  EXPECT_EQ(simulation.world().peers.ends().neighbour, before);
  EXPECT_EQ(simulation.world().peers.ends().neighbour.data(), place);
}

TEST(TieTurnover, ATenthOfTheTiesRenewsEachYear) {
  Simulation simulation(setup_of("no_programme.yaml", {"population.agents=20000"}), 1, 0);
  World& world = simulation.world();
  const std::vector<std::uint32_t> before = world.sought->partner;
  renew_ties(world, simulation.context().scenario(), 1);
  double held = 0.0;
  double changed = 0.0;
  for (std::size_t at = 0; at < before.size(); ++at) {
    if (before[at] == SoughtTies::nobody) continue;  // may be held back once more
    held += 1.0;
    changed += before[at] != world.sought->partner[at] ? 1.0 : 0.0;
  }
  // A slot can draw the same partner again, about once in a thousand times.
  EXPECT_LT(std::fabs(changed / held - 0.1), 4.0 * std::sqrt(0.09 / held) + 0.001);
}

TEST(TieTurnover, NewcomersFindPeers) {
  Simulation simulation(setup_of("no_programme.yaml", {"time.end=2015-06", "horizons=[2015-06]"}), 1, 0);
  for (int month = 0; month < 12; ++month) simulation.step();
  const World& world = simulation.world();
  const auto early = firms_of(world, Origin::entrant);
  for (const auto& [key, firm] : early) ASSERT_TRUE(world.peers.neighbours(firm).empty());
  simulation.step();
  double ties = 0.0;
  for (const auto& [key, firm] : early) ties += static_cast<double>(world.peers.neighbours(firm).size());
  EXPECT_GT(ties, static_cast<double>(early.size()));
}

}  // namespace
}  // namespace ketsim
