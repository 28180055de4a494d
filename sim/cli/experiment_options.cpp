// Options of `run` and `compare`.
#include <CLI/CLI.hpp>

#include "experiment_arguments.hpp"
#include "thread_option.hpp"

namespace ketsim {
void add_experiment_options(CLI::App& verb, ExperimentArguments& arguments) {
  verb.add_option("-o,--output", arguments.output, "Result file (HDF5 that xarray opens); written at the end")
      ->required()
      ->type_name("FILE.h5");
  verb.add_option("--replicates", arguments.replicates,
                  "Worlds to simulate of each scenario; else as the scenario says")
      ->type_name("N");
  verb.add_option("--seed", arguments.seed, "Seed of all random draws; else as the scenario says")
      ->type_name("S");
  add_thread_option(verb, arguments.threads);
  verb.add_option("--checkpoint-every", arguments.checkpoint_every,
                  "Keep every world on disk all M months, to go on with `ketsim resume` whatever happens")
      ->check(CLI::Range(1, 12000))
      ->type_name("M");
  verb.add_option("--set", arguments.settings,
                  "Change a parameter, as network.mixing=0.1; VALUE is YAML, null removes. Repeatable")
      ->allow_extra_args(false)
      ->type_name("PATH=VALUE");
  verb.add_flag("--firms", arguments.firms, "Write a table of every firm and KET too (a group of the file)")
      ->disable_flag_override();
  verb.add_flag("--audit", arguments.audit,
                "Check books, counts and ranges after each process (takes 14 times as long)")
      ->disable_flag_override();
  verb.add_flag("--timings", arguments.tells_timings,
                "Tell on stderr where the time went, process by process")
      ->disable_flag_override();
  verb.add_flag("--quiet", arguments.is_quiet, "No progress bar, no line about the file")
      ->disable_flag_override();
}

}  // namespace ketsim
