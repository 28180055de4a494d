// Declarations of time, population, technologies and borders: unit, valid range, plausible range, meaning,
// source and grade of each.
#include "ketsim/scenario/settings.hpp"

namespace ketsim {

const Schema<TimeSettings>& time_schema() {
  using P = TimeSettings;
  static const Schema<P> schema = Schema<P>("time", "The months simulated")
                                      .month(&P::start, {.name = "start",
                                                         .unit = "month",
                                                         .doc = "first month simulated",
                                                         .source = "setting",
                                                         .grade = Grade::setting})
                                      .month(&P::end, {.name = "end",
                                                       .unit = "month",
                                                       .doc = "last month simulated",
                                                       .source = "setting",
                                                       .grade = Grade::setting});
  return schema;
}

const Schema<PopulationSettings>& population_schema() {
  using P = PopulationSettings;
  static const Schema<P> schema =
      Schema<P>("population", "Which firms, universities and intermediaries become agents")
          .text(&P::regions_file,
                {.name = "regions_file",
                 .unit = "",
                 .doc = "CSV of regions, relative to the file that names it",
                 .source = "setting",
                 .grade = Grade::setting},
                true)
          .text(&P::organisations_file,
                {.name = "organisations_file",
                 .unit = "",
                 .doc = "CSV of universities, institutes and intermediaries",
                 .source = "setting",
                 .grade = Grade::setting},
                true)
          .text(
              &P::firms_file,
              {.name = "firms_file",
               .unit = "",
               .doc = "CSV of firms, to simulate these instead of firms made from the counts of the regions",
               .source = "setting",
               .grade = Grade::setting})
          .text(&P::ties_file,
                {.name = "ties_file",
                 .unit = "",
                 .doc = "CSV of ties between the firms of firms_file, or between firms by their number, in place of "
                        "those that they would seek",
                 .source = "setting",
                 .grade = Grade::setting})
          .choice(&P::scope, {"core", "area", "sectors", "enterprises"},
                  {.name = "scope",
                   .unit = "",
                   .doc = "core: KET candidates of the regions marked `core`; area: of those marked "
                          "`programme_area`; "
                          "sectors: every firm of the sectors there; enterprises: every firm there",
                   .source = "setting",
                   .grade = Grade::setting})
          .integer(&P::agents,
                   {.name = "agents",
                    .unit = "1",
                    .range = {0, 4e9},
                    .doc = "firms in all, shares of regions, sectors and size classes kept; 0: as counted",
                    .source = "setting",
                    .grade = Grade::setting})
          .reals(&P::large_firm_share,
                 {.name = "large_firm_share",
                  .unit = "1",
                  .range = {0, 1},
                  .plausible = {0, 0.5},
                  .doc = "share of a region's large firms that belong to the sector",
                  .source = "firms.de_medium_mfg_share (note: large 37 %); others assumption",
                  .grade = Grade::estimate})
          .reals(
              &P::candidate_share,
              {.name = "candidate_share",
               .unit = "1",
               .range = {0, 1},
               .plausible = {0.02, 0.5},
               .doc =
                   "KET candidates among the firms of the sectors, by size class (large: as medium): splits "
                   "a region's candidates among sectors and size classes",
               .source = "scenarios/data/README.md: how ket_candidate_sme was estimated",
               .grade = Grade::estimate});
  return schema;
}

const Schema<Technology>& technology_schema() {
  using P = Technology;
  static const Schema<P> schema =
      Schema<P>("technology", "A Key Enabling Technology")
          .real(&P::complexity, {.name = "complexity",
                                 .unit = "1",
                                 .range = {0, 1},
                                 .plausible = {0.3, 0.8},
                                 .doc = "knowledge needed to master the technology, relative to its frontier",
                                 .source = "assumption",
                                 .grade = Grade::assumption})
          .reals(&P::cost,
                 {.name = "cost",
                  .unit = "EUR",
                  .range = {0, 1e9},
                  .plausible = {25e3, 1.5e6},
                  .doc = "investment to adopt, by size class",
                  .source = "ket.cost_micro_eur, ket.cost_small_eur, ket.cost_medium_eur; large: assumption",
                  .grade = Grade::estimate})
          .real(&P::benefit_share,
                {.name = "benefit_share",
                 .unit = "1/yr",
                 .range = {0, 10},
                 .plausible = {0.2, 0.4},
                 .doc = "yearly benefit over the cost of adoption, at relevance and affinity 1",
                 .source = "assumption (payback of about three years)",
                 .grade = Grade::assumption})
          .real(&P::uncertainty,
                {.name = "uncertainty",
                 .unit = "1",
                 .range = {0, 10},
                 .plausible = {0.3, 1.0},
                 .doc = "standard deviation of the benefit over its mean, before any evidence",
                 .source = "assumption",
                 .grade = Grade::assumption})
          .real(&P::frontier_growth, {.name = "frontier_growth",
                                      .unit = "1/yr",
                                      .range = {0, 1},
                                      .plausible = {0.02, 0.12},
                                      .doc = "by which knowledge that stands still loses value",
                                      .source = "assumption",
                                      .grade = Grade::assumption})
          .real(&P::cost_decline, {.name = "cost_decline",
                                   .unit = "1/yr",
                                   .range = {0, 0.5},
                                   .plausible = {0.0, 0.05},
                                   .doc = "fall of cost through learning in the whole world",
                                   .source = "assumption",
                                   .grade = Grade::assumption})
          .reals(&P::relevance, {.name = "relevance",
                                 .unit = "1",
                                 .range = {0, 1},
                                 .plausible = {0.2, 1.0},
                                 .doc = "relevance to each sector; a sector without one has 0",
                                 .source = "assumption (applications that ROCKET names)",
                                 .grade = Grade::assumption});
  return schema;
}

const Schema<Border>& border_schema() {
  using P = Border;
  static const Schema<P> schema =
      Schema<P>("border", "Frictions between two countries: 0 none, 1 the full barrier")
          .real(&P::language, {.name = "language",
                               .unit = "1",
                               .range = {0, 1},
                               .plausible = {0.3, 0.7},
                               .doc = "damps talk and the initiation of cooperation",
                               .source = "border.language_factor is its target in the emergent world",
                               .grade = Grade::assumption})
          .real(&P::culture, {.name = "culture",
                              .unit = "1",
                              .range = {0, 1},
                              .plausible = {0.1, 0.5},
                              .doc = "damps trust: selection of partners, transfer of knowledge",
                              .source = "border.extra_national_factor is its target in the emergent world",
                              .grade = Grade::assumption})
          .real(&P::legislation,
                {.name = "legislation",
                 .unit = "1",
                 .range = {0, 1},
                 .plausible = {0.1, 0.5},
                 .doc = "damps the setting up of joint work",
                 .source = "border.extra_national_factor is its target in the emergent world",
                 .grade = Grade::assumption});
  return schema;
}

}  // namespace ketsim
