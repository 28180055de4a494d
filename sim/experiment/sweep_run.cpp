// Work on a shard of a sweep.
#include <algorithm>
#include <atomic>
#include <filesystem>
#include <limits>
#include <list>
#include <map>
#include <new>
#include <set>

#include <fmt/format.h>

#include "ketsim/experiment/sweep.hpp"
#include "ketsim/parallel/pipeline.hpp"
#include "ketsim/parallel/rows.hpp"
#include "sweep_outputs.hpp"
#include "sweep_records.hpp"

namespace ketsim {

std::string why_out_of_shape(const std::vector<ExperimentScenario>& base,
                             const std::vector<ExperimentScenario>& point) {
  const auto labels = [](const Setup& setup) {
    std::vector<std::vector<std::string>> all;
    for (const Dimension& dimension : dimensions_of(setup)) all.push_back(dimension.labels);
    return all;
  };
  for (std::size_t s = 0; s < base.size(); ++s) {
    const Setup& a = *base[s].setup;
    const Setup& b = *point[s].setup;
    if (a.scenario.time.start != b.scenario.time.start || a.scenario.time.end != b.scenario.time.end)
      return "a factor may not change the months that are simulated (time)";
    if (a.scenario.horizons != b.scenario.horizons) return "a factor may not change the horizons";
    if (labels(a) != labels(b))
      return "a factor may not change the regions, sectors, technologies or programmes, along which results "
             "are laid out";
  }
  return {};
}

namespace {

//! The scenarios of the points that are under way: a point's runs follow one another.
class PointCache {
 public:
  PointCache(const SweepWork& work, std::size_t most) : work_(work), most_(most) {}

  using Scenarios = std::shared_ptr<const std::vector<ExperimentScenario>>;
  Scenarios get(std::size_t point) {
    const std::lock_guard guard(mutex_);
    const auto found = std::ranges::find(held_, point, &std::pair<std::size_t, Scenarios>::first);
    if (found != held_.end()) return found->second;
    auto loaded = std::make_shared<const std::vector<ExperimentScenario>>(work_.load_point(point));
    if (const std::string why = why_out_of_shape(work_.base, *loaded); !why.empty()) throw InputError(why);
    held_.emplace_back(point, loaded);
    if (held_.size() > most_) held_.pop_front();
    return loaded;
  }

 private:
  const SweepWork& work_;
  std::size_t most_;
  std::mutex mutex_;
  std::list<std::pair<std::size_t, Scenarios>> held_;
};

class Worker {
 public:
  Worker(const SweepPlan& plan, const SweepWork& work)
      : plan_(plan),
        work_(work),
        points_(work, 2 * static_cast<std::size_t>(available_threads())),
        outputs_(plan.settings, *work.base.front().setup) {
    options_.command = plan.compares() ? "compare" : "run";
    options_.seed = static_cast<std::uint64_t>(plan.settings.seed);
    summary_.threads = static_cast<std::uint32_t>(available_threads());
  }

  SweepSummary run() {
    std::filesystem::create_directories(work_.folder);
    journal_ = std::make_unique<JournalWriter>(journal_path(work_.folder, work_.shard));
    find_missing();
    find_unfinished();
    ByteWriter session;
    session(summary_.threads);
    if (!missing_.empty()) append(SweepRecord::session, {}, session.bytes());
    run_pipeline(missing_.size(), 4 * static_cast<std::size_t>(available_threads()),
                 {{false, [this](std::size_t i) { work_on(missing_[i]); }},
                  {true, [this](std::size_t i) { tell(i); }}});
    journal_->sync();
    if (!was_interrupted_) std::filesystem::remove(worlds_path(work_.folder, work_.shard));
    return std::move(summary_);
  }

 private:
  [[nodiscard]] bool is_interrupted() const { return work_.interrupted && work_.interrupted(); }
  void append(SweepRecord kind, RecordId id, std::string_view payload) {
    journal_->append(static_cast<std::uint32_t>(kind), id, payload);
  }

  //! Runs of the shard that no journal holds; of runs that are the same the first.
  void find_missing() {
    const SweepJournals journals(work_.folder);
    const std::size_t begin = plan_.runs() * (work_.shard.number - 1) / work_.shard.count;
    const std::size_t end = plan_.runs() * work_.shard.number / work_.shard.count;
    std::set<RecordId> seen;
    for (std::size_t run = begin; run < end; ++run) {
      const RecordId id = plan_.identity_of(run);
      if (!seen.insert(id).second) continue;
      const SweepJournals::Entry* done = journals.find(id, SweepRecord::finished);
      if (done != nullptr && journals.is_sound(*done)) {
        ++summary_.skipped;
      } else {
        missing_.push_back(run);
      }
    }
  }

  void work_on(std::size_t run) {
    if (is_interrupted()) {
      was_interrupted_ = true;
      return;
    }
    const RecordId id = plan_.identity_of(run);
    append(SweepRecord::started, id, {});
    try {
      RunOutcome outcome;
      if (!simulate(run, outcome)) {
        was_interrupted_ = true;
        return;
      }
      ByteWriter bytes;
      bytes(outcome);
      append(SweepRecord::finished, id, bytes.bytes());
      const std::lock_guard guard(mutex_);
      ++summary_.done;
    } catch (const JournalError&) {
      throw;
    } catch (const std::bad_alloc&) {
      fail(run, "there was not enough memory");
    } catch (const std::exception& error) {
      fail(run, error.what());
    }
  }

