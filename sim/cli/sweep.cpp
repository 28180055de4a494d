// `ketsim sweep`: many runs of scenarios that differ in a few parameters.
#include <CLI/CLI.hpp>

#include <charconv>
#include <memory>

#include "sweep_verbs.hpp"
#include "thread_option.hpp"
#include "verbs.hpp"

namespace ketsim {
namespace {

//! I/N, with I from 1 to N; empty: that is what it is.
std::string why_no_shard(const std::string& text, Shard& shard) {
  const std::size_t slash = text.find('/');
  const auto read = [](std::string_view digits, std::size_t& to) {
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), to);
    return error == std::errc() && end == digits.data() + digits.size();
  };
  const bool is_good = slash != std::string::npos &&
                       read(std::string_view(text).substr(0, slash), shard.number) &&
                       read(std::string_view(text).substr(slash + 1), shard.count) && 1 <= shard.number &&
                       shard.number <= shard.count;
  return is_good ? "" : "'" + text + "' is no part I/N, as 1/8 to 8/8";
}

void add_sweep_plan(CLI::App& sweep, Work& work) {
  CLI::App* verb = sweep.add_subcommand("plan", "Make a plan of runs from a sweep file; no run is done yet");
  const auto file = std::make_shared<std::string>();
  const auto folder = std::make_shared<std::string>();
  verb->add_option("SWEEP", *file, "YAML file: scenarios, factors, design, replicates")->required();
  verb->add_option("-o,--output", *folder, "Folder of the sweep; planning into it again keeps what is done")
      ->required()
      ->type_name("DIR");
  verb->footer("Example:\n  ketsim sweep plan scenarios/sweeps/smoke.yaml -o smoke");
  verb->callback([&work, file, folder] { work = [file, folder] { return plan_sweep(*file, *folder); }; });
}

void add_sweep_run(CLI::App& sweep, Work& work) {
  CLI::App* verb = sweep.add_subcommand("run", "Do the runs that are missing; stop and start it at will");
  const auto arguments = std::make_shared<SweepRunArguments>();
  verb->add_option("DIR", arguments->folder, "Folder of the sweep")->required();
  verb->add_option_function<std::string>(
          "--shard", [arguments](const std::string& text) { (void)why_no_shard(text, arguments->shard); },
          "Only part I of N of the runs, so that N processes can share the work")
      ->check([](const std::string& text) {
        Shard ignored;
        return why_no_shard(text, ignored);
      })
      ->type_name("I/N");
  add_thread_option(*verb, arguments->threads);
  verb->add_flag("--quiet", arguments->is_quiet, "No progress bar")->disable_flag_override();
  verb->footer("Example:\n  ketsim sweep run smoke");
  verb->callback([&work, arguments] { work = [arguments] { return run_sweep_shard(*arguments); }; });
}

void add_sweep_status(CLI::App& sweep, Work& work) {
  CLI::App* verb =
      sweep.add_subcommand("status", "Tell how many runs are done, failed, missing, and the time left");
  const auto folder = std::make_shared<std::string>();
  verb->add_option("DIR", *folder, "Folder of the sweep")->required();
  verb->callback([&work, folder] { work = [folder] { return tell_sweep_status(*folder); }; });
}

void add_sweep_collect(CLI::App& sweep, Work& work) {
  CLI::App* verb =
      sweep.add_subcommand("collect", "Gather all that is done in one file; missing runs are marked");
  const auto folder = std::make_shared<std::string>();
  const auto output = std::make_shared<std::string>();
  const auto is_complete = std::make_shared<bool>(false);
  verb->add_option("DIR", *folder, "Folder of the sweep")->required();
  verb->add_option("-o,--output", *output, "Result file (HDF5 that xarray opens)")
      ->required()
      ->type_name("FILE.h5");
  verb->add_flag("--complete", *is_complete, "Write nothing and fail while runs are missing")
      ->disable_flag_override();
  verb->footer("Example:\n  ketsim sweep collect smoke -o smoke.h5");
  verb->callback([&work, folder, output, is_complete] {
    work = [folder, output, is_complete] { return collect_sweep_file(*folder, *output, *is_complete); };
  });
}

void add_sweep_slurm(CLI::App& sweep, Work& work) {
  CLI::App* verb =
      sweep.add_subcommand("slurm", "Write batch scripts that do the runs on a cluster with Slurm");
  const auto arguments = std::make_shared<SweepSlurmArguments>();
  verb->add_option("DIR", arguments->folder, "Folder of the sweep")->required();
  verb->add_option("--tasks", arguments->tasks, "Parts of the sweep, each a task of a job array")
      ->required()
      ->check(CLI::Range(1, 1'000'000));
  verb->add_option("--cpus-per-task", arguments->cpus_per_task, "Threads of each task")
      ->check(CLI::Range(1, 4096))
      ->capture_default_str();
  verb->add_option("--account", arguments->account, "Who pays");
  verb->add_option("--partition", arguments->partition, "Where it runs");
  verb->add_option("--time", arguments->time,
                   "Time limit of a task, as 02:00:00; it goes on in the next one");
  verb->add_option("--module", arguments->modules, "Environment modules to load")->type_name("NAME...");
  verb->add_flag("--submit", arguments->submit, "Hand the scripts to sbatch")->disable_flag_override();
  verb->footer("Example:\n  ketsim sweep slurm smoke --tasks 8 --cpus-per-task 4 --time 01:00:00 --submit");
  verb->callback([&work, arguments] { work = [arguments] { return write_slurm_scripts(*arguments); }; });
}

}  // namespace

void add_sweep(CLI::App& app, Work& work) {
  CLI::App* sweep =
      app.add_subcommand("sweep", "Vary parameters by a design: plan, run, status, collect, slurm");
  sweep->require_subcommand(1);
  sweep->footer(
      "The folder of a sweep holds all that its runs need. Runs that are done are never done again, whatever "
      "stops\n"
      "the work; changed ones have another identity and are done anew.\n\n"
      "Example:\n"
      "  ketsim sweep plan scenarios/sweeps/smoke.yaml -o smoke\n"
      "  ketsim sweep run smoke\n"
      "  ketsim sweep collect smoke -o smoke.h5");
  add_sweep_plan(*sweep, work);
  add_sweep_run(*sweep, work);
  add_sweep_status(*sweep, work);
  add_sweep_collect(*sweep, work);
  add_sweep_slurm(*sweep, work);
}

}  // namespace ketsim
