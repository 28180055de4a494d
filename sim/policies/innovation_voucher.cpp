// Innovation voucher: one SME has a university or institute find out, within half a year, what a KET can do
// for it. The voucher pays a share of the bill. It yields evidence, and knowledge from the institute, but no
// product.
#include <algorithm>

#include "ketsim/engine/applying_cost.hpp"
#include "ketsim/engine/process.hpp"

namespace ketsim {
namespace {

struct InnovationVoucherParameters {
  double co_funding_rate = 0.70;
  double max_grant = 50e3;
  double cost = 25e3;
  bool across_border = false;
  std::int64_t months = 6;
  std::int64_t payment_delay = 1;
  double failure = 0.05;
  double success_chance = 0.7;
  double evidence = 2.0;
  double effort = 1e3;
};

const Schema<InnovationVoucherParameters>& innovation_voucher_schema() {
  using P = InnovationVoucherParameters;
  static const Schema<P> schema =
      Schema<P>("innovation_voucher",
                "Innovation voucher: an SME has an institute find out what a KET can do for it")
          .real(&P::co_funding_rate, {.name = "co_funding_rate",
                                      .unit = "1",
                                      .range = {0, 1},
                                      .plausible = {0.5, 1.0},
                                      .doc = "share of the bill that the voucher pays",
                                      .source = "ket4cp.rate",
                                      .grade = Grade::measured})
          .real(&P::max_grant, {.name = "max_grant",
                                .unit = "EUR",
                                .range = {0, 1e8},
                                .plausible = {5e3, 50e3},
                                .doc = "most that one voucher pays",
                                .source = "ket4cp.grant_eur",
                                .grade = Grade::measured})
          .real(&P::cost, {.name = "cost",
                           .unit = "EUR",
                           .range = {0, 1e8},
                           .plausible = {10e3, 70e3},
                           .doc = "bill of the institute",
                           .source = "assumption, of the order of a feasibility study",
                           .grade = Grade::assumption})
          .boolean(&P::across_border, {.name = "across_border",
                                       .doc = "whether the institute must be on the other side of the border",
                                       .source = "setting",
                                       .grade = Grade::setting})
          .integer(&P::months, {.name = "months",
                                .unit = "month",
                                .range = {1, 60},
                                .plausible = {2, 12},
                                .doc = "length of the work",
                                .source = "ket4cp.grant_eur (up to 6 months)",
                                .grade = Grade::measured})
          .integer(&P::payment_delay, payment_delay_declaration())
          .real(&P::failure, {.name = "failure",
                              .unit = "1",
                              .range = {0, 1},
                              .plausible = {0, 0.14},
                              .doc = "chance that the work with the institute breaks down",
                              .source = "assumption, below coop.failure_share for being short",
                              .grade = Grade::assumption})
          .real(&P::success_chance, {.name = "success_chance",
                                     .unit = "1",
                                     .range = {0, 1},
                                     .plausible = {0.5, 0.85},
                                     .doc = "chance that it finds the KET feasible for the SME",
                                     .source = "assumption, as project.tech_success",
                                     .grade = Grade::assumption})
          .real(&P::evidence, {.name = "evidence",
                               .unit = "1",
                               .range = {0, 1000},
                               .plausible = {1, 4},
                               .doc = "observations of the benefit that it is worth",
                               .source = "assumption, as an own pilot",
                               .grade = Grade::assumption})
          .real(&P::effort, effort_declaration({200, 3e3}));
  return schema;
}

class InnovationVoucher final : public Instrument {
 public:
  using Parameters = InnovationVoucherParameters;
  explicit InnovationVoucher(const Parameters& parameters) : p_(parameters) {}

  Occasion occasion() const override { return Occasion::project; }
  ProjectKind kind() const override { return ProjectKind::innovation_voucher; }
  AidCategory aid_category() const override { return AidCategory::feasibility; }

  ConsortiumRules rules(const Context&, KetId) const override {
    return {.wanted_research = 1, .least_research = 1, .each_side = p_.across_border};
  }

  Offer offer(const Context&, FirmId, KetId) const override {
    return {.own_cost = p_.cost - grant(),
            .grant = grant(),
            .prefinancing = p_.cost,
            .effort_lead = p_.effort,
            .months = static_cast<double>(p_.months),
            .evidence = p_.evidence,
            .success_chance = (1.0 - p_.failure) * p_.success_chance,
            .pays_development = false,
            .lead_propensity = 1.0};
  }

  void set_budget(const Context&, Proposal& proposal) const override {
    Member& sme = proposal.members.front();  // the institute is paid by the SME
    sme.cost = to_money(p_.cost);
    sme.grant = to_money(grant());
  }

  ProjectTerms terms(const Context&, const Proposal&) const override {
    return {.months = static_cast<int>(p_.months),
            .claim_interval = static_cast<int>(p_.months),
            .payment_delay = static_cast<int>(p_.payment_delay),
            .cooperation_failure = p_.failure,
            .technical_success = p_.success_chance,
            .evidence = p_.evidence};
  }

 private:
  double grant() const { return std::min(p_.co_funding_rate * p_.cost, p_.max_grant); }

  InnovationVoucherParameters p_;
};

const RegisterInstrument<InnovationVoucher> registered{innovation_voucher_schema()};

}  // namespace
}  // namespace ketsim