  void fail(std::size_t run, const std::string& reason) {
    append(SweepRecord::failed, plan_.identity_of(run), reason);
    const std::lock_guard guard(mutex_);
    ++summary_.failed;
    if (run >= first_failed_) return;
    first_failed_ = run;
    summary_.first_failure =
        fmt::format("point {}, replicate {}: {}", plan_.point_of(run), plan_.replicate_of(run), reason);
  }

  //! All scenarios of a run; false where interrupted: then it goes on from there another time.
  bool simulate(std::size_t run, RunOutcome& outcome) {
    try {
      return go_on(run, take_up(run), outcome);
    } catch (const DamagedBytes&) {  // what was left of it is not of this run
      return go_on(run, {}, outcome);
    }
  }

  bool go_on(std::size_t run, UnfinishedRun at, RunOutcome& outcome) {
    const PointCache::Scenarios scenarios = points_.get(plan_.point_of(run));
    std::optional<TwinStudy> study;
    if (plan_.compares()) study.emplace(*scenarios, options_);
    if (!has_shape(at, scenarios->size())) throw DamagedBytes("it holds results of other scenarios");
    at.histories.resize(scenarios->size());
    for (std::size_t s = 0; study && s < at.values.size(); ++s)
      study->check_ended(at.histories[s], s, plan_.replicate_of(run));
    while (at.values.size() < scenarios->size()) {
      const std::size_t s = at.values.size();
      const auto simulation = world_of(run, (*scenarios)[s].setup, at.world);
      if (study) study->check_begun(at.histories[s], simulation->months_done());
      if (!run_months(*simulation, study ? &*study : nullptr, at.histories[s])) {
        at.world = simulation->save();
        put_down(run, at);
        return false;
      }
      at.world.clear();
      at.values.push_back(outputs_.keep(simulation->recorder().values()));
    }
    outcome.values = std::move(at.values);
    if (study) outcome.findings = study->compare(plan_.replicate_of(run), at.histories);
    return true;
  }

  [[nodiscard]] std::unique_ptr<Simulation> world_of(std::size_t run,
                                                     const std::shared_ptr<const Setup>& setup,
                                                     const std::string& saved) const {
    const std::uint32_t replicate = plan_.replicate_of(run);
    return saved.empty() ? std::make_unique<Simulation>(setup, options_.seed, replicate)
                         : std::make_unique<Simulation>(setup, options_.seed, replicate, saved);
  }

  bool run_months(Simulation& simulation, const TwinStudy* study, WorldHistory& history) {
    std::uint64_t steps = 0;
    while (!simulation.is_done()) {
      if (is_interrupted()) return false;
      simulation.step();
      steps += static_cast<std::uint64_t>(simulation.world().living);
      if (study != nullptr) study->look(simulation, history);
    }
    const std::lock_guard guard(mutex_);
    summary_.agent_steps += steps;
    summary_.loop_seconds += simulation.loop_seconds();
    return true;
  }

  //! What an earlier process left of the run; nothing where there is none, or it is damaged.
  [[nodiscard]] UnfinishedRun take_up(std::size_t run) const {
    UnfinishedRun left;
    const auto found = unfinished_.find(plan_.identity_of(run));
    if (found == unfinished_.end()) return left;
    try {
      const std::string payload = worlds_->payload(found->second);
      ByteReader bytes(payload);
      bytes(left);
      return left;
    } catch (const JournalError&) {
      return {};
    }
  }

  [[nodiscard]] bool has_shape(const UnfinishedRun& at, std::size_t scenarios) const {
    return at.values.size() <= scenarios && at.histories.size() <= scenarios &&
           std::ranges::all_of(at.values, [&](const auto& values) { return outputs_.are_kept(values); });
  }

  void put_down(std::size_t run, const UnfinishedRun& at) {
    ByteWriter bytes;
    bytes(at);
    const std::lock_guard guard(mutex_);
    if (!worlds_writer_)
      worlds_writer_ = std::make_unique<JournalWriter>(worlds_path(work_.folder, work_.shard));
    worlds_writer_->append(0, plan_.identity_of(run), bytes.bytes());
    worlds_writer_->sync();
  }

  void find_unfinished() {
    const std::string path = worlds_path(work_.folder, work_.shard);
    if (!std::filesystem::exists(path)) return;
    worlds_.emplace(path);
    for (const RecordPlace& place : worlds_->records()) unfinished_[place.id] = place;
  }

  void tell(std::size_t place) {
    const std::lock_guard guard(mutex_);
    summary_.was_interrupted = was_interrupted_;
    if (was_interrupted_) return;
    if (work_.progress) work_.progress(place + 1, missing_.size());
  }

  const SweepPlan& plan_;
  const SweepWork& work_;
  PointCache points_;
  SweepOutputs outputs_;
  ExperimentOptions options_;
  std::unique_ptr<JournalWriter> journal_;
  std::optional<JournalReader> worlds_;         //!< that earlier processes left unfinished
  std::map<RecordId, RecordPlace> unfinished_;  //!< the latest of each run
  std::unique_ptr<JournalWriter> worlds_writer_;
  std::vector<std::size_t> missing_;
  std::atomic<bool> was_interrupted_ = false;
  std::mutex mutex_;
  std::size_t first_failed_ = std::numeric_limits<std::size_t>::max();  //!< of all runs, not in time
  SweepSummary summary_;
};

}  // namespace

SweepSummary run_sweep(const SweepPlan& plan, const SweepWork& work) {
  return Worker(plan, work).run();
}

}  // namespace ketsim
