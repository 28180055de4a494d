// `ketsim compare`: the same worlds under several scenarios, and what the later ones changed against the
// first.
#include <CLI/CLI.hpp>

#include <memory>

#include "experiment_arguments.hpp"
#include "verbs.hpp"

namespace ketsim {

void add_compare(CLI::App& app, Work& work) {
  CLI::App* verb =
      app.add_subcommand("compare", "Simulate scenarios with the same luck; measure what each changed");
  const auto arguments = std::make_shared<ExperimentArguments>();
  verb->add_option("BASELINE", arguments->baseline, "Scenario that the others are measured against")
      ->required();
  verb->add_option("ALTERNATIVE", arguments->alternatives,
                   "Scenarios compared with it: the same months, firms and technologies")
      ->required();
  add_experiment_options(*verb, *arguments);
  CLI::Option* until =
      verb->add_option("--until", arguments->until,
                       "Add replicates until MEASURE is known to P per cent; asked after 32, 64 ...")
          ->type_name("MEASURE:P%");
  verb->add_option("--max-replicates", arguments->max_replicates,
                   "The most that --until may add up to; else 2048")
      ->needs(until)
      ->type_name("N");
  verb->get_option("--replicates")->excludes(until);
  verb->add_flag("--shapley", arguments->shapley,
                 "Share the effect among the policies of each alternative: worlds with fewer of them")
      ->disable_flag_override();
  verb->add_flag("--border-twin", arguments->border_twin,
                 "Say what the border costs: each scenario also without it")
      ->disable_flag_override();
  verb->add_option("--direct", arguments->direct,
                   "Withhold N awards of each world, one at a time, for the direct effect of one")
      ->check(CLI::Range(1, 1000))
      ->type_name("N");
  verb->footer(
      "Every scenario is run with the same seed and replicates: those of the options, else of the baseline.\n"
      "The file holds each scenario's outputs and, of each alternative, what it added, displaced and "
      "cost.\n\n"
      "Example:\n"
      "  ketsim compare scenarios/no_programme.yaml scenarios/rocket.yaml -o rocket.h5 --replicates 20\n"
      "  ketsim compare scenarios/no_programme.yaml scenarios/rocket.yaml -o rocket.h5 --until leverage:10%");
  verb->callback([&work, arguments] { work = [arguments] { return run_scenarios("compare", *arguments); }; });
}

}  // namespace ketsim
