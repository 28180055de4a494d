#include "ketsim/scenario/programme.hpp"

#include "ketsim/scenario/catalogue.hpp"
#include "setting.hpp"

namespace ketsim {
namespace {

const Schema<Target>& target_schema() {
  using P = Target;
  static const Schema<P> schema =
      Schema<P>("target", "Whom the policy is for; an empty list means everyone")
          .texts(&P::countries, setting("countries", "", "country codes"))
          .texts(&P::sectors, setting("sectors", "", "names of sectors"))
          .texts(&P::size_classes, setting("size_classes", "",
                                           "size classes of the firms served, or of the leads of proposals"))
          .texts(&P::kets, setting("kets", "", "names of technologies"))
          .boolean(&P::closed,
                   setting("closed", "",
                           "only clients of the programme's partners can lead (pre-approved pioneers)"));
  return schema;
}

const Schema<Window>& window_schema() {
  using P = Window;
  static const Schema<P> schema =
      Schema<P>("window", "When the policy acts; months left out are the programme's")
          .month(&P::announced, setting("announced", "month", "month from which firms can prepare proposals"))
          .month(&P::start, setting("start", "month", "first month"))
          .month(&P::end, setting("end", "month", "first month after the window"))
          .months(&P::calls, setting("calls", "month", "closing months of calls; none: open throughout"));
  return schema;
}

const Schema<Allocation>& allocation_schema() {
  using P = Allocation;
  static const Schema<P> schema =
      Schema<P>("allocation", "How proposals are chosen")
          .choice(&P::rule, {"ranked", "lottery", "first_come", "entitlement"},
                  setting("rule", "",
                          "ranked: best scores first; lottery: by lot above the threshold; first_come: in "
                          "order of arrival; entitlement: everyone eligible"))
          .real(&P::threshold, {.name = "threshold",
                                .unit = "1",
                                .range = {0, 1},
                                .plausible = {0, 0.7},
                                .doc = "least score that can be funded",
                                .source = "assumption",
                                .grade = Grade::assumption})
          .real(&P::jury_reliability,
                {.name = "jury_reliability",
                 .unit = "1",
                 .range = {0, 1},
                 .plausible = {0.2, 0.8},
                 .doc = "share of the variance of scores that is quality, the rest is noise",
                 .source = "assumption (low agreement of reviewers in the literature)",
                 .grade = Grade::assumption})
          .integer(&P::decision_months, {.name = "decision_months",
                                         .unit = "month",
                                         .range = {0, 60},
                                         .plausible = {2, 12},
                                         .doc = "time from closing, or from submission where the policy is "
                                                "open throughout, to the decision",
                                         .source = "rocket.decision_time_months",
                                         .grade = Grade::measured})
          .real(&P::newcomer_quota, {.name = "newcomer_quota",
                                     .unit = "1",
                                     .range = {0, 1},
                                     .plausible = {0, 0.5},
                                     .doc = "share of the money kept for leads that have had no award so far",
                                     .source = "setting",
                                     .grade = Grade::setting});
  return schema;
}

const Schema<Policy>& policy_schema() {
  using P = Policy;
  static const Schema<P> schema =
      Schema<P>("policy", "One policy of a programme")
          .text(&P::instrument,
                setting("instrument", "",
                        "what an award or act of the policy does; `ketsim describe instruments` lists them"),
                true)
          .section(&P::target, target_schema())
          .section(&P::window, window_schema())
          .real(&P::share, {.name = "share",
                            .unit = "1",
                            .range = {0, 1},
                            .plausible = {},
                            .doc = "share of the programme's budget",
                            .source = "setting",
                            .grade = Grade::setting})
          .section(&P::allocation, allocation_schema())
          .plugin(
              &P::params, [](const P& policy) { return instrument_catalogue().find(policy.instrument); },
              setting("params", "", "parameters of the instrument"));
  return schema;
}

}  // namespace

const Schema<Programme>& programme_schema() {
  using P = Programme;
  static const Schema<P> schema =
      Schema<P>("programme", "A programme: one budget, one window, several policies")
          .text(&P::owner, setting("owner", "", "who answers for the programme"))
          .real(&P::budget, {.name = "budget",
                             .unit = "EUR",
                             .range = {0, 1e12},
                             .plausible = {},
                             .doc = "public money of the programme",
                             .source = "setting",
                             .grade = Grade::setting})
          .month(&P::start, setting("start", "month", "first month"))
          .month(&P::end, setting("end", "month", "first month after the programme"))
          .real(&P::management_share, {.name = "management_share",
                                       .unit = "1",
                                       .range = {0, 1},
                                       .plausible = {0.05, 0.15},
                                       .doc = "share of the budget for management, spent evenly",
                                       .source = "rocket.budget_per_innovation_project_eur (about 10 %)",
                                       .grade = Grade::estimate})
          .real(&P::known_share,
                {.name = "known_share",
                 .unit = "1",
                 .range = {0, 1},
                 .plausible = {0, 1},
                 .doc = "share of firms that know the programme from its announcement on, as they know "
                        "a standing national scheme",
                 .source = "setting",
                 .grade = Grade::setting})
          .texts(&P::partners, setting("partners", "", "ids of the organisations that run it"))
          .named(&P::policies, policy_schema(), setting("policies", "", "policies that draw on the budget"));
  return schema;
}

}  // namespace ketsim
