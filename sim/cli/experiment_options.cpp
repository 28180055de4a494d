// Options of `run` and `compare`.
#include <CLI/CLI.hpp>

#include "experiment_arguments.hpp"

namespace ketsim {
namespace {

//! The parser alone would take 010 for 8, and tells ranges in 300 digits.
std::string why_no_thread_count(const std::string& text) {
  constexpr std::size_t most_digits = 5;
  const bool is_number = text.find_first_not_of("0123456789") == std::string::npos;
  const bool has_leading_zero = text.size() > 1 && text.front() == '0';
  if (is_number && !text.empty() && !has_leading_zero && text.size() <= most_digits) return {};
  return "'" + text + "' is no number of threads; 0 takes all cores";
}

}  // namespace

void add_experiment_options(CLI::App& verb, ExperimentArguments& arguments) {
  verb.add_option("-o,--output", arguments.output, "Result file (HDF5 that xarray opens); written at the end")
      ->required()
      ->type_name("FILE.h5");
  verb.add_option("--replicates", arguments.replicates,
                  "Worlds to simulate of each scenario; else as the scenario says")
      ->type_name("N");
  verb.add_option("--seed", arguments.seed, "Seed of all random draws; else as the scenario says")
      ->type_name("S");
  verb.add_option("--threads", arguments.threads,
                  "Threads; 0, the default, takes all cores. Results are the same")
      ->check(why_no_thread_count)
      ->type_name("T");
  verb.add_option("--set", arguments.settings,
                  "Change a parameter, as network.mixing=0.1; VALUE is YAML, null removes. Repeatable")
      ->allow_extra_args(false)
      ->type_name("PATH=VALUE");
  verb.add_flag("--firms", arguments.firms, "Write a table of every firm and KET too (a group of the file)")
      ->disable_flag_override();
  verb.add_flag("--timings", arguments.tells_timings,
                "Tell on stderr where the time went, process by process")
      ->disable_flag_override();
  verb.add_flag("--quiet", arguments.is_quiet, "No progress bar, no line about the file")
      ->disable_flag_override();
}

}  // namespace ketsim
