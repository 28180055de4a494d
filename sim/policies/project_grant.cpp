// Collaborative project grant: a consortium from both sides of the border develops a KET together, as in
// ROCKET.
//
// The grant pays co_funding_rate of the eligible cost of SMEs (research and large firms have their own
// rates), at most max_grant_per_sme to each SME, in arrears. What it pays is development; adoption is a later
// investment of the firm.
#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "ketsim/engine/applying_cost.hpp"
#include "ketsim/engine/process.hpp"
#include "ketsim/engine/valuation.hpp"
#include "ketsim/rng/samplers.hpp"

namespace ketsim {
namespace {

struct ProjectGrantParameters {
  double co_funding_rate = 0.60;
  double research_rate = 0.60;
  double large_rate = 0.30;
  double max_grant_per_sme = 300e3;
  std::map<std::string, double> work_package{
      {"micro", 36e3}, {"small", 67e3}, {"medium", 102e3}, {"large", 102e3}, {"research", 81e3}};
  double smes_base = 5.4;
  double smes_per_complexity = 4.0;
  std::int64_t least_smes = 2;
  std::int64_t research_partners = 2;
  std::int64_t most_large = 1;
  double months = 33.0;
  double months_spread = 0.15;
  double shortest = 24.0;
  double longest = 48.0;
  std::int64_t claim_interval = 6;
  std::int64_t payment_delay = 3;
  double cooperation_failure = 0.10;
  double technical_success = 0.70;
  double trl_gain = 2.75;
  double evidence = 4.0;
  double benefit_gain = 0.25;
  double lead_propensity = 0.22;
  double effort_lead = 12e3;
  double effort_partner = 2e3;
};

const Schema<ProjectGrantParameters>& project_grant_schema() {
  using P = ProjectGrantParameters;
  static const Schema<P> schema =
      Schema<P>("project_grant",
                "Collaborative project grant: consortia from both sides of the border develop a KET")
          .real(&P::co_funding_rate, {.name = "co_funding_rate",
                                      .unit = "1",
                                      .range = {0, 1},
                                      .plausible = {0.5, 0.6},
                                      .doc = "share of eligible cost",
                                      .source = "rocket.sme_funding_rate",
                                      .grade = Grade::measured})
          .real(&P::research_rate, {.name = "research_rate",
                                    .unit = "1",
                                    .range = {0, 1},
                                    .plausible = {0.5, 0.8},
                                    .doc = "share of the eligible cost of universities and institutes",
                                    .source = "assumption, as for SMEs",
                                    .grade = Grade::assumption})
          .real(&P::large_rate, {.name = "large_rate",
                                 .unit = "1",
                                 .range = {0, 1},
                                 .plausible = {0, 0.5},
                                 .doc = "share of the eligible cost of large firms",
                                 .source = "assumption (state-aid intensity of industrial research for large "
                                           "firms, with collaboration)",
                                 .grade = Grade::assumption})
          .real(&P::max_grant_per_sme, {.name = "max_grant_per_sme",
                                        .unit = "EUR",
                                        .range = {0, 1e9},
                                        .plausible = {100e3, 300e3},
                                        .doc = "most that one SME can get from one project",
                                        .source = "rocket.max_grant_per_sme_eur",
                                        .grade = Grade::measured})
          .reals(
              &P::work_package,
              {.name = "work_package",
               .unit = "EUR",
               .range = {0, 1e9},
               .plausible = {25e3, 300e3},
               .doc = "eligible cost of a partner's part at complexity 0.5, by kind of partner",
               .source = "fitted to rocket.budget_per_innovation_project_eur and rocket.innovation_projects",
               .grade = Grade::fitted})
          .real(&P::smes_base,
                {.name = "smes_base",
                 .unit = "1",
                 .range = {1, 50},
                 .plausible = {2, 6},
                 .doc = "SMEs that a consortium aims at, the lead included, for the simplest KET",
                 .source = "fitted to rocket.products_min, within rocket.partners_per_consortium",
                 .grade = Grade::fitted})
          .real(&P::smes_per_complexity, {.name = "smes_per_complexity",
                                          .unit = "1",
                                          .range = {0, 50},
                                          .plausible = {0, 8},
                                          .doc = "more SMEs that a KET of full complexity needs",
                                          .source = "assumption (more competences to combine)",
                                          .grade = Grade::assumption})
          .integer(&P::least_smes, {.name = "least_smes",
                                    .unit = "1",
                                    .range = {1, 50},
                                    .plausible = {2, 4},
                                    .doc = "SMEs without which a proposal is not eligible",
                                    .source = "feasibility.min_smes, applied to projects too: assumption",
                                    .grade = Grade::assumption})
          .integer(&P::research_partners, {.name = "research_partners",
                                           .unit = "1",
                                           .range = {0, 10},
                                           .plausible = {1, 3},
                                           .doc = "universities and institutes that a consortium aims at",
                                           .source = "assumption",
                                           .grade = Grade::assumption})
          .integer(&P::most_large, {.name = "most_large",
                                    .unit = "1",
                                    .range = {0, 10},
                                    .plausible = {0, 2},
                                    .doc = "large firms that a consortium takes in, as lead users",
                                    .source = "assumption",
                                    .grade = Grade::assumption})
          .real(&P::months, {.name = "months",
                             .unit = "month",
                             .range = {1, 240},
                             .plausible = {24, 48},
                             .doc = "median length of a project",
                             .source = "rocket.project_duration_years (2.75 years)",
                             .grade = Grade::measured})
          .real(&P::months_spread, {.name = "months_spread",
                                    .unit = "1",
                                    .range = {0, 2},
                                    .plausible = {0.05, 0.3},
                                    .doc = "standard deviation of the logarithm of the length",
                                    .source = "rocket.project_duration_years (range 2 to 4)",
                                    .grade = Grade::derived})
          .real(&P::shortest, {.name = "shortest",
                               .unit = "month",
                               .range = {1, 240},
                               .plausible = {12, 30},
                               .doc = "least length of a project",
                               .source = "rocket.project_duration_years (range 2 to 4)",
                               .grade = Grade::measured})
          .real(&P::longest, {.name = "longest",
                              .unit = "month",
                              .range = {1, 240},
                              .plausible = {36, 60},
                              .doc = "greatest length of a project",
                              .source = "rocket.project_duration_years (range 2 to 4)",
                              .grade = Grade::measured})
          .integer(&P::claim_interval, {.name = "claim_interval",
                                        .unit = "month",
                                        .range = {1, 60},
                                        .plausible = {3, 12},
                                        .doc = "time between claims",
                                        .source = "assumption",
                                        .grade = Grade::assumption})
          .integer(&P::payment_delay, payment_delay_declaration())
          .real(&P::cooperation_failure,
                {.name = "cooperation_failure",
                 .unit = "1",
                 .range = {0, 1},
                 .plausible = {0.06, 0.14},
                 .doc = "chance that a project fails through its partnership, without a "
                        "research partner from abroad",
                 .source = "coop.failure_share over coop.foreign_pro_penalty: nearly every "
                           "project has one, so that 14 % fail",
                 .grade = Grade::derived})
          .real(&P::technical_success,
                {.name = "technical_success",
                 .unit = "1",
                 .range = {0, 1},
                 .plausible = {0.5, 0.85},
                 .doc = "chance that an SME's part of a completed project becomes a product",
                 .source = "project.tech_success",
                 .grade = Grade::estimate})
          .real(&P::trl_gain, {.name = "trl_gain",
                               .unit = "1",
                               .range = {0, 9},
                               .plausible = {1, 4},
                               .doc = "technology readiness levels that a project climbs",
                               .source = "trl.years_per_level, project_duration",
                               .grade = Grade::estimate})
          .real(&P::evidence, {.name = "evidence",
                               .unit = "1",
                               .range = {0, 1000},
                               .plausible = {2, 8},
                               .doc = "observations of the benefit that a project is worth",
                               .source = "assumption, twice an own pilot",
                               .grade = Grade::assumption})
          .real(&P::benefit_gain, {.name = "benefit_gain",
                                   .unit = "1",
                                   .range = {0, 10},
                                   .plausible = {0, 0.5},
                                   .doc = "by which a successful project raises the benefit of the KET over "
                                          "working alone (recombination)",
                                   .source = "assumption",
                                   .grade = Grade::assumption})
          .real(&P::lead_propensity, lead_propensity_declaration("fitted to rocket.proposals_total"))
          .real(&P::effort_lead, effort_lead_declaration({5e3, 30e3}))
          .real(&P::effort_partner, effort_partner_declaration({500, 5e3}));
  return schema;
}

class ProjectGrant final : public Instrument {
 public:
  using Parameters = ProjectGrantParameters;
  explicit ProjectGrant(Parameters parameters)
      : p_(std::move(parameters)), of_research_(package_of("research")) {
    for (std::size_t s = 0; s < size_class_count; ++s) of_firms_[s] = package_of(size_class_names()[s]);
  }

