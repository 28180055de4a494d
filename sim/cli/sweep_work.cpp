// `ketsim sweep run`, `status` and `collect`.
#include <algorithm>
#include <iostream>
#include <memory>

#include <fmt/format.h>

#include "exit_codes.hpp"
#include "interrupts.hpp"
#include "ketsim/io/hdf5_sweep_sink.hpp"
#include "ketsim/io/output_file.hpp"
#include "ketsim/io/yaml.hpp"
#include "ketsim/parallel/rows.hpp"
#include "problems.hpp"
#include "progress.hpp"
#include "scenario_setup.hpp"
#include "sweep_folder.hpp"
#include "sweep_verbs.hpp"
#include "versions.hpp"

namespace ketsim {
namespace {

PlannedSweep open_sweep(const std::string& folder) {
  PlannedSweep sweep = read_plan(folder);
  for (const std::string& source : changed_sources(sweep))
    std::cerr << fmt::format(
        "ketsim: {} has changed since the sweep was planned; the plan stays as it was until `ketsim sweep "
        "plan` takes "
        "the change\n",
        source);
  return sweep;
}

std::vector<ExperimentScenario> base_of(PlannedSweep& sweep) {
  Diagnostics problems;
  for (LoadedScenario& loaded : sweep.scenarios) take_luck_of(sweep.plan.settings, loaded.scenario);
  return set_up(sweep.scenarios, sweep.plan.compares(), problems);
}

std::string duration(double seconds) {
  if (seconds < 60.0) return fmt::format("{:.0f} s", seconds);
  if (seconds < 3600.0) return fmt::format("{:.0f} min", seconds / 60.0);
  return fmt::format("{:.1f} h", seconds / 3600.0);
}

void check_output(const std::string& output, const std::string& folder, const PlannedSweep& sweep) {
  std::vector<std::string> inputs = files_of(folder);
  for (const SweepSource& source : sweep.sources) inputs.push_back(source.path);
  Diagnostics problems;
  check_inputs_stay(output, inputs, problems);
  if (is_among_files_of(folder, output))
    problems.add({std::make_shared<const std::string>("-o " + output)},
                 "this folder is for the sweep's own files; name another");
  in_reading_order(problems).throw_if_any();
}

//! Failures with the same reason together, the first ones of many.
void tell_failures(const SweepPlan& plan, const SweepStatus& status) {
  constexpr std::size_t most_told = 5;
  std::vector<std::pair<std::string, std::vector<std::size_t>>> reasons;
  for (const SweepFailure& failure : status.failures) {
    auto found =
        std::ranges::find(reasons, failure.reason, &std::pair<std::string, std::vector<std::size_t>>::first);
    if (found == reasons.end()) found = reasons.insert(reasons.end(), {failure.reason, {}});
    found->second.push_back(failure.run);
  }
  for (std::size_t i = 0; i < std::min(reasons.size(), most_told); ++i) {
    const std::size_t first = reasons[i].second.front();
    std::cout << fmt::format("  {} runs, the first at point {}, replicate {}: {}\n", reasons[i].second.size(),
                             plan.point_of(first), plan.replicate_of(first), reasons[i].first);
  }
  if (reasons.size() > most_told)
    std::cout << fmt::format("  and {} other reasons\n", reasons.size() - most_told);
}

}  // namespace

int run_sweep_shard(const SweepRunArguments& arguments) {
  watch_for_interrupts();
  PlannedSweep sweep = open_sweep(arguments.folder);
  SweepWork work;
  work.folder = runs_folder(arguments.folder);
  work.shard = arguments.shard;
  work.base = base_of(sweep);
  work.load_point = [&sweep](std::size_t point) {
    return load_point(sweep, sweep.plan.points[point].values);
  };
  work.interrupted = [] { return interrupting_signal() != 0; };
  SweepSummary summary;
  {
    limit_threads(arguments.threads);
    Progress progress(!arguments.is_quiet, "runs");
    work.progress = [&progress](std::size_t done, std::size_t total) { progress.update(done, total); };
    summary = run_sweep(sweep.plan, work);
  }
  if (summary.was_interrupted) {
    std::cerr << fmt::format("ketsim: interrupted; what is done is kept, `ketsim sweep run {}` goes on\n",
                             arguments.folder);
    return 128 + interrupting_signal();
  }
  if (!arguments.is_quiet)
    std::cerr << fmt::format("{} runs done, {} done before\n", summary.done, summary.skipped);
  if (summary.failed > 0)
    std::cerr << fmt::format("ketsim: {} runs failed, the first at {}\n", summary.failed,
                             summary.first_failure);
  std::cerr << fmt::format("agent-steps/s {:.2e}\n", summary.loop_seconds > 0.0
                                                         ? static_cast<double>(summary.agent_steps) *
                                                               summary.threads / summary.loop_seconds
                                                         : 0.0);
  return summary.failed > 0 ? exit_failed : exit_done;
}

int tell_sweep_status(const std::string& folder) {
  const PlannedSweep sweep = open_sweep(folder);
  const SweepStatus status = sweep_status(sweep.plan, runs_folder(folder));
  std::cout << fmt::format("runs     {}\ndone     {}\nrunning  {}\nmissing  {}\nfailed   {}\n", status.runs,
                           status.done, status.running, status.missing(), status.failures.size());
  tell_failures(sweep.plan, status);
  if (status.seconds_left && status.missing() + status.running > 0)
    std::cout << fmt::format("left     about {}\n", duration(*status.seconds_left));
  return exit_done;
}

int collect_sweep_file(const std::string& folder, const std::string& named, bool must_be_complete) {
  PlannedSweep sweep = open_sweep(folder);
  check_output(named, folder, sweep);
  const std::string output = follow_links(named);
  const SweepSettings& settings = sweep.plan.settings;
  SweepHeader header;
  header.title = settings.title.empty()
                     ? fmt::format("ketsim sweep: {}", fmt::join(sweep.plan.scenario_names, ", "))
                     : settings.title;
  header.design = settings.design.kind;
  header.settings = write_yaml(sweep_schema().write(&settings));
  header.seed = static_cast<std::uint64_t>(settings.seed);
  header.replicates = static_cast<std::uint32_t>(settings.replicates);
  header.inputs = gather_inputs(sweep.scenarios);
  header.versions = versions();
  const std::vector<ExperimentScenario> base = base_of(sweep);
  for (const ExperimentScenario& scenario : base) header.scenarios.push_back(scenario.record);
  Hdf5SweepSink sink(output);
  const SweepStatus status =
      collect_sweep(sweep.plan, runs_folder(folder), base, std::move(header), sink, must_be_complete);
  std::cerr << fmt::format("wrote {}: {} of {} runs\n", output, status.done, status.runs);
  if (status.damaged > 0)
    std::cerr << fmt::format("ketsim: {} runs are damaged on disk; `ketsim sweep run {}` does them again\n",
                             status.damaged, folder);
  return exit_done;
}

}  // namespace ketsim
