// CSV tables of the user: the first byte says which table of the invented border the rest stands for.
#include "fuzz.hpp"

#include "support/small_world.hpp"

namespace ketsim {
namespace {

constexpr const char* tables[] = {"regions.csv", "organisations.csv", "firms.csv", "ties.csv"};
constexpr std::size_t most_firms = 300;

const Node& border() {
  static const Node document =
      document_of("another_border/another_border.yaml", {"time.end=2017-12", "horizons=[2017-06]"});
  return document;
}

void read(std::size_t which, std::string_view text) {
  Diagnostics problems;
  Scenario scenario = read_scenario(
      border(),
      [&](const std::string& path, const Location&, Diagnostics& found) {
        if (path == tables[which]) return parse_csv(std::string(text), path, path, found);
        return table_of("another_border/" + path);
      },
      problems);
  const bool can_be_set_up = !scenario.regions.columns.empty() && !scenario.organisations.columns.empty();
  if (!can_be_set_up) return;
  std::shared_ptr<Setup> setup = make_setup(std::move(scenario), problems);
  if (!problems.empty() || setup->population.firms > most_firms) return;
  Simulation simulation(std::move(setup), 1, 0);
  for (int month = 0; month < 3 && !simulation.is_done(); ++month) simulation.step();
}

}  // namespace
}  // namespace ketsim

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 0) ketsim::read(data[0] % 4U, ketsim::text_of(data + 1, size - 1));
  return 0;
}
