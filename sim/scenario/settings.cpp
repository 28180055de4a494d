// Declarations of the settings: unit, valid range, plausible range, meaning, source and grade of each.
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

const Schema<FirmSettings>& firm_schema() {
  using P = FirmSettings;
  static const Schema<P> schema =
      Schema<P>("firms", "Traits and finances of firms")
          .real(&P::margin_per_employee, {.name = "margin_per_employee",
                                          .unit = "EUR/yr",
                                          .range = {0, 1e6},
                                          .plausible = {4000, 12000},
                                          .doc = "median operating margin per employee",
                                          .source = "assumption",
                                          .grade = Grade::assumption})
          .real(&P::margin_spread, {.name = "margin_spread",
                                    .unit = "1",
                                    .range = {0, 3},
                                    .plausible = {0.3, 0.8},
                                    .doc = "standard deviation of the logarithm of the margin",
                                    .source = "assumption",
                                    .grade = Grade::assumption})
          .real(&P::cash_per_employee,
                {.name = "cash_per_employee",
                 .unit = "EUR",
                 .range = {0, 1e7},
                 .plausible = {3000, 12000},
                 .doc = "median liquid assets per employee that are free for innovation",
                 .source = "assumption",
                 .grade = Grade::assumption})
          .real(&P::cash_spread, {.name = "cash_spread",
                                  .unit = "1",
                                  .range = {0, 3},
                                  .plausible = {0.5, 1.5},
                                  .doc = "standard deviation of the logarithm of liquid assets",
                                  .source = "assumption",
                                  .grade = Grade::assumption})
          .real(&P::shock_spread,
                {.name = "shock_spread",
                 .unit = "1",
                 .range = {0, 3},
                 .plausible = {0.1, 0.5},
                 .doc = "standard deviation of the logarithm of a year's shock to the margin",
                 .source = "assumption",
                 .grade = Grade::assumption})
          .real(&P::payout_rate, {.name = "payout_rate",
                                  .unit = "1/yr",
                                  .range = {0, 12},
                                  .plausible = {0.2, 1.0},
                                  .doc = "share of the cash above its usual level that owners take",
                                  .source = "assumption",
                                  .grade = Grade::assumption})
          .real(&P::risk_aversion, {.name = "risk_aversion",
                                    .unit = "1",
                                    .range = {0, 100},
                                    .plausible = {0.5, 4},
                                    .doc = "median coefficient of relative risk aversion",
                                    .source = "assumption (range usual in economics)",
                                    .grade = Grade::assumption})
          .real(&P::risk_aversion_spread, {.name = "risk_aversion_spread",
                                           .unit = "1",
                                           .range = {0, 3},
                                           .plausible = {0.2, 0.8},
                                           .doc = "standard deviation of the logarithm of risk aversion",
                                           .source = "assumption",
                                           .grade = Grade::assumption})
          .real(&P::affinity_spread,
                {.name = "affinity_spread",
                 .unit = "1",
                 .range = {0, 3},
                 .plausible = {0.3, 0.9},
                 .doc = "standard deviation of the logarithm of the fit of a KET to a firm",
                 .source = "assumption",
                 .grade = Grade::assumption})
          .real(&P::language_ability,
                {.name = "language_ability",
                 .unit = "1",
                 .range = {0, 1},
                 .plausible = {0.2, 0.6},
                 .doc = "mean share of the language barrier that a firm's own staff overcomes",
                 .source = "assumption",
                 .grade = Grade::assumption})
          .real(&P::size_exponent,
                {.name = "size_exponent",
                 .unit = "1",
                 .range = {0.1, 5},
                 .plausible = {0.91, 1.08},
                 .doc = "exponent of the bounded Pareto law of employees inside a size class",
                 .source = "size.pareto_alpha",
                 .grade = Grade::derived})
          .reals(&P::initial_adopters,
                 {.name = "initial_adopters",
                  .unit = "1",
                  .range = {0, 1},
                  .plausible = {0, 0.3},
                  .doc = "share of firms that use a KET at the start, by size class",
                  .source = "ket.adoption_init_micro, _small, _medium; large: assumption",
                  .grade = Grade::estimate})
          .real(&P::initial_aware,
                {.name = "initial_aware",
                 .unit = "1",
                 .range = {0, 1},
                 .plausible = {0.1, 0.4},
                 .doc = "share of the other pairs of firm and KET that are aware at the start",
                 .source = "assumption",
                 .grade = Grade::assumption})
          .real(&P::initial_interested, {.name = "initial_interested",
                                         .unit = "1",
                                         .range = {0, 1},
                                         .plausible = {0.1, 0.4},
                                         .doc = "share of the pairs aware at the start that are interested",
                                         .source = "assumption (near the share that the model settles at)",
                                         .grade = Grade::assumption})
          .real(&P::initial_piloting, {.name = "initial_piloting",
                                       .unit = "1",
                                       .range = {0, 1},
                                       .plausible = {0, 0.1},
                                       .doc = "share of the pairs aware at the start that are piloting",
                                       .source = "assumption (near the share that the model settles at)",
                                       .grade = Grade::assumption});
  return schema;
}

