#include "world_run.hpp"

#include <fmt/format.h>

#include "ketsim/experiment/firm_rows.hpp"

namespace ketsim {

std::optional<FinishedWorld> WorldRun::run(WorldWork& work) {
  Stopwatch watch;
  FinishedWorld result;
  const std::unique_ptr<Simulation> simulation = begin(result.history);
  if (options_.audit) simulation->audit_each_step();
  work.times.push_back({"set_up", watch.lap()});
  const bool is_through = run_months(*simulation, result.history, work);
  work.loop_seconds = simulation->loop_seconds();
  for (StepTime& time : simulation->times()) work.times.push_back(std::move(time));
  if (!is_through) return std::nullopt;
  watch.lap();
  if (study_ != nullptr) {
    if (!run_beside(*simulation, result.history, work)) return std::nullopt;
    work.times.push_back({"worlds_beside", watch.lap()});
  } else if (options_.firms) {
    result.rows = empty_rows(firm_table());
    add_firm_rows(result.rows, static_cast<std::uint32_t>(place_.scenario), place_.replicate,
                  simulation->world());
  }
  result.values = std::move(simulation->recorder().values());
  return result;
}

// The world as an earlier process left it, or new.
std::unique_ptr<Simulation> WorldRun::begin(WorldHistory& history) const {
  const auto& setup = scenarios_[place_.scenario].setup;
  std::optional<Checkpoint> left = journal_ != nullptr ? journal_->checkpoint(place_.number) : std::nullopt;
  if (!left) return std::make_unique<Simulation>(setup, options_.seed, place_.replicate, place_.graph);
  try {
    auto simulation =
        std::make_unique<Simulation>(setup, options_.seed, place_.replicate, std::string_view(left->world));
    history = std::move(left->history);
    if (study_ != nullptr) study_->check_begun(history, simulation->months_done());
    return simulation;
  } catch (const DamagedBytes& damage) {
    throw JournalError(fmt::format("{}: {}; without this file the world begins anew",
                                   journal_->checkpoint_path(place_.number), damage.what()));
  }
}

// False where interrupted.
bool WorldRun::run_months(Simulation& simulation, WorldHistory& history, WorldWork& work) {
  for (int month = 1; !simulation.is_done(); ++month) {
    if (is_interrupted()) {
      keep_checkpoint(simulation, history, work);
      return false;
    }
    simulation.step();
    work.agent_steps += static_cast<std::uint64_t>(simulation.world().living);
    if (study_ != nullptr) study_->look(simulation, history);
    if (options_.kept.every > 0 && month % options_.kept.every == 0 && !simulation.is_done())
      keep_checkpoint(simulation, history, work);
  }
  return true;
}

// Worlds beside one that is through; false where interrupted: they begin anew another time.
bool WorldRun::run_beside(const Simulation& own, WorldHistory& history, WorldWork& work) {
  const WorldHistory before = history;
  if (study_->run_beside(
          place_.scenario, own, place_.graph, [this] { return is_interrupted(); }, history))
    return true;
  keep_checkpoint(own, before, work);
  return false;
}

void WorldRun::keep_checkpoint(const Simulation& simulation, const WorldHistory& history, WorldWork& work) {
  if (journal_ == nullptr) return;
  Stopwatch watch;
  journal_->keep(place_.number, Checkpoint{simulation.save(), history});
  work.times.push_back({"checkpoint", watch.lap()});
}

}  // namespace ketsim
