// Declarations of the settings of decisions: unit, valid range, plausible range, meaning, source and grade of
// each.
#include "ketsim/scenario/settings.hpp"

namespace ketsim {

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
          .real(&P::nearby_evidence,
                {.name = "nearby_evidence",
                 .unit = "1",
                 .range = {0, 1000},
                 .plausible = {0, 6},
                 .doc = "observations of the benefit that adopters nearby are worth when every firm of the "
                        "region uses the KET",
                 .source = "assumption, an own pilot",
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
                                          .grade = Grade::assumption})
          .real(&P::bank_rate, {.name = "bank_rate",
                                .unit = "1/yr",
                                .range = {0, 1},
                                .plausible = {0.02, 0.08},
                                .doc = "interest on bank loans, against which supported loans are measured",
                                .source = "assumption",
                                .grade = Grade::assumption})
          .real(&P::loan_years, {.name = "loan_years",
                                 .unit = "yr",
                                 .range = {0.1, 50},
                                 .plausible = {4, 10},
                                 .doc = "time over which bank loans are paid back",
                                 .source = "assumption",
                                 .grade = Grade::assumption});
  return schema;
}

const Schema<StateAidSettings>& state_aid_schema() {
  using P = StateAidSettings;
  const auto share = [](const char* name, const char* doc, const char* source) {
    return Declaration{.name = name,
                       .unit = "1",
                       .range = {0, 1},
                       .plausible = {},
                       .doc = doc,
                       .source = source,
                       .grade = Grade::measured};
  };
  static const Schema<P> schema =
      Schema<P>("state_aid",
                "Ceilings of state aid, as shares of eligible cost, for all awards to one piece of work")
          .real(&P::research,
                share("research", "industrial research", "Regulation (EU) 651/2014, article 25 (5) b"))
          .real(&P::development, share("development", "experimental development",
                                       "Regulation (EU) 651/2014, article 25 (5) c"))
          .real(&P::feasibility, share("feasibility", "feasibility studies, and advice on innovation",
                                       "Regulation (EU) 651/2014, articles 25 (5) d and 28 (3)"))
          .real(&P::investment, share("investment", "investment, before the bonus of size",
                                      "Regulation (EU) 651/2014, article 17 (6)"))
          .real(&P::medium_bonus, share("medium_bonus", "more for medium firms",
                                        "Regulation (EU) 651/2014, articles 17 (6) and 25 (6) a"))
          .real(&P::small_bonus, share("small_bonus", "more for micro and small firms",
                                       "Regulation (EU) 651/2014, articles 17 (6) and 25 (6) a"))
          .real(&P::collaboration_bonus,
                share("collaboration_bonus", "more for research and development with partners",
                      "Regulation (EU) 651/2014, article 25 (6) b"))
          .real(&P::most, share("most", "whatever the bonuses", "Regulation (EU) 651/2014, article 25 (6)"));
  return schema;
}

const Schema<Knowledge>& knowledge_schema() {
  using P = Knowledge;
  static const Schema<P> schema =
      Schema<P>("knowledge", "How well actors take up what others know")
          .real(&P::best_distance,
                {.name = "best_distance",
                 .unit = "1",
                 .range = {0.01, 1},
                 .plausible = {0.15, 0.5},
                 .doc = "cognitive distance at which partners learn most from each other (an inverted U)",
                 .source = "assumption, shape after Nooteboom et al. 2007",
                 .grade = Grade::assumption})
          .real(&P::absorption_base, {.name = "absorption_base",
                                      .unit = "1",
                                      .range = {0, 1},
                                      .plausible = {0.15, 0.35},
                                      .doc = "absorptive capacity of one person without prior knowledge",
                                      .source = "assumption",
                                      .grade = Grade::assumption})
          .real(&P::absorption_size,
                {.name = "absorption_size",
                 .unit = "1",
                 .range = {0, 1},
                 .plausible = {0.04, 0.12},
                 .doc = "rise of absorptive capacity with the natural logarithm of employees",
                 .source = "assumption: 0.25 for one person to 0.8 for 1,000",
                 .grade = Grade::assumption})
          .real(&P::absorption_prior,
                {.name = "absorption_prior",
                 .unit = "1",
                 .range = {0, 10},
                 .plausible = {0, 1},
                 .doc = "share by which full prior knowledge of all KETs raises absorptive capacity",
                 .source = "assumption, direction: Cohen and Levinthal 1990",
                 .grade = Grade::assumption});
  return schema;
}

}  // namespace ketsim
