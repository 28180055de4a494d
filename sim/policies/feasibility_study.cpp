// Feasibility study: two or more SMEs from both sides of the border find out, in half a year, whether a KET
// can do what they need. It yields evidence, no product: "the time and partners it takes to find out what a
// technology can do".
#include <algorithm>

#include "ketsim/engine/applying_cost.hpp"
#include "ketsim/engine/process.hpp"

namespace ketsim {
namespace {

struct FeasibilityStudyParameters {
  double co_funding_rate = 0.60;
  double max_grant = 25e3;
  double cost_per_sme = 18e3;
  std::int64_t least_smes = 2;
  std::int64_t wanted_smes = 2;
  std::int64_t months = 6;
  std::int64_t payment_delay = 3;
  double cooperation_failure = 0.05;
  double success_chance = 0.7;
  double evidence = 2.0;
  double lead_propensity = 0.1;
  double effort_lead = 2e3;
  double effort_partner = 500.0;
};

const Schema<FeasibilityStudyParameters>& feasibility_study_schema() {
  using P = FeasibilityStudyParameters;
  static const Schema<P> schema =
      Schema<P>("feasibility_study",
                "Feasibility study: SMEs from both sides find out what a KET can do for them")
          .real(&P::co_funding_rate, {.name = "co_funding_rate",
                                      .unit = "1",
                                      .range = {0, 1},
                                      .plausible = {0.5, 0.7},
                                      .doc = "share of eligible cost",
                                      .source = "rocket.sme_funding_rate",
                                      .grade = Grade::measured})
          .real(&P::max_grant, {.name = "max_grant",
                                .unit = "EUR",
                                .range = {0, 1e8},
                                .plausible = {15e3, 50e3},
                                .doc = "most that one study can get",
                                .source = "feasibility.cap_eur_interreg6",
                                .grade = Grade::measured})
          .real(&P::cost_per_sme, {.name = "cost_per_sme",
                                   .unit = "EUR",
                                   .range = {0, 1e8},
                                   .plausible = {10e3, 30e3},
                                   .doc = "eligible cost of each SME's part",
                                   .source = "assumption, from the cap on two SMEs",
                                   .grade = Grade::assumption})
          .integer(&P::least_smes, {.name = "least_smes",
                                    .unit = "1",
                                    .range = {1, 50},
                                    .plausible = {2, 3},
                                    .doc = "SMEs without which a proposal is not eligible",
                                    .source = "feasibility.min_smes",
                                    .grade = Grade::measured})
          .integer(&P::wanted_smes, {.name = "wanted_smes",
                                     .unit = "1",
                                     .range = {1, 50},
                                     .plausible = {2, 4},
                                     .doc = "SMEs that a study aims at",
                                     .source = "feasibility.min_smes",
                                     .grade = Grade::measured})
          .integer(&P::months, {.name = "months",
                                .unit = "month",
                                .range = {1, 60},
                                .plausible = {3, 12},
                                .doc = "length of a study",
                                .source = "ket4cp.grant_eur (up to 6 months)",
                                .grade = Grade::measured})
          .integer(&P::payment_delay, payment_delay_declaration())
          .real(&P::cooperation_failure, {.name = "cooperation_failure",
                                          .unit = "1",
                                          .range = {0, 1},
                                          .plausible = {0, 0.14},
                                          .doc = "chance that a study fails through its partnership",
                                          .source = "assumption, below coop.failure_share for being short",
                                          .grade = Grade::assumption})
          .real(&P::success_chance, {.name = "success_chance",
                                     .unit = "1",
                                     .range = {0, 1},
                                     .plausible = {0.5, 0.85},
                                     .doc = "chance that it finds the KET feasible for an SME",
                                     .source = "assumption, as project.tech_success",
                                     .grade = Grade::assumption})
          .real(&P::evidence, {.name = "evidence",
                               .unit = "1",
                               .range = {0, 1000},
                               .plausible = {1, 4},
                               .doc = "observations of the benefit that a study is worth",
                               .source = "assumption, as an own pilot",
                               .grade = Grade::assumption})
          .real(&P::lead_propensity, lead_propensity_declaration("fitted to rocket.feasibility_studies"))
          .real(&P::effort_lead, effort_lead_declaration({500, 5e3}))
          .real(&P::effort_partner, effort_partner_declaration({100, 2e3}));
  return schema;
}

class FeasibilityStudy final : public Instrument {
 public:
  using Parameters = FeasibilityStudyParameters;
  explicit FeasibilityStudy(const Parameters& parameters) : p_(parameters) {}

  Occasion occasion() const override { return Occasion::project; }
  ProjectKind kind() const override { return ProjectKind::feasibility_study; }
  AidCategory aid_category() const override { return AidCategory::feasibility; }

  ConsortiumRules rules(const Context&, KetId) const override {
    return {.least_smes = static_cast<int>(p_.least_smes),
            .wanted_smes = static_cast<int>(p_.wanted_smes),
            .each_side = true};
  }

  Offer offer(const Context&, FirmId, KetId) const override {
    const double grant = grant_per_sme(static_cast<double>(p_.wanted_smes));
    return {.own_cost = p_.cost_per_sme - grant,
            .grant = grant,
            .prefinancing = p_.cost_per_sme,
            .effort_lead = p_.effort_lead,
            .effort_partner = p_.effort_partner,
            .months = static_cast<double>(p_.months),
            .evidence = p_.evidence,
            .success_chance = (1.0 - p_.cooperation_failure) * p_.success_chance,
            .pays_development = false,
            .lead_propensity = p_.lead_propensity};
  }

  void set_budget(const Context&, Proposal& proposal) const override {
    // Cents that do not divide stay with the programme: the cap holds to the cent.
    const Money cap{to_money(p_.max_grant).cents / static_cast<std::int64_t>(proposal.members.size())};
    for (Member& member : proposal.members) {
      member.cost = to_money(p_.cost_per_sme);
      member.grant = min(share_of(member.cost, p_.co_funding_rate), cap);
    }
  }

  ProjectTerms terms(const Context&, const Proposal&) const override {
    return {.months = static_cast<int>(p_.months),
            .claim_interval = static_cast<int>(p_.months),
            .payment_delay = static_cast<int>(p_.payment_delay),
            .cooperation_failure = p_.cooperation_failure,
            .technical_success = p_.success_chance,
            .evidence = p_.evidence,
            .trl_gain = 1.0};
  }

 private:
  double grant_per_sme(double members) const {
    return std::min(p_.co_funding_rate * p_.cost_per_sme, p_.max_grant / members);
  }

  FeasibilityStudyParameters p_;
};

const RegisterInstrument<FeasibilityStudy> registered{feasibility_study_schema()};

}  // namespace
}  // namespace ketsim
