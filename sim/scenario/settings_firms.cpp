// Declarations of the settings of firms and of their networks: unit, valid range, plausible range, meaning,
// source and grade of each.
#include "ketsim/scenario/settings.hpp"

namespace ketsim {

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
      Schema<P>("network", "Ties that organisations start with and seek later")
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
          .real(&P::least_closeness, {.name = "least_closeness",
                                      .unit = "1",
                                      .range = {0, 1},
                                      .plausible = {0.1, 0.6},
                                      .doc = "closeness of two peers, what a tie carries, is uniform between "
                                             "this and 1",
                                      .source = "assumption",
                                      .grade = Grade::assumption})
          .real(&P::turnover,
                {.name = "turnover",
                 .unit = "1/yr",
                 .range = {0, 1},
                 .plausible = {0.05, 0.3},
                 .doc = "chance that a firm seeks a tie anew within a year; 0: ties are for life",
                 .source = "assumption",
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
                                       .grade = Grade::assumption})
          .boolean(&P::per_replicate, {.name = "per_replicate",
                                       .unit = "",
                                       .doc = "false: all replicates share the graph of peers of the first, "
                                              "which saves building the others",
                                       .source = "setting",
                                       .grade = Grade::setting});
  return schema;
}

}  // namespace ketsim
