// From scenario files to a result file: load, check everything, run, tell.
#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <iostream>
#include <system_error>

#include <unistd.h>

#include <fmt/format.h>

#include "exit_codes.hpp"
#include "experiment_arguments.hpp"
#include "interrupts.hpp"
#include "ketsim/experiment/experiment.hpp"
#include "ketsim/experiment/journal.hpp"
#include "ketsim/experiment/measures.hpp"
#include "ketsim/experiment/shapley.hpp"
#include "ketsim/io/hdf5_sink.hpp"
#include "ketsim/io/output_file.hpp"
#include "ketsim/io/result_scenario.hpp"
#include "ketsim/io/scenario_file.hpp"
#include "ketsim/parallel/rows.hpp"
#include "problems.hpp"
#include "progress.hpp"
#include "run_plan.hpp"
#include "scenario_setup.hpp"
#include "sweep_verbs.hpp"
#include "versions.hpp"

namespace ketsim {
namespace {

namespace fs = std::filesystem;

Location place(std::string option) {
  return {std::make_shared<const std::string>(std::move(option))};
}

std::vector<Override> overrides_of(const ExperimentArguments& arguments, Diagnostics& problems) {
  std::vector<Override> overrides;
  for (const std::string& setting : arguments.settings) {
    const std::size_t equals = setting.find('=');
    if (equals == std::string::npos) {
      problems.add(place("--set " + setting), "must be PATH=VALUE, as network.mixing=0.1");
    } else {
      overrides.push_back({"--set " + setting, setting.substr(0, equals), setting.substr(equals + 1)});
    }
  }
  if (arguments.seed) overrides.push_back({"--seed " + *arguments.seed, "seed", *arguments.seed});
  if (arguments.replicates)
    overrides.push_back({"--replicates " + *arguments.replicates, "replicates", *arguments.replicates});
  constexpr const char* most_replicates = "2048";  // an hour of one core for two scenarios of the ROCKET core
  if (arguments.until) {
    const std::string most = arguments.max_replicates.value_or(most_replicates);
    overrides.push_back({"--max-replicates " + most, "replicates", most});
  }
  return overrides;
}

//! MEASURE:P%, as net_additional_adopters:5%.
Precision precision_of(const std::string& text, Diagnostics& problems) {
  const Location where = place("--until " + text);
  const std::size_t colon = text.rfind(':');
  Precision precision{text.substr(0, colon), 0.0};
  const std::vector<std::string> names = names_with_interval();
  if (std::ranges::find(names, precision.measure) == names.end())
    problems.add(where, fmt::format("'{}' is no measure with an interval{}", precision.measure,
                                    name_hint(precision.measure, names)));
  const std::string number = colon == std::string::npos ? "" : text.substr(colon + 1);
  double percent = 0.0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), percent);
  if (error != std::errc() || std::string_view(end, number.data() + number.size()) != "%" ||
      !(percent > 0.0) || !(percent < 1000.0))
    problems.add(where, "must be MEASURE:P% with a P above 0, as net_additional_adopters:5%");
  precision.relative_error = percent / 100.0;
  return precision;
}

void check_shapley(const std::vector<LoadedScenario>& scenarios, Diagnostics& problems) {
  for (std::size_t s = 1; s < scenarios.size(); ++s) {
    const std::size_t policies = policy_labels(scenarios[s].scenario).size();
    if (policies > most_policies)
      problems.add(place("--shapley"), fmt::format("'{}' has {} policies; {} at most can be shared among",
                                                   scenarios[s].name, policies, most_policies));
  }
}

//! Can a result stand there? Asked before hours of computing.
void check_output(const std::string& output, Diagnostics& problems) {
  constexpr std::size_t longest_name = 230;  // 255 with .ckpt.N.part behind it [byte]
  const Location where = place("-o " + output);
  std::error_code error;
  const fs::path file = follow_links(output);
  const fs::file_status status = fs::status(file, error);
  const fs::path folder = file.parent_path();
  if (output.empty()) {
    problems.add(where, "the file has no name");
  } else if (fs::is_directory(status)) {
    problems.add(where, fmt::format("is a folder; name a file in it, as {}",
                                    (fs::path(output) / "result.h5").string()));
  } else if (fs::exists(status) && !fs::is_regular_file(status)) {
    problems.add(where, "is not a regular file");
  } else if (fs::is_symlink(file, error)) {
    problems.add(where, "is a link that leads to itself");
  } else if (file.filename().string().size() > longest_name) {
    problems.add(where, fmt::format("the name of the file is longer than {} bytes", longest_name));
  } else if (!folder.empty() && !fs::is_directory(folder, error)) {
    problems.add(where, fmt::format("the folder {} does not exist", folder.string()));
  } else if (const std::string in = folder.empty() ? "." : folder.string();
             ::access(in.c_str(), W_OK | X_OK) != 0) {
    const std::string reason = std::generic_category().message(errno);
    problems.add(where, fmt::format("the folder {} cannot be written to: {}", in, reason));
  }
}