const Schema<NetworkSettings>& network_schema() {
  using P = NetworkSettings;
  static const Schema<P> schema =
      Schema<P>("network", "Ties that organisations start with")
          .real(&P::mean_degree, {.name = "mean_degree",
                                  .unit = "1",
                                  .range = {0, 200},
                                  .plausible = {4, 12},
                                  .doc = "mean number of ties to other firms",
                                  .source = "assumption",
                                  .grade = Grade::assumption})
          .real(&P::degree_spread,
                {.name = "degree_spread",
                 .unit = "1",
                 .range = {0, 3},
                 .plausible = {0.4, 1.2},
                 .doc = "standard deviation of the logarithm of a firm's sociability (heavy-tailed degrees)",
                 .source = "assumption",
                 .grade = Grade::assumption})
          .real(&P::distance_elasticity, {.name = "distance_elasticity",
                                          .unit = "1",
                                          .range = {-5, 0},
                                          .plausible = {-1.0, -0.3},
                                          .doc = "elasticity of the intensity of ties in distance",
                                          .source = "border.distance_elasticity",
                                          .grade = Grade::estimate})
          .real(&P::sector_homophily, {.name = "sector_homophily",
                                       .unit = "1",
                                       .range = {0, 1},
                                       .plausible = {0.4, 0.9},
                                       .doc = "share of ties sought inside the own sector",
                                       .source = "assumption",
                                       .grade = Grade::assumption})
          .real(&P::border_factor,
                {.name = "border_factor",
                 .unit = "1",
                 .range = {0, 1},
                 .plausible = {0.2, 0.8},
                 .doc = "ties across a border of full friction over those that gravity predicts",
                 .source = "assumption (acquaintance is hindered less than cooperation, for which border.* "
                           "are targets)",
                 .grade = Grade::assumption})
          .real(&P::mixing, {.name = "mixing",
                             .unit = "1",
                             .range = {0, 1},
                             .plausible = {0, 0.2},
                             .doc = "weight of the whole population, against own contacts, in peer influence",
                             .source = "assumption (1 in the limit of complete mixing)",
                             .grade = Grade::assumption})
          .real(&P::research_tie_share,
                {.name = "research_tie_share",
                 .unit = "1",
                 .range = {0, 1},
                 .plausible = {0.03, 0.12},
                 .doc = "share of firms that start with a tie to a university or institute",
                 .source = "coop.smes_with_university_share",
                 .grade = Grade::estimate})
          .real(&P::advice_tie_share, {.name = "advice_tie_share",
                                       .unit = "1",
                                       .range = {0, 1},
                                       .plausible = {0.1, 0.4},
                                       .doc = "share of firms that start as clients of an intermediary",
                                       .source = "assumption",
                                       .grade = Grade::assumption});
  return schema;
}

