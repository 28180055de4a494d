// `ketsim run`: many replicates of one scenario.
#include <CLI/CLI.hpp>

#include <memory>

#include "experiment_arguments.hpp"
#include "verbs.hpp"

namespace ketsim {

void add_run(CLI::App& app, Work& work) {
  CLI::App* verb = app.add_subcommand("run", "Simulate one scenario many times");
  const auto arguments = std::make_shared<ExperimentArguments>();
  verb->add_option("SCENARIO", arguments->baseline, "YAML file; or a result file, to run its scenario again")
      ->required();
  add_experiment_options(*verb, *arguments);
  verb->footer("Example:\n  ketsim run scenarios/rocket.yaml -o rocket.h5 --replicates 20 --seed 7");
  verb->callback([&work, arguments] { work = [arguments] { return run_scenarios("run", *arguments); }; });
}

}  // namespace ketsim
