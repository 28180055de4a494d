#include "ketsim/scenario/scenario.hpp"

#include <fmt/format.h>

#include "ketsim/scenario/catalogue.hpp"
#include "setting.hpp"

namespace ketsim {
namespace {

const Schema<Sector>& sector_schema() {
  using P = Sector;
  static const Schema<P> schema =
      Schema<P>("sector", "A sector of firms")
          .real(&P::market_weight, {.name = "market_weight",
                                    .unit = "1",
                                    .range = {0, 1},
                                    .plausible = {0.5, 1},
                                    .doc = "strength of rivalry between adopters of the sector",
                                    .source = "assumption",
                                    .grade = Grade::assumption});
  return schema;
}

const Schema<RecordFigure>& record_schema() {
  using P = RecordFigure;
  static const Schema<P> schema =
      Schema<P>("record", "A figure of the public record that reports compare with; the model never reads it")
          .real(&P::value, setting("value", "", "the figure"))
          .real(&P::low, setting("low", "", "least value that the wording allows; left out: no bound"))
          .real(&P::high, setting("high", "", "greatest value that the wording allows; left out: no bound"))
          .text(&P::unit, setting("unit", "", "unit of the figure"))
          .text(&P::source, setting("source", "", "where it stands"))
          .text(&P::doc, setting("doc", "", "what it counts"));
  return schema;
}

}  // namespace

const Schema<Scenario>& scenario_schema() {
  using P = Scenario;
  static const Schema<P> schema =
      Schema<P>("scenario", "A world and the programmes under study in it")
          .text(&P::title, setting("title", "", "a line for charts and reports; any characters"))
          .text(&P::description, setting("description", "", "free text; any characters"))
          .integer(&P::seed, setting("seed", "1", "seed of all draws", {0, 9007199254740991.0}))
          .integer(&P::replicates, setting("replicates", "1", "worlds simulated", {1, 1e6}))
          .choice(
              &P::draws, {"thresholds", "step_wise"},
              setting("draws", "",
                      "how luck is tied to time. thresholds: one threshold for each attempt at a transition, "
                      "and luck that belongs to the attempt, shared by twins in whatever month it falls; "
                      "step_wise: each month draws anew: the same law for each world, twins that share less"))
          .section(&P::time, time_schema())
          .months(&P::horizons, setting("horizons", "month", "months at whose end `compare` measures"))
          .section(&P::population, population_schema())
          .named(&P::sectors, sector_schema(), setting("sectors", "", "sectors of firms"))
          .named(&P::technologies, technology_schema(),
                 setting("technologies", "", "Key Enabling Technologies"))
          .named(&P::borders, border_schema(),
                 setting("borders", "", "frictions by pair of country codes, as DE-NL"))
          .section(&P::firms, firm_schema())
          .section(&P::network, network_schema())
          .section(&P::decisions, decision_schema())
          .section(&P::state_aid, state_aid_schema())
          .section(&P::knowledge, knowledge_schema())
          .plugins(
              &P::processes, [] { return process_catalogue().schemas(); },
              setting("processes", "", "parameters of each process; `ketsim describe schedule` lists them"))
          .named(&P::programmes, programme_schema(), setting("programmes", "", "programmes under study"))
          .named(&P::record, record_schema(),
                 setting("record", "", "public record to compare with, by name of the output"));
  return schema;
}

const Border& Scenario::border(const std::string& country, const std::string& other) const {
  static const Border none;
  if (country == other) return none;
  for (const Named<Border>& named : borders) {
    if (named.name == fmt::format("{}-{}", country, other) ||
        named.name == fmt::format("{}-{}", other, country))
      return named.value;
  }
  return none;
}

}  // namespace ketsim
