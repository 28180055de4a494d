// Sweep files: YAML to settings, factors against the parameters of two scenarios, the points of any design.
#include "fuzz.hpp"

#include "ketsim/experiment/sweep.hpp"
#include "support/small_world.hpp"

namespace ketsim {
namespace {

constexpr std::size_t most_points = 20'000;  // a million may be asked for; here they would only take time

const std::vector<std::vector<ParameterRow>>& parameters() {
  static const auto rows = [] {
    std::vector<std::vector<ParameterRow>> of_all;
    for (const char* file : {"no_programme.yaml", "rocket.yaml"}) {
      const Scenario scenario = scenario_of(file);
      of_all.push_back(scenario_schema().rows(&scenario));
    }
    return of_all;
  }();
  return rows;
}

//! Does it ask for more points than there is time for?
bool asks_for_much(const Node& root) {
  const Node* design = root.find("design");
  const Node* params = design == nullptr ? nullptr : design->find("params");
  if (params == nullptr) return false;
  return std::ranges::any_of(params->entries(), [](const Node::Entry& entry) {
    return std::strtod(entry.value.text().c_str(), nullptr) > static_cast<double>(most_points);
  });
}

void read(std::string_view text) {
  Diagnostics problems;
  const Node root = parse_yaml(text, "fuzz.yaml", problems);
  SweepSettings settings;
  sweep_schema().read(root, &settings, "", problems);
  const std::vector<SweepFactor> factors = resolve_factors(settings, parameters(), root, problems);
  if (!problems.empty() || settings.design.kind.empty() || asks_for_much(root)) return;
  const TextTable table =
      parse_csv("learning_years,share\n1,0.5\n2,x\n", "points.csv", "points.csv", problems);
  const std::vector<DesignPoint> points = design_points(settings, factors, table, root, problems);
  if (!problems.empty()) return;
  demand(!points.empty(), "a design without problems has points");
  for (const DesignPoint& point : points)
    demand(point.values.size() == factors.size(), "a point has a value for each factor");
  for (std::size_t f = 0; f < factors.size(); ++f)
    demand(check_factor_value(factors[f], points.back().values[f], {}, problems),
           "a design keeps to the ranges: " + problems.text());
}

}  // namespace
}  // namespace ketsim

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  ketsim::read(ketsim::text_of(data, size));
  return 0;
}