const Schema<DecisionSettings>& decision_schema() {
  using P = DecisionSettings;
  static const Schema<P> schema =
      Schema<P>("decisions", "How future money, risk and effort are weighed in every decision")
          .real(&P::discount_rate, {.name = "discount_rate",
                                    .unit = "1/yr",
                                    .range = {0, 1},
                                    .plausible = {0.05, 0.15},
                                    .doc = "rate at which firms discount",
                                    .source = "assumption",
                                    .grade = Grade::assumption})
          .real(&P::benefit_years, {.name = "benefit_years",
                                    .unit = "yr",
                                    .range = {0, 50},
                                    .plausible = {4, 10},
                                    .doc = "years for which a benefit is counted",
                                    .source = "assumption",
                                    .grade = Grade::assumption})
          .real(&P::own_funds_share,
                {.name = "own_funds_share",
                 .unit = "1",
                 .range = {0, 1},
                 .plausible = {0.25, 1.0},
                 .doc = "share of an investment that must come from own cash; the bank lends the rest",
                 .source = "assumption",
                 .grade = Grade::assumption})
          .real(&P::hurdle, {.name = "hurdle",
                             .unit = "1",
                             .range = {0, 5},
                             .plausible = {0, 0.2},
                             .doc = "certainty equivalent over cost from which a firm invests",
                             .source = "assumption",
                             .grade = Grade::assumption})
          .real(&P::success_floor, {.name = "success_floor",
                                    .unit = "1",
                                    .range = {0, 1},
                                    .plausible = {0.1, 0.4},
                                    .doc = "chance of technical success without any knowledge",
                                    .source = "assumption",
                                    .grade = Grade::assumption})
          .real(&P::success_ceiling, {.name = "success_ceiling",
                                      .unit = "1",
                                      .range = {0, 1},
                                      .plausible = {0.8, 1.0},
                                      .doc = "chance of technical success with all the knowledge needed",
                                      .source = "assumption",
                                      .grade = Grade::assumption})
          .real(&P::rivalry, {.name = "rivalry",
                              .unit = "1",
                              .range = {0, 1},
                              .plausible = {0.1, 0.6},
                              .doc = "fall of the benefit of a KET when every rival has adopted it",
                              .source = "assumption",
                              .grade = Grade::assumption})
          .real(&P::business_stealing,
                {.name = "business_stealing",
                 .unit = "1",
                 .range = {0, 1},
                 .plausible = {0, 0.2},
                 .doc = "fall of the margin of a non-adopter when every rival has adopted",
                 .source = "assumption",
                 .grade = Grade::assumption})
          .real(&P::pilot_share, {.name = "pilot_share",
                                  .unit = "1",
                                  .range = {0, 1},
                                  .plausible = {0.05, 0.3},
                                  .doc = "cost of an own pilot over the cost of adoption",
                                  .source = "assumption",
                                  .grade = Grade::assumption})
          .real(&P::pilot_months, {.name = "pilot_months",
                                   .unit = "month",
                                   .range = {0, 120},
                                   .plausible = {3, 18},
                                   .doc = "length of an own pilot; 0: done at once",
                                   .source = "assumption",
                                   .grade = Grade::assumption})
          .real(&P::pilot_evidence, {.name = "pilot_evidence",
                                     .unit = "1",
                                     .range = {0, 1000},
                                     .plausible = {1, 5},
                                     .doc = "observations of the benefit that an own pilot is worth",
                                     .source = "assumption",
                                     .grade = Grade::assumption})
          .real(&P::prior_wins, {.name = "prior_wins",
                                 .unit = "1",
                                 .range = {0, 1000},
                                 .plausible = {0.5, 4},
                                 .doc = "awards in the prior belief (Beta distribution)",
                                 .source = "assumption",
                                 .grade = Grade::assumption})
          .real(&P::prior_losses, {.name = "prior_losses",
                                   .unit = "1",
                                   .range = {0, 1000},
                                   .plausible = {0.5, 6},
                                   .doc = "rejections in the prior belief (Beta distribution)",
                                   .source = "assumption",
                                   .grade = Grade::assumption})
          .integer(&P::most_engagements, {.name = "most_engagements",
                                          .unit = "1",
                                          .range = {0, 50},
                                          .plausible = {1, 3},
                                          .doc = "proposals and projects that a firm attends to at once",
                                          .source = "assumption",
                                          .grade = Grade::assumption});
  return schema;
}

}  // namespace ketsim