//! More than the machine has would only be told after minutes, and by the system's end of the process.
void check_memory(const std::vector<ExperimentScenario>& scenarios) {
  constexpr double least_per_firm = 200.0;  // of a world of a million firms, with its ties: 260 [byte]
  const double memory =
      static_cast<double>(::sysconf(_SC_PHYS_PAGES)) * static_cast<double>(::sysconf(_SC_PAGESIZE));
  for (const ExperimentScenario& scenario : scenarios) {
    const auto firms = static_cast<double>(scenario.setup->population.firms);
    if (memory > 0.0 && firms * least_per_firm > memory)
      throw InputError(fmt::format(
          "{}: {:.0f} firms take {:.0f} GB of memory at least, and this machine has {:.0f}; take fewer "
          "(population.agents)",
          scenario.record.name, firms, firms * least_per_firm / 1e9, memory / 1e9));
  }
}

//! Of scenarios to compare one may lack the programme that a change is for, but not all of them.
void check_changes_are_made(const std::vector<Override>& overrides,
                            const std::vector<LoadedScenario>& scenarios, Diagnostics& problems) {
  for (Override change : overrides) {
    const auto is_left_out = [&](const LoadedScenario& loaded) {
      return std::ranges::find(loaded.left_out, change.option) != loaded.left_out.end();
    };
    if (!std::ranges::all_of(scenarios, is_left_out)) continue;
    change.is_optional = false;
    static_cast<void>(change_scenario(scenarios.back(), {change}, problems));  // it says why
  }
}

std::vector<LoadedScenario> load_all(const ExperimentArguments& arguments, Diagnostics& problems) {
  std::vector<std::string> paths{arguments.baseline};
  paths.insert(paths.end(), arguments.alternatives.begin(), arguments.alternatives.end());
  check_output(arguments.output, problems);
  std::vector<Override> overrides = overrides_of(arguments, problems);
  for (Override& change : overrides) change.is_optional = paths.size() > 1;
  std::vector<LoadedScenario> scenarios;
  for (const std::string& path : paths) {
    scenarios.push_back(load_scenario(path, overrides, problems));
    if (!problems.empty() && is_sweep_file(path))
      throw InputError(path + ": is a sweep, not a scenario; `ketsim sweep plan` plans it");
    const std::string why = scenarios.back().name.empty() ? "" : why_no_name(scenarios.back().name);
    if (!why.empty()) problems.add({}, fmt::format("the name of {} {}; rename it", path, why));
  }
  check_changes_are_made(overrides, scenarios, problems);
  for (const LoadedScenario& loaded : scenarios) check_inputs_stay(arguments.output, loaded.files, problems);
  check_names_differ(paths, scenarios, problems);
  // Twins share every draw; and what a file says of a scenario gives the same data again.
  for (LoadedScenario& loaded : scenarios) {
    loaded.scenario.seed = scenarios.front().scenario.seed;
    loaded.scenario.replicates = scenarios.front().scenario.replicates;
  }
  return scenarios;
}

//! Worlds run side by side, so the wall time of their loops is shorter than its sum.
double agent_steps_per_second(const ExperimentSummary& summary, std::size_t worlds) {
  const double side_by_side = static_cast<double>(std::min<std::size_t>(summary.threads, worlds));
  return summary.loop_seconds > 0.0
             ? static_cast<double>(summary.agent_steps) * side_by_side / summary.loop_seconds
             : 0.0;
}