  Occasion occasion() const override { return Occasion::project; }
  ProjectKind kind() const override { return ProjectKind::innovation_project; }

  ConsortiumRules rules(const Context& context, KetId ket) const override {
    const double wanted = p_.smes_base + p_.smes_per_complexity * context.geography().ket(ket).complexity;
    return {.least_smes = static_cast<int>(p_.least_smes),
            .wanted_smes = static_cast<int>(std::lround(wanted)),
            .wanted_research = static_cast<int>(p_.research_partners),
            .least_research = p_.research_partners > 0 ? 1 : 0,
            .most_large = static_cast<int>(p_.most_large),
            .each_side = true};
  }

  Offer offer(const Context& context, FirmId firm, KetId ket) const override {
    const double cost = part_of(context, actor(firm), ket);
    const double grant = grant_on(context.world, actor(firm), cost);
    // Unpaid at a time: the costs of a claim's interval and of the delay until it is paid.
    const auto months_unpaid = static_cast<double>(p_.claim_interval + p_.payment_delay);
    const double prefinancing = std::min(1.0, months_unpaid / p_.months) * grant + 0.25 * (cost - grant);
    return {.own_cost = cost - grant,
            .grant = grant,
            .prefinancing = prefinancing,
            .effort_lead = p_.effort_lead,
            .effort_partner = p_.effort_partner,
            .months = p_.months,
            .evidence = p_.evidence,
            .success_chance = (1.0 - p_.cooperation_failure) * p_.technical_success,
            .benefit_gain = p_.benefit_gain,
            .lead_propensity = p_.lead_propensity};
  }

