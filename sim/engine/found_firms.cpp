// Firms: one agent per firm of the plan at the start, others that enter later. Every trait is drawn under the
// firm's own stable key, so that a firm is the same in every scope and beside any other firms. Where the user
// gives a firm's traits, these stand instead.
#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>

#include "ketsim/base/portable_math.hpp"
#include "ketsim/engine/population.hpp"
#include "ketsim/parallel/rows.hpp"
#include "ketsim/rng/samplers.hpp"

namespace ketsim {
namespace {

//! How many employees a firm of each size class has.
using EmployeeLaws = std::array<BoundedPareto, size_class_count>;

EmployeeLaws employee_laws(const FirmSettings& settings) {
  const double alpha = settings.size_exponent;
  return {{{alpha, 1, 10}, {alpha, 10, 50}, {alpha, 50, 250}, {alpha, 250, 5000}}};
}

Position position_in(const Region& region, Stream draws) {
  // Uniform on a disc of the region's area about its centroid.
  constexpr double pi = 3.141592653589793;
  const double radius = std::sqrt(region.area / pi) * std::sqrt(uniform(draws));
  const double angle = 2.0 * pi * uniform(draws);
  return {static_cast<float>(static_cast<double>(region.centroid.x) + radius * portable_cos(angle)),
          static_cast<float>(static_cast<double>(region.centroid.y) + radius * portable_sin(angle))};
}

void found_finances(Firms& firms, FirmId firm, const FirmSettings& settings, Stream draws) {
  const auto employees = static_cast<double>(firms.employees[firm]);
  const double margin =
      lognormal(draws, settings.margin_per_employee, settings.margin_spread) * employees / 12.0;
  const double cash = lognormal(draws, settings.cash_per_employee, settings.cash_spread) * employees;
  firms.base_margin[firm] = static_cast<float>(margin);
  firms.usual_cash[firm] = static_cast<float>(cash);
  firms.cash[firm] = to_money(cash);
}

void found_mind(Firms& firms, FirmId firm, const FirmSettings& settings, const Randomness& random) {
  const StableKey key = firms.key[firm];
  Stream risk = random.stream(Purpose::firm_risk, key);
  firms.risk_aversion[firm] =
      static_cast<float>(lognormal(risk, settings.risk_aversion, settings.risk_aversion_spread));
  // A triangular law on [0, 1] with the given mean would not reach the ends; u^(1/m - 1) does and has mean m.
  Stream language = random.stream(Purpose::firm_language, key);
  const double mean = std::clamp(settings.language_ability, 0.01, 0.99);
  firms.language_ability[firm] = static_cast<float>(portable_pow(uniform_open(language), 1.0 / mean - 1.0));
}

// A firm that knows a KET at the start may be further on its way: looking into it, or some months into a
// pilot. Without them the first years would show the model filling its own pipeline.
StageChange found_on_the_way(World& world, FirmId firm, KetId ket, const Scenario& scenario) {
  Stream draw = world.randomness.stream(Purpose::initial_awareness, world.firms.key[firm], ket.row + 1);
  const double place = uniform(draw);
  const FirmSettings& settings = scenario.firms;
  if (place < settings.initial_piloting) {
    const StageChange change = world.move(firm, ket, Stage::piloting, Trigger::own_pilot);
    world.firms.since(firm, ket) = static_cast<MonthIndex>(-uniform(draw) * scenario.decisions.pilot_months);
    return change;
  }
  const bool interested = place < settings.initial_piloting + settings.initial_interested;
  return world.move(firm, ket, interested ? Stage::interested : Stage::aware, Trigger::founding);
}

KetId best_fit(const World& world, FirmId firm) {
  KetId best(0);
  double best_fit = -1.0;
  for (std::size_t k = 0; k < world.ket_count(); ++k) {
    const KetId ket(k);
    const double fit = static_cast<double>(world.firms.affinity(firm, ket)) *
                       world.geography->ket(ket).relevance[world.firms.sector[firm]];
    if (fit > best_fit) {
      best = ket;
      best_fit = fit;
    }
  }
  return best;
}

// What the user says of a firm takes the place of what was drawn. Money that is not given follows from the
// employees that are.
void take_traits(World& world, const Scenario& scenario, FirmId firm, const GivenFirm& given) {
  Firms& firms = world.firms;
  if (given.employees) {
    firms.employees[firm] = static_cast<float>(*given.employees);
    found_finances(firms, firm, scenario.firms,
                   world.randomness.stream(Purpose::firm_finance, given.who.key));
  }
  if (given.position) firms.position[firm] = *given.position;
  if (given.margin) firms.base_margin[firm] = static_cast<float>(*given.margin / 12.0);
  if (given.cash) {
    firms.cash[firm] = to_money(*given.cash);
    firms.usual_cash[firm] = static_cast<float>(*given.cash);
  }
  if (given.risk_aversion) firms.risk_aversion[firm] = static_cast<float>(*given.risk_aversion);
  if (given.language_ability) firms.language_ability[firm] = static_cast<float>(*given.language_ability);
  for (std::size_t k = 0; k < world.ket_count(); ++k) {
    if (given.affinity[k]) firms.affinity(firm, KetId(k)) = static_cast<float>(*given.affinity[k]);
  }
}

// The stage that the user names, as of the start of the run.
StageChange take_stage(World& world, FirmId firm, KetId ket, Stage stage) {
  const StageChange change =
      world.move(firm, ket, stage, stage == Stage::piloting ? Trigger::own_pilot : Trigger::founding);
  if (uses(stage)) world.firms.adopted_in(firm, ket) = -1;  // before the run
  return change;
}

// Who pilots a KET at the start has the evidence that a pilot yields.
void found_evidence(World& world, const DecisionSettings& decisions) {
  for (std::size_t k = 0; k < world.ket_count(); ++k) {
    const Stage* stage = world.firms.stage.data(KetId(k));
    for (std::size_t i = 0; i < world.firms.count(); ++i) {
      if (stage[i] == Stage::piloting)
        world.firms.evidence.edit(FirmId(i), KetId(k)) = static_cast<float>(decisions.pilot_evidence);
    }
  }
}

StableKey key_of(const World& world, const PopulationCell& cell) {
  return cell_key(world.geography->region(cell.region).code, cell.sector.index(), cell.size);
}

void found_firm(World& world, const Scenario& scenario, const EmployeeLaws& employees, FirmId firm,
                const FirmIdentity& who) {
  Firms& firms = world.firms;
  firms.origin[firm] = who.origin;
  firms.region[firm] = static_cast<std::uint16_t>(who.region.row);
  firms.sector[firm] = static_cast<std::uint8_t>(who.sector.row);
  firms.size[firm] = who.size;
  firms.position[firm] = position_in(world.geography->region(who.region),
                                     world.randomness.stream(Purpose::firm_position, who.key));
  Stream size = world.randomness.stream(Purpose::firm_size, who.key);
  firms.employees[firm] = static_cast<float>(std::floor(employees[static_cast<std::size_t>(who.size)](size)));
  Stream end = world.randomness.stream(Purpose::closure, who.key);
  firms.until_closure[firm] = exponential_threshold(end);
  Stream affinity = world.randomness.stream(Purpose::firm_affinity, who.key);
  for (std::size_t k = 0; k < world.ket_count(); ++k) {
    firms.affinity(firm, KetId(k)) =
        static_cast<float>(lognormal(affinity, 1.0, scenario.firms.affinity_spread));
  }
  found_finances(firms, firm, scenario.firms, world.randomness.stream(Purpose::firm_finance, who.key));
  found_mind(firms, firm, scenario.firms, world.randomness);
}

}  // namespace

void found_firms(World& world, const Scenario& scenario, const PopulationPlan& plan) {
  world.firms.resize(plan.firms, world.ket_count());
  for (const GivenFirm& given : plan.given) world.firms.key.push_back(given.who.key);
  const EmployeeLaws employees = employee_laws(scenario.firms);
  for_rows(plan.given.size(), [&](std::size_t begin, std::size_t end) {
    for (std::size_t row = begin; row < end; ++row) {
      found_firm(world, scenario, employees, FirmId(row), plan.given[row].who);
      take_traits(world, scenario, FirmId(row), plan.given[row]);
    }
  });
  if (!plan.given.empty()) return;
  for (const PopulationCell& cell : plan.cells) world.firms.key.add_founders(key_of(world, cell), cell.count);
  world.firms.key.index_cells();
  std::vector<std::size_t> first{0};  // row of the first firm of each cell, and behind the last
  for (const PopulationCell& cell : plan.cells) first.push_back(first.back() + cell.count);
  for_rows(first.back(), [&](std::size_t begin, std::size_t end) {
    auto c = static_cast<std::size_t>(std::ranges::upper_bound(first, begin) - first.begin()) - 1;
    for (std::size_t row = begin; row < end; ++c) {
      const PopulationCell& cell = plan.cells[c];
      const StableKey key = key_of(world, cell);
      for (; row < std::min(end, first[c + 1]); ++row)
        found_firm(world, scenario, employees, FirmId(row),
                   {founder_key(key, static_cast<std::uint32_t>(row - first[c])), cell.region, cell.sector,
                    cell.size, Origin::founder});
    }
  });
}

void found_stages(World& world, const Scenario& scenario, FirmId firm, const GivenFirm* given,
                  std::vector<StageChange>& changes) {
  Firms& firms = world.firms;
  const bool newcomer = firms.origin[firm] != Origin::founder;
  const StableKey key = firms.key[firm];
  const auto& shares = scenario.firms.initial_adopters;
  const auto share = shares.find(size_class_names()[static_cast<std::size_t>(firms.size[firm])]);
  Stream adoption = world.randomness.stream(Purpose::initial_adoption, key);
  const bool adopts = !newcomer && share != shares.end() && bernoulli(adoption, share->second);
  const KetId best = best_fit(world, firm);  // who uses a KET from the start uses the one that fits it best
  Stream awareness = world.randomness.stream(Purpose::initial_awareness, key);
  for (std::size_t k = 0; k < world.ket_count(); ++k) {
    const KetId ket(k);
    const double complexity = world.geography->ket(ket).complexity;
    const double standing = uniform(awareness);
    firms.knowledge(firm, ket) =
        static_cast<float>(complexity * standing * 0.6);  // assumption: all are below mastery
    Stream first = world.randomness.stream(Purpose::awareness, key, static_cast<std::uint32_t>(k));
    firms.resistance(firm, ket) = exponential_threshold(first);
    const bool aware = bernoulli(awareness, scenario.firms.initial_aware);
    if (given != nullptr && given->stage[k]) {
      if (*given->stage[k] != Stage::unaware)
        changes.push_back(take_stage(world, firm, ket, *given->stage[k]));
    } else if (adopts && ket == best) {
      firms.knowledge(firm, ket) = static_cast<float>(complexity);
      changes.push_back(world.move(firm, ket, Stage::confirmed, Trigger::founding));
      firms.adopted_in(firm, ket) = -1;  // before the run
    } else if (aware && newcomer) {
      changes.push_back(world.move(firm, ket, Stage::aware, Trigger::founding));
    } else if (aware) {
      changes.push_back(found_on_the_way(world, firm, ket, scenario));
    }
    if (given != nullptr && given->knowledge[k])
      firms.knowledge(firm, ket) = static_cast<float>(*given->knowledge[k]);
  }
}

void found_adoption(World& world, const Scenario& scenario, const PopulationPlan& plan) {
  const std::size_t kets = world.ket_count();
  const std::size_t sectors = world.geography->sectors.size();
  world.cost_factor.assign(kets, 1.0);
  world.living_in_sector.assign(sectors, 0);
  world.rivals.assign(kets, std::vector<double>(sectors, 0.0));
  for (std::size_t i = 0; i < world.firms.count(); ++i) world.open(FirmId(i));
  for_rows(world.firms.count(), [&](std::size_t begin, std::size_t end) {
    std::vector<StageChange> changes;  // founding is no event of a month
    for (std::size_t i = begin; i < end; ++i) {
      found_stages(world, scenario, FirmId(i), plan.given.empty() ? nullptr : &plan.given[i], changes);
      changes.clear();
    }
  });
  found_evidence(world, scenario.decisions);
  world.count_users();
  world.count_exposures();
}

FirmId enter_firms(World& world, const Scenario& scenario, const std::vector<FirmIdentity>& newcomers) {
  const std::size_t first = world.firms.count();
  world.firms.resize(first + newcomers.size(), world.ket_count());
  for (const FirmIdentity& newcomer : newcomers) world.firms.key.push_back(newcomer.key);
  const EmployeeLaws employees = employee_laws(scenario.firms);
  ChangesByBlock founded(newcomers.size() / few_rows + 1);
  for_few_rows(newcomers.size(), [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      found_firm(world, scenario, employees, FirmId(first + i), newcomers[i]);
      found_stages(world, scenario, FirmId(first + i), nullptr, founded[begin / few_rows]);
    }
  });
  for (std::size_t i = 0; i < newcomers.size(); ++i) {
    world.open(FirmId(first + i));
    world.entries.push_back({FirmId(first + i), {}});
  }
  found_contacts(world, scenario, FirmId(first), newcomers.size());
  for (std::size_t k = 0; k < world.ket_count(); ++k) {
    ChangesByBlock of_ket(1);
    for (const std::vector<StageChange>& block : founded) {
      std::ranges::copy_if(block, std::back_inserter(of_ket.front()),
                           [k](const StageChange& change) { return change.ket == KetId(k); });
    }
    world.publish(of_ket);
  }
  return FirmId(first);
}

}  // namespace ketsim
