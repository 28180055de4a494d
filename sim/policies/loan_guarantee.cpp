// Loan guarantee: the programme stands for a part of a bank's loan, and the bank asks for less own money.
// What is expected to be lost is reserved; what is not lost comes back when the loan is paid (process
// lending).
#include "ketsim/engine/applying_cost.hpp"
#include "ketsim/engine/process.hpp"

namespace ketsim {
namespace {

struct LoanGuaranteeParameters {
  double coverage = 0.5;
  double own_funds = 0.5;
  double expected_default = 0.1;
  double effort = 1e3;
};

const Schema<LoanGuaranteeParameters>& loan_guarantee_schema() {
  using P = LoanGuaranteeParameters;
  static const Schema<P> schema =
      Schema<P>("loan_guarantee",
                "Loan guarantee: a bank asks for less own money, since the programme stands for its loan")
          .real(&P::coverage, {.name = "coverage",
                               .unit = "1",
                               .range = {0, 1},
                               .plausible = {0.5, 0.8},
                               .doc = "share of what is owed that the programme pays in a default",
                               .source = "assumption (50 to 80 % is usual)",
                               .grade = Grade::assumption})
          .real(&P::own_funds, {.name = "own_funds",
                                .unit = "1",
                                .range = {0, 1},
                                .plausible = {0.3, 0.8},
                                .doc = "factor on the own funds that the bank asks for",
                                .source = "assumption",
                                .grade = Grade::assumption})
          .real(&P::expected_default,
                {.name = "expected_default",
                 .unit = "1",
                 .range = {0, 1},
                 .plausible = {0.03, 0.2},
                 .doc = "share of the amount guaranteed that is reserved for losses",
                 .source = "assumption, of the order of closures over the life of a loan",
                 .grade = Grade::assumption})
          .real(&P::effort, effort_declaration({500, 5e3}));
  return schema;
}

class LoanGuarantee final : public Instrument {
 public:
  using Parameters = LoanGuaranteeParameters;
  explicit LoanGuarantee(const Parameters& parameters) : p_(parameters) {}

  Occasion occasion() const override { return Occasion::investment; }
  AidCategory aid_category() const override { return AidCategory::investment; }

  Support support(const Context& context, FirmId, KetId, double cost, double) const override {
    const double bank = cost * (1.0 - context.scenario().decisions.own_funds_share * p_.own_funds);
    return {.own_funds = p_.own_funds,
            .guaranteed = p_.coverage,
            .expected_loss = p_.expected_default * p_.coverage * bank,
            .effort = p_.effort};
  }

 private:
  LoanGuaranteeParameters p_;
};

const RegisterInstrument<LoanGuarantee> registered{loan_guarantee_schema()};

}  // namespace
}  // namespace ketsim
