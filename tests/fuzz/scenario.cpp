// Scenarios: YAML to a Document, to a Scenario, to a Setup, and, where the world is small, its first months.
// A text without a population of its own is laid over ROCKET, so that a line is enough to reach any
// parameter.
#include "fuzz.hpp"

#include "ketsim/io/scenario_file.hpp"
#include "support/small_world.hpp"

namespace ketsim {
namespace {

constexpr std::size_t most_firms = 300;
constexpr std::size_t most_months = 400;

const Node& rocket() {
  static const Node document =
      document_of("rocket.yaml", {"population.agents=60", "time.end=2017-12", "horizons=[2017-06]"});
  return document;
}

//! A path outside scenarios/ is a missing file.
TextTable table_at(const std::string& path, const Location& where, Diagnostics& problems) {
  for (const char* known :
       {"data/regions.csv", "data/organisations.csv", "another_border/firms.csv", "another_border/ties.csv",
        "another_border/regions.csv", "another_border/organisations.csv"}) {
    if (path.ends_with(known)) return table_of(known);
  }
  problems.add(where, "there is no such file");
  return {};
}

//! What a result file holds of it must give the same scenario again.
void check_round_trip(const Scenario& scenario) {
  const std::string resolved = resolved_yaml(scenario);
  Diagnostics problems;
  const Node again = parse_yaml(resolved, "again.yaml", problems);
  const Scenario same = read_scenario(again, table_at, problems);
  demand(problems.empty(), "a resolved scenario is read again: " + problems.text());
  demand(resolved_yaml(same) == resolved, "a resolved scenario is resolved");
}

void run_a_little(std::shared_ptr<const Setup> setup) {
  if (setup->population.firms > most_firms || setup->scenario.months() > most_months) return;
  Simulation simulation(std::move(setup), 1, 0);
  for (int month = 0; month < 3 && !simulation.is_done(); ++month) simulation.step();
}

void read(std::string_view text) {
  Diagnostics problems;
  const Node root = parse_yaml(text, "fuzz.yaml", problems);
  if (!root.is_mapping()) return;
  const Node tree = root.find("population") == nullptr ? merge(rocket(), root) : root;
  Scenario scenario = read_scenario(tree, table_at, problems);
  if (!problems.empty()) return;
  check_round_trip(scenario);
  std::shared_ptr<Setup> setup = make_setup(std::move(scenario), problems);
  if (problems.empty()) run_a_little(std::move(setup));
}

}  // namespace
}  // namespace ketsim

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  ketsim::read(ketsim::text_of(data, size));
  return 0;
}
