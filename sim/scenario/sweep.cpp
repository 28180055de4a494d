#include "ketsim/scenario/sweep.hpp"

#include "ketsim/scenario/catalogue.hpp"
#include "setting.hpp"

namespace ketsim {
namespace {

const Schema<FactorSettings>& factor_schema() {
  using P = FactorSettings;
  static const Schema<P> schema =
      Schema<P>("factor", "A parameter that the sweep varies")
          .text(&P::path,
                setting("path", "",
                        "path of the parameter, as network.mixing; `ketsim describe parameters` lists them"),
                true)
          .real(&P::low,
                setting("low", "", "lower end, in the parameter's unit; else of its plausible range"))
          .real(&P::high,
                setting("high", "", "upper end, in the parameter's unit; else of its plausible range"))
          .choice(&P::scale, {"linear", "logarithmic"},
                  setting("scale", "", "scale on which the range is filled evenly; logarithmic: ratios"))
          .texts(&P::values, setting("values", "", "the values that it takes, in place of a range"));
  return schema;
}

const Schema<DesignSettings>& design_schema() {
  using P = DesignSettings;
  static const Schema<P> schema =
      Schema<P>("design", "Which combinations of values are tried")
          .text(&P::kind, setting("kind", "", "kind of design; `ketsim describe sweeps` lists them"), true)
          .plugin(
              &P::params, [](const P& design) { return design_catalogue().find(design.kind); },
              setting("params", "", "parameters of the design"));
  return schema;
}

}  // namespace

const Schema<SweepSettings>& sweep_schema() {
  using P = SweepSettings;
  static const Schema<P> schema =
      Schema<P>("sweep", "Runs of scenarios that differ in a few parameters")
          .text(&P::title, setting("title", "", "a line for charts; any characters"))
          .text(&P::description, setting("description", "", "free text; any characters"))
          .text(&P::baseline, setting("baseline", "",
                                      "scenario that the others are compared with at every point; without it "
                                      "scenarios are run, not compared"))
          .texts(&P::scenarios,
                 setting("scenarios", "", "scenarios, YAML or result files, each run at every point"))
          .integer(&P::seed,
                   setting("seed", "1", "seed of all draws, of the design too", {0, 9007199254740991.0}))
          .integer(&P::replicates,
                   setting("replicates", "1", "worlds of each scenario at each point", {1, 1e6}))
          .section(&P::design, design_schema())
          .named(&P::factors, factor_schema(),
                 setting("factors", "", "parameters that vary, by a name of your choice"))
          .texts(&P::outputs, setting("outputs", "", "outputs that are kept; none named: all"))
          .integer(&P::every, setting("every", "month",
                                      "months that a value covers: flows are summed, stocks stand at the end",
                                      {1, 1200}))
          .boolean(&P::margins,
                   setting("margins", "", "true keeps outputs by region, sector ...; false their totals"));
  return schema;
}

}  // namespace ketsim
