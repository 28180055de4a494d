// Founders: one agent per firm of the plan. Every trait is drawn under the firm's own stable key, so that a
// firm is the same in every scope and beside any other firms.
#include <algorithm>
#include <array>
#include <cmath>

#include "ketsim/base/portable_math.hpp"
#include "ketsim/engine/population.hpp"
#include "ketsim/rng/samplers.hpp"

namespace ketsim {
namespace {

struct EmployeeRange {
  double low;
  double high;
};
constexpr std::array<EmployeeRange, size_class_count> employee_ranges{
    {{1, 10}, {10, 50}, {50, 250}, {250, 5000}}};

Position position_in(const Region& region, Stream draws) {
  // Uniform on a disc of the region's area about its centroid.
  constexpr double pi = 3.141592653589793;
  const double radius = std::sqrt(region.area / pi) * std::sqrt(uniform(draws));
  const double angle = 2.0 * pi * uniform(draws);
  return {static_cast<float>(static_cast<double>(region.centroid.x) + radius * portable_cos(angle)),
          static_cast<float>(static_cast<double>(region.centroid.y) + radius * portable_sin(angle))};
}

void found_finances(Firms& firms, FirmId firm, const FirmSettings& settings, Stream draws) {
  const double employees = static_cast<double>(firms.employees[firm]);
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
void found_on_the_way(World& world, FirmId firm, KetId ket, const Scenario& scenario) {
  Stream draw = world.randomness.stream(Purpose::initial_awareness, world.firms.key[firm], ket.row + 1);
  const double place = uniform(draw);
  const FirmSettings& settings = scenario.firms;
  if (place < settings.initial_piloting) {
    world.change_stage(firm, ket, Stage::piloting, Trigger::own_pilot);
    world.firms.since(firm, ket) = static_cast<MonthIndex>(-uniform(draw) * scenario.decisions.pilot_months);
    world.firms.evidence(firm, ket) = static_cast<float>(scenario.decisions.pilot_evidence);
  } else if (place < settings.initial_piloting + settings.initial_interested) {
    world.change_stage(firm, ket, Stage::interested, Trigger::founding);
  } else {
    world.change_stage(firm, ket, Stage::aware, Trigger::founding);
  }
}

}  // namespace

void found_firms(World& world, const Scenario& scenario, const PopulationPlan& plan) {
  const Geography& geography = *world.geography;
  Firms& firms = world.firms;
  firms.resize(plan.firms, world.ket_count());
  std::size_t row = 0;
  for (const PopulationCell& cell : plan.cells) {
    const Region& region = geography.region(cell.region);
    const EmployeeRange range = employee_ranges[static_cast<std::size_t>(cell.size)];
    for (std::uint32_t index = 0; index < cell.count; ++index, ++row) {
      const FirmId firm(row);
      const StableKey key = founder_key(region.code, cell.sector.index(), cell.size, index);
      firms.key[firm] = key;
      firms.region[firm] = static_cast<std::uint16_t>(cell.region.row);
      firms.sector[firm] = static_cast<std::uint8_t>(cell.sector.row);
      firms.size[firm] = cell.size;
      firms.position[firm] = position_in(region, world.randomness.stream(Purpose::firm_position, key));
      Stream size = world.randomness.stream(Purpose::firm_size, key);
      firms.employees[firm] = static_cast<float>(
          std::floor(bounded_pareto(size, scenario.firms.size_exponent, range.low, range.high)));
      found_finances(firms, firm, scenario.firms, world.randomness.stream(Purpose::firm_finance, key));
      found_mind(firms, firm, scenario.firms, world.randomness);
      Stream affinity = world.randomness.stream(Purpose::firm_affinity, key);
      for (std::size_t k = 0; k < world.ket_count(); ++k) {
        firms.affinity(firm, KetId(k)) =
            static_cast<float>(lognormal(affinity, 1.0, scenario.firms.affinity_spread));
      }
    }
  }
}

void found_adoption(World& world, const Scenario& scenario) {
  Firms& firms = world.firms;
  const std::size_t kets = world.ket_count();
  world.cost_factor.assign(kets, 1.0);
  world.users.assign(kets, 0);
  world.rivals.assign(kets, std::vector<double>(world.geography->sectors.size(), 0.0));
  for (std::size_t i = 0; i < firms.count(); ++i) {
    const FirmId firm(i);
    const StableKey key = firms.key[firm];
    const auto& shares = scenario.firms.initial_adopters;
    const auto share = shares.find(size_class_names()[static_cast<std::size_t>(firms.size[firm])]);
    Stream adoption = world.randomness.stream(Purpose::initial_adoption, key);
    const bool adopts = share != shares.end() && bernoulli(adoption, share->second);
    // A firm that uses a KET from the start uses the one that fits it best.
    KetId best(0);
    double best_fit = -1.0;
    for (std::size_t k = 0; k < kets; ++k) {
      const KetId ket(k);
      const double fit = static_cast<double>(firms.affinity(firm, ket)) *
                         world.geography->ket(ket).relevance[firms.sector[firm]];
      if (fit > best_fit) {
        best = ket;
        best_fit = fit;
      }
    }
    Stream awareness = world.randomness.stream(Purpose::initial_awareness, key);
    for (std::size_t k = 0; k < kets; ++k) {
      const KetId ket(k);
      const double complexity = world.geography->ket(ket).complexity;
      const double standing = uniform(awareness);
      firms.knowledge(firm, ket) =
          static_cast<float>(complexity * standing * 0.6);  // assumption: all are below mastery
      Stream first = world.randomness.stream(Purpose::awareness, key, static_cast<std::uint32_t>(k));
      firms.resistance(firm, ket) = exponential_threshold(first);
      const bool aware = bernoulli(awareness, scenario.firms.initial_aware);
      if (adopts && ket == best) {
        firms.knowledge(firm, ket) = static_cast<float>(complexity);
        world.change_stage(firm, ket, Stage::confirmed, Trigger::founding);
        firms.adopted_in(firm, ket) = -1;  // before the run
      } else if (aware) {
        found_on_the_way(world, firm, ket, scenario);
      }
    }
  }
}

}  // namespace ketsim
