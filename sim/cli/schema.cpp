// `ketsim schema`: what a scenario or sweep file may hold, for editors and validators.
#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>
#include <string>

#include "exit_codes.hpp"
#include "ketsim/describe/json_schema.hpp"
#include "ketsim/scenario/catalogue.hpp"
#include "ketsim/scenario/scenario.hpp"
#include "ketsim/scenario/sweep.hpp"
#include "verbs.hpp"

namespace ketsim {

void add_schema(CLI::App& app, Work& work) {
  CLI::App* verb = app.add_subcommand("schema", "Print the JSON Schema of scenario files, or of sweep files");
  const auto what = std::make_shared<std::string>("scenario");
  verb->add_option("WHAT", *what, "scenario, the default, or sweep")
      ->check(CLI::IsMember({"scenario", "sweep"}));
  verb->footer(
      "With it an editor completes keys and marks mistakes while you write a scenario: save it, then begin\n"
      "the scenario with the line  # yaml-language-server: $schema=scenario.schema.json\n\n"
      "Example:\n  ketsim schema > scenario.schema.json");
  verb->callback([&work, what] {
    work = [what] {
      if (*what == "sweep") {
        const PluginChoice designs{"params", "kind", design_catalogue().schemas()};
        std::cout << json_schema(sweep_schema(), "ketsim sweep", designs);
      } else {
        const PluginChoice instruments{"params", "instrument", instrument_catalogue().schemas()};
        std::cout << json_schema(scenario_schema(), "ketsim scenario", instruments);
      }
      return exit_done;
    };
  });
}

}  // namespace ketsim
