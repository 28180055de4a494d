#include "twin_study.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "ketsim/experiment/firm_rows.hpp"

namespace ketsim {

TwinStudy::TwinStudy(const std::vector<ExperimentScenario>& scenarios, const ExperimentOptions& options)
    : scenarios_(scenarios),
      options_(options),
      horizons_(scenarios.front().setup->scenario.horizons),
      shape_(effect_shape(*scenarios.front().setup)),
      policy_labels_{"rest"},
      effects_(alternatives(), std::vector<std::vector<TwinEffect>>(horizons_.size())) {
  for (std::size_t s = 1; s < scenarios.size(); ++s) {
    for (const std::string& label : ketsim::policy_labels(scenario(s))) {
      if (std::ranges::find(policy_labels_, label) == policy_labels_.end()) policy_labels_.push_back(label);
    }
  }
}

MonthIndex TwinStudy::month_of(std::size_t horizon) const {
  return static_cast<MonthIndex>(horizons_[horizon] - scenario(0).time.start);
}

std::vector<PolicyOrder> TwinStudy::orders(std::size_t s, std::uint32_t replicate) const {
  return policy_orders(policies(s), Randomness(options_.seed, replicate));
}

void TwinStudy::look(const Simulation& simulation, WorldHistory& history) const {
  for (std::size_t h = 0; h < horizons_.size(); ++h) {
    if (month_of(h) == simulation.world().month) history.horizons.push_back(take_snapshot(simulation));
  }
}

// Fewer than there are horizons if interrupted.
std::vector<Snapshot> TwinStudy::snapshots_of(Simulation& simulation,
                                              const std::function<bool()>& interrupted) const {
  WorldHistory history;
  while (!simulation.is_done() && history.horizons.size() < horizons_.size() && !interrupted()) {
    simulation.step();
    look(simulation, history);
  }
  return std::move(history.horizons);
}

bool TwinStudy::run_beside(std::size_t s, const Simulation& own, const TieNetwork* graph,
                           const std::function<bool()>& interrupted, WorldHistory& history) const {
  const Setup& setup = *scenarios_[s].setup;
  const std::uint32_t replicate = own.world().randomness.replicate();
  for (std::size_t v = 0; options_.border_twin && v < border_variants; ++v) {
    const std::shared_ptr<const Setup> open = without_border(setup, static_cast<BorderVariant>(v));
    const bool has_own_graph =
        graph != nullptr && static_cast<BorderVariant>(v) == BorderVariant::never_there;
    const TieNetwork open_graph = has_own_graph ? found_network(*open, options_.seed) : TieNetwork{};
    Simulation simulation(open, options_.seed, replicate, has_own_graph ? &open_graph : graph);
    history.borderless[v] = snapshots_of(simulation, interrupted);
  }
  if (s > 0 && options_.shapley) {
    for (const Coalition coalition : coalitions_of(orders(s, replicate))) {
      Simulation simulation(with_policies(setup, coalition), options_.seed, replicate, graph);
      history.coalitions[coalition] = snapshots_of(simulation, interrupted);
    }
  }
  if (s > 0 && options_.direct > 0) withhold_awards(s, own, graph, interrupted, history);
  return !interrupted();
}

void TwinStudy::withhold_awards(std::size_t s, const Simulation& own, const TieNetwork* graph,
                                const std::function<bool()>& interrupted, WorldHistory& history) const {
  const std::size_t kets = shape_.parts[static_cast<std::size_t>(Part::ket)];
  const std::vector<MadeAward> awards = sample_awards(own, options_.direct);
  history.award_effects.resize(horizons_.size());
  for (const MadeAward& award : awards) {
    Simulation simulation(scenarios_[s].setup, options_.seed, own.world().randomness.replicate(), graph);
    simulation.withhold(award.award);
    const std::vector<Snapshot> withheld = snapshots_of(simulation, interrupted);
    for (std::size_t h = 0; h < withheld.size(); ++h) {
      const AwardEffect effect = effect_of(award, withheld[h], history.horizons[h], kets, month_of(h));
      history.award_effects[h].direct += effect.direct;
      history.award_effects[h].indirect += effect.indirect;
    }
  }
  for (AwardEffect& effect : history.award_effects) {  // without any award: 0 / 0, not defined
    effect.direct /= static_cast<double>(awards.size());
    effect.indirect /= static_cast<double>(awards.size());
  }
}

Findings TwinStudy::compare(std::uint32_t replicate, const std::vector<WorldHistory>& histories) const {
  Findings findings;
  findings.effects.resize(alternatives());
  for (std::size_t a = 0; a < alternatives(); ++a) {
    for (std::size_t h = 0; h < horizons_.size(); ++h) {
      findings.effects[a].push_back(
          compare_twins(histories[0].horizons[h], histories[a + 1].horizons[h], shape_, month_of(h)));
    }
    if (options_.shapley) share_among_policies(a, replicate, histories, findings);
    findings.award_effects.push_back(histories[a + 1].award_effects);
  }
  for (std::size_t s = 0; options_.border_twin && s < scenarios_.size(); ++s) {
    auto& costs = findings.border_cost.emplace_back(horizons_.size());
    for (std::size_t h = 0; h < horizons_.size(); ++h) {
      for (const std::vector<Snapshot>& open : histories[s].borderless)
        costs[h].push_back(compare_twins(histories[s].horizons[h], open[h], shape_, month_of(h)).net());
    }
  }
  return findings;
}

// Worth of a set of policies: what a world with them changes against the baseline. `rest` is the worth of
// none: of what the scenario changes by other means than policies.
void TwinStudy::share_among_policies(std::size_t a, std::uint32_t replicate,
                                     const std::vector<WorldHistory>& histories, Findings& findings) const {
  const WorldHistory& history = histories[a + 1];
  const std::size_t n = policies(a + 1);
  const std::vector<PolicyOrder> taken = orders(a + 1, replicate);
  findings.net_shares.emplace_back();
  findings.money_shares.emplace_back();
  for (std::size_t h = 0; h < horizons_.size(); ++h) {
    std::map<Coalition, TwinEffect> worth{{all_policies(n), findings.effects[a][h]}};
    for (const auto& [coalition, snapshots] : history.coalitions)
      worth[coalition] = compare_twins(histories[0].horizons[h], snapshots[h], shape_, month_of(h));
    const auto shares = [&](const std::function<double(const TwinEffect&)>& pick) {
      std::vector<double> values = shapley_values(taken, [&](Coalition c) { return pick(worth.at(c)); });
      values.insert(values.begin(), pick(worth.at(0)));
      return values;
    };
    findings.net_shares.back().push_back(shares([](const TwinEffect& e) { return e.net(); }));
    findings.money_shares.back().push_back(shares([](const TwinEffect& e) { return e.public_money; }));
  }
}

Rows TwinStudy::rows(std::uint32_t replicate, const std::vector<WorldHistory>& histories) const {
  Rows rows = empty_rows(twin_table());
  const std::size_t kets = shape_.parts[static_cast<std::size_t>(Part::ket)];
  for (std::size_t a = 0; a < alternatives(); ++a) {
    for (std::size_t h = 0; h < horizons_.size(); ++h) {
      add_twin_rows(rows, static_cast<std::uint32_t>(a), replicate, h, histories[0].horizons[h],
                    histories[a + 1].horizons[h], kets, month_of(h));
    }
  }
  return rows;
}

void TwinStudy::add(const Findings& findings) {
  for (std::size_t a = 0; a < findings.effects.size(); ++a) {
    for (std::size_t h = 0; h < horizons_.size(); ++h) effects_[a][h].push_back(findings.effects[a][h]);
  }
  findings_.push_back(findings);
  findings_.back().effects.clear();
}

std::vector<Dimension> TwinStudy::dimensions() const {
  Dimension alternative{"alternative", "scenario compared with the first one, the baseline", {}};
  for (std::size_t s = 1; s < scenarios_.size(); ++s) alternative.labels.push_back(scenarios_[s].record.name);
  Dimension horizon{"horizon", "month at whose end the worlds are compared", {}};
  for (const Month& month : horizons_) horizon.labels.push_back(month.text());
  std::vector<Dimension> all{alternative, horizon};
  for (Dimension& dimension : measure_dimensions()) all.push_back(std::move(dimension));
  if (options_.border_twin)
    all.push_back({"border_variant",
                   "world without the border's frictions: lifted at the start, or never there",
                   {border_variant_names.begin(), border_variant_names.end()}});
  if (options_.shapley)
    all.push_back(
        {"policy", "policy, by its programme and name; rest: all that is not a policy", policy_labels_});
  return all;
}

std::vector<Measure> TwinStudy::measures() const {
  std::vector<Measure> measures = make_measures(effects_, !scenario(0).programmes.empty());
  if (options_.shapley) {
    add_shapley(measures, "shapley_net_additional_adopters", &Findings::net_shares);
    add_shapley(measures, "shapley_public_money", &Findings::money_shares);
  }
  if (options_.border_twin) add_border_cost(measures);
  if (options_.direct > 0) add_award_effects(measures);
  return measures;
}

void TwinStudy::add_shapley(std::vector<Measure>& measures, const std::string& name,
                            std::vector<std::vector<std::vector<double>>> Findings::*shares) const {
  std::vector<std::vector<double>> values;
  for (std::size_t a = 0; a < alternatives(); ++a) {
    std::vector<std::string> own = ketsim::policy_labels(scenario(a + 1));
    own.insert(own.begin(), policy_labels_.front());
    for (std::size_t h = 0; h < horizons_.size(); ++h) {
      for (const std::string& label : policy_labels_) {
        const auto place = static_cast<std::size_t>(std::ranges::find(own, label) - own.begin());
        std::vector<double> replicates;
        for (const Findings& findings : findings_)
          replicates.push_back(place < own.size() ? (findings.*shares)[a][h][place]
                                                  : std::numeric_limits<double>::quiet_NaN());
        values.push_back(std::move(replicates));
      }
    }
  }
  add_requested(measures, name, alternatives(), values);
}

void TwinStudy::add_border_cost(std::vector<Measure>& measures) const {
  std::vector<std::vector<double>> costs;
  std::vector<std::vector<double>> changes;
  for (std::size_t s = 0; s < scenarios_.size(); ++s) {
    for (std::size_t h = 0; h < horizons_.size(); ++h) {
      for (std::size_t v = 0; v < border_variants; ++v) {
        std::vector<double> cost;
        std::vector<double> change;  // against the baseline
        for (const Findings& findings : findings_) {
          cost.push_back(findings.border_cost[s][h][v]);
          change.push_back(findings.border_cost[s][h][v] - findings.border_cost[0][h][v]);
        }
        costs.push_back(std::move(cost));
        if (s > 0) changes.push_back(std::move(change));
      }
    }
  }
  add_requested(measures, "border_cost", scenarios_.size(), costs);
  add_requested(measures, "border_cost_change", alternatives(), changes);
}

void TwinStudy::add_award_effects(std::vector<Measure>& measures) const {
  const auto add = [&](const char* name, double AwardEffect::*effect) {
    std::vector<std::vector<double>> values;
    for (std::size_t a = 0; a < alternatives(); ++a) {
      for (std::size_t h = 0; h < horizons_.size(); ++h) {
        std::vector<double> replicates;
        for (const Findings& findings : findings_) replicates.push_back(findings.award_effects[a][h].*effect);
        values.push_back(std::move(replicates));
      }
    }
    add_requested(measures, name, alternatives(), values);
  };
  add("direct_effect", &AwardEffect::direct);
  add("indirect_effect", &AwardEffect::indirect);
}

double TwinStudy::relative_error(const std::string& name) const {
  const std::vector<Measure> all = measures();
  const auto find = [&](const std::string& wanted) { return std::ranges::find(all, wanted, &Measure::name); };
  const auto mean = find(name + "_mean") == all.end() ? find(name) : find(name + "_mean");
  const auto low = find(name + "_low");
  const auto high = find(name + "_high");
  double worst = 0.0;
  for (std::size_t a = 0; a < alternatives(); ++a) {
    const std::size_t cell = (a + 1) * horizons_.size() - 1;
    const double half = (high->values[cell] - low->values[cell]) / 2.0;
    const double error = half == 0.0 ? 0.0 : half / std::fabs(mean->values[cell]);
    worst = std::isnan(error) ? std::numeric_limits<double>::infinity() : std::max(worst, error);
  }
  return worst;
}

}  // namespace ketsim