  void set_budget(const Context& context, Proposal& proposal) const override {
    for (Member& member : proposal.members) {
      const double cost = part_of(context, member.actor, proposal.ket);
      member.cost = to_money(cost);
      member.grant = to_money(grant_on(context.world, member.actor, cost));
    }
  }

  ProjectTerms terms(const Context& context, const Proposal& proposal) const override {
    const World& world = context.world;
    const StableKey key = world.firms.key[proposal.lead] ^ context.policy(proposal.policy).key;
    Stream draw = world.randomness.stream(Purpose::project_duration, key, world.event_code(proposal));
    const double months = std::clamp(lognormal(draw, p_.months, p_.months_spread), p_.shortest,
                                     std::max(p_.shortest, p_.longest));
    return {.months = static_cast<int>(std::lround(months)),
            .claim_interval = static_cast<int>(p_.claim_interval),
            .payment_delay = static_cast<int>(p_.payment_delay),
            .cooperation_failure = p_.cooperation_failure,
            .technical_success = p_.technical_success,
            .evidence = p_.evidence,
            .benefit_gain = p_.benefit_gain,
            .trl_gain = p_.trl_gain,
            .brings_products = true};
  }

 private:
  // Eligible cost of one partner's part [EUR]: more for a more complex KET.
  double part_of(const Context& context, Actor who, KetId ket) const {
    const double package = who.kind == ActorKind::firm
                               ? of_firms_[static_cast<std::size_t>(context.world.firms.size[who.firm()])]
                               : of_research_;
    return package * (0.5 + context.geography().ket(ket).complexity);
  }

  [[nodiscard]] double package_of(const std::string& kind) const {
    const auto found = p_.work_package.find(kind);
    return found == p_.work_package.end() ? 0.0 : found->second;
  }

  double grant_on(const World& world, Actor who, double cost) const {
    if (who.kind != ActorKind::firm) return p_.research_rate * cost;
    if (world.firms.size[who.firm()] == SizeClass::large) return p_.large_rate * cost;
    return std::min(p_.co_funding_rate * cost, p_.max_grant_per_sme);
  }

  ProjectGrantParameters p_;
  std::array<double, size_class_count> of_firms_{};  //!< work package by size class [EUR]
  double of_research_;                               //!< the same of an institute [EUR]
};

const RegisterInstrument<ProjectGrant> registered{project_grant_schema()};

}  // namespace
}  // namespace ketsim