//! A line for each part: name, seconds of all worlds and threads together, share of them all.
void tell_timings(const ExperimentSummary& summary) {
  double all = 0.0;
  for (const StepTime& time : summary.times) all += time.seconds;
  std::cerr << "name\tseconds\tshare\n";
  for (const StepTime& time : summary.times)
    std::cerr << fmt::format("{}\t{:.6f}\t{:.3f}\n", time.name, time.seconds,
                             all > 0.0 ? time.seconds / all : 0.0);
}

void tell_precision(const Precision& until, const ExperimentSummary& summary) {
  const double reached = *summary.relative_error;
  std::cerr << fmt::format(
      "{} after {} replicates: {}{}\n", until.measure, summary.replicates,
      std::isfinite(reached) ? fmt::format("{:.3g} %", 100.0 * reached) : std::string("not told from zero"),
      reached <= until.relative_error ? "" : "; more are needed (--max-replicates)");
}

//! Runs what was planned, tells of it, and returns the exit code.
int carry_out(RunPlan plan, const ExperimentArguments& arguments, Diagnostics& problems) {
  ExperimentOptions& options = plan.options;
  const std::vector<ExperimentScenario> scenarios = set_up(plan.scenarios, true, problems);
  check_memory(scenarios);
  options.seed = static_cast<std::uint64_t>(plan.scenarios.front().scenario.seed);
  options.replicates = static_cast<std::uint32_t>(plan.scenarios.front().scenario.replicates);
  options.kept.head = head_of(plan);
  options.inputs = std::move(plan.inputs);
  plan.scenarios.clear();  // with tables that may be large
  options.versions = versions();
  options.interrupted = [] { return interrupting_signal() != 0; };

  ExperimentSummary summary;
  {
    limit_threads(arguments.threads);
    Progress progress(!arguments.is_quiet);
    options.progress = [&progress](std::size_t done, std::size_t total) { progress.update(done, total); };
    Hdf5Sink sink(arguments.output);
    summary = run_experiment(scenarios, options, sink);
  }
  if (summary.was_interrupted) {
    std::cerr << fmt::format(
        "ketsim: interrupted; the replicates finished so far are in {0}.part, and `ketsim resume {0}.part` "
        "goes on\n",
        arguments.output);
    return 128 + interrupting_signal();
  }
  if (!arguments.is_quiet) std::cerr << fmt::format("wrote {}\n", arguments.output);
  if (options.until) tell_precision(*options.until, summary);
  if (arguments.tells_timings) tell_timings(summary);
  std::cerr << fmt::format("agent-steps/s {:.2e}\n",
                           agent_steps_per_second(summary, scenarios.size() * summary.replicates));
  return exit_done;
}

}  // namespace

int run_scenarios(const std::string& command, ExperimentArguments arguments) {
  watch_for_interrupts();
  Diagnostics problems;
  RunPlan plan;
  plan.scenarios = load_all(arguments, problems);
  arguments.output = follow_links(arguments.output);
  plan.inputs = gather_inputs(plan.scenarios);
  if (arguments.until) plan.options.until = precision_of(*arguments.until, problems);
  plan.options.firms = arguments.firms;
  plan.options.audit = arguments.audit;
  plan.options.shapley = arguments.shapley;
  plan.options.border_twin = arguments.border_twin;
  plan.options.direct = static_cast<std::uint32_t>(arguments.direct);
  plan.options.command = command;
  plan.options.kept = {arguments.output + ".ckpt", {}, false, arguments.checkpoint_every};
  if (plan.options.shapley) check_shapley(plan.scenarios, problems);
  return carry_out(std::move(plan), arguments, problems);
}

namespace {

std::string read_head(const std::string& kept) {
  try {
    return head_of_kept(kept);
  } catch (const JournalError& error) {
    throw InputError(error.what());
  }
}

}  // namespace

int resume_run(const std::string& part, const ExperimentArguments& given) {
  watch_for_interrupts();
  ExperimentArguments arguments = given;
  arguments.output = part.ends_with(".part") ? part.substr(0, part.size() - 5) : part;
  const std::string kept = arguments.output + ".ckpt";
  std::error_code none;
  if (!fs::exists(kept, none))
    throw InputError(fmt::format("{}: there is no {}, which an interrupted run leaves", part, kept));
  Diagnostics problems;
  RunPlan plan = plan_of(read_head(kept), kept, problems);
  plan.options.kept.path = kept;
  plan.options.kept.resumes = true;
  return carry_out(std::move(plan), arguments, problems);
}

}  // namespace ketsim
