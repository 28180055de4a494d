#include "ketsim/engine/simulation.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "ketsim/base/stopwatch.hpp"
#include "ketsim/engine/audit.hpp"
#include "step_wise.hpp"

namespace ketsim {
namespace {

std::vector<PolicyState> make_policies(const Scenario& scenario, const World& world) {
  std::vector<PolicyState> policies;
  for (std::size_t p = 0; p < scenario.programmes.size(); ++p) {
    const Programme& programme = scenario.programmes[p].value;
    std::vector<IntermediaryId> partners;
    for (const std::string& id : programme.partners) {
      const auto found = std::ranges::find(world.intermediaries.id, id);
      if (found != world.intermediaries.id.end())
        partners.emplace_back(static_cast<std::size_t>(found - world.intermediaries.id.begin()));
    }
    for (const Named<Policy>& named : programme.policies) {
      PolicyState state;
      state.id = PolicyId(policies.size());
      state.programme = ProgrammeId(p);
      state.name = named.name;
      state.key = join_keys(hash_text(scenario.programmes[p].name), hash_text(named.name));
      state.policy = &named.value;
      state.owner = &programme;
      state.instrument = make_instrument(named.value.instrument, named.value.params);
      state.budget = to_money(programme.budget * named.value.share);
      state.partners = partners;
      policies.push_back(std::move(state));
    }
  }
  return policies;
}

std::vector<Series> all_series(const std::vector<std::unique_ptr<Observer>>& observers) {
  std::vector<Series> all;
  for (const auto& observer : observers) {
    for (Series& series : observer->series()) all.push_back(std::move(series));
  }
  return all;
}

//! Of a policy what changes; `key` tells a policy of another scenario.
template <class Stream>
void stream_policy(Stream& bytes, PolicyState& policy) {
  StableKey key = policy.key;
  bytes(key, policy.budget, policy.committed, policy.committed_again, policy.withheld, policy.acts);
  if (key != policy.key) throw DamagedBytes("it is of another scenario");
}

//! Is a world that was read one of the setup?
bool fits(const World& world, const Setup& setup) {
  const std::size_t programmes = setup.scenario.programmes.size();
  return world.audience.size() == programmes && world.passed_on.size() == programmes &&
         world.users.size() == world.ket_count() &&
         world.living_in_sector.size() == world.geography->sectors.size();
}

World empty_world(const Setup& setup, std::uint64_t seed, std::uint32_t replicate) {
  World world(setup.geography, Randomness(seed, replicate));
  world.draws = setup.scenario.draws;
  return world;
}

World make_world(const Setup& setup, std::uint64_t seed, std::uint32_t replicate, const TieNetwork* shared) {
  World world = empty_world(setup, seed, replicate);
  world.geography = setup.founding_geography;
  found_firms(world, setup.scenario, setup.population);
  found_organisations(world, setup.scenario);
  if (shared == nullptr) {
    found_ties(world, setup.scenario, setup.population);
  } else {
    world.sought = shared->sought;
    world.peers = shared->peers;
  }
  found_contacts(world, setup.scenario, FirmId(std::size_t{0}), world.firms.count());
  take_given_contacts(world, setup.population);
  found_adoption(world, setup.scenario, setup.population);
  world.ledger = Ledger(setup.scenario.programmes.size());
  world.audience.resize(setup.scenario.programmes.size());
  world.passed_on.resize(setup.scenario.programmes.size());
  const std::vector<double> none(world.geography->regions.size(), 0.0);
  world.ecosystem.assign(world.ket_count(), none);
  world.facilities.evidence.assign(world.ket_count(), none);
  world.geography = setup.geography;
  return world;
}

}  // namespace

TieNetwork found_network(const Setup& setup, std::uint64_t seed) {
  World world(setup.founding_geography, Randomness(seed, 0));
  found_firms(world, setup.scenario, setup.population);
  found_ties(world, setup.scenario, setup.population);
  return {world.sought, world.peers};
}

Simulation::Simulation(std::shared_ptr<const Setup> setup, World world)
    : setup_(std::move(setup)),
      world_(std::move(world)),
      observers_(make_observers()),
      recorder_(all_series(observers_), dimensions_of(*setup_), setup_->scenario.months()) {
  if (world_.draws == Draws::step_wise) steps_of_month_.push_back({"draws", make_monthly_draws(), 0.0});
  for (const ProcessEntry& entry : schedule()) {
    const auto parameters =
        std::ranges::find(setup_->scenario.processes, entry.schema->name(), &Named<Parameters>::name);
    if (!entry.is_enabled(parameters->value)) continue;
    steps_of_month_.push_back({entry.schema->name(), entry.make(*setup_, parameters->value), 0.0});
  }
}

Simulation::Simulation(const std::shared_ptr<const Setup>& setup, std::uint64_t seed, std::uint32_t replicate,
                       const TieNetwork* shared)
    : Simulation(setup, make_world(*setup, seed, replicate, shared)) {
  policies_ = make_policies(setup_->scenario, world_);
  for (const auto& observer : observers_) observer->begin(world_);
}

Simulation::Simulation(const std::shared_ptr<const Setup>& setup, std::uint64_t seed, std::uint32_t replicate,
                       std::string_view saved)
    : Simulation(setup, empty_world(*setup, seed, replicate)) {
  ByteReader bytes(saved);
  stream_all(bytes);
  try {
    audit(world_, policies_);
  } catch (const AuditFailure& failure) {
    throw DamagedBytes(fmt::format("no such world can be: {}", failure.what()));
  }
  for (const auto& observer : observers_) observer->restore(bytes, world_);
  bytes.expect_end();
}

std::string Simulation::save() const {
  const auto write = [this](ByteWriter& bytes) {
    const_cast<Simulation&>(*this).stream_all(bytes);  // a writer changes nothing
    for (const auto& observer : observers_) observer->save(bytes, world_);
  };
  ByteWriter size = ByteWriter::counting();
  write(size);
  ByteWriter bytes;
  bytes.reserve(size.size());
  write(bytes);
  return bytes.take();
}

template <class Stream>
void Simulation::stream_all(Stream& bytes) {
  if constexpr (Stream::is_reading) bytes.refuse_nan(true);
  bytes(steps_, world_);
  if (steps_ > setup_->scenario.months() || !fits(world_, *setup_))
    throw DamagedBytes("it is of another scenario");
  if constexpr (Stream::is_reading) policies_ = make_policies(setup_->scenario, world_);
  for (PolicyState& policy : policies_) stream_policy(bytes, policy);
  if constexpr (Stream::is_reading) bytes.refuse_nan(false);  // a ratio of nothing is nan
  for (std::vector<double>& values : recorder_.values()) {
    const std::size_t size = values.size();
    bytes(values);
    if (values.size() != size) throw DamagedBytes("it is of another scenario");
  }
}

void Simulation::run() {
  while (!is_done()) step();
}

void Simulation::step() {
  world_.month = static_cast<MonthIndex>(steps_);
  recorder_.set_month(steps_);
  Context month = context();
  Stopwatch watch;
  for (Step& step : steps_of_month_) {
    step.process->step(month);
    step.seconds += watch.lap();
    if (!is_audited_) continue;
    audit_after(step.name);
    watch.lap();
  }
  for (const auto& observer : observers_) observer->observe(month, recorder_);
  observing_seconds_ += watch.lap();
  ++steps_;
}

void Simulation::audit_after(const std::string& process) const {
  try {
    audit(world_, policies_);
  } catch (const AuditFailure& failure) {
    throw AuditFailure(fmt::format("audit, {}, after {}: {}",
                                   (setup_->scenario.time.start + world_.month).text(), process,
                                   failure.what()));
  }
}

std::vector<StepTime> Simulation::times() const {
  std::vector<StepTime> times;
  for (const Step& step : steps_of_month_) times.push_back({step.name, step.seconds});
  times.push_back({std::string(info(Phase::observe).name), observing_seconds_});
  return times;
}

double Simulation::loop_seconds() const {
  double sum = 0.0;
  for (const StepTime& time : times()) sum += time.seconds;
  return sum;
}

}  // namespace ketsim
