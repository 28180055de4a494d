// Soft loan: the programme lends a part of the investment in a KET below the market's interest, in place of
// own funds. It comes back, with interest, and can be lent again. High initial investment is the barrier that
// it takes away; the aid in it is the interest saved.
#include <algorithm>

#include "ketsim/engine/applying_cost.hpp"
#include "ketsim/engine/process.hpp"

namespace ketsim {
namespace {

struct SoftLoanParameters {
  double share = 0.3;
  double max_loan = 500e3;
  double interest = 0.01;
  std::int64_t months = 84;
  double effort = 1.5e3;
};

const Schema<SoftLoanParameters>& soft_loan_schema() {
  using P = SoftLoanParameters;
  static const Schema<P> schema =
      Schema<P>("soft_loan", "Soft loan: a part of the investment, lent below the market's interest")
          .real(&P::share, {.name = "share",
                            .unit = "1",
                            .range = {0, 1},
                            .plausible = {0.1, 0.4},
                            .doc = "share of the investment that is lent, in place of own funds",
                            .source = "assumption",
                            .grade = Grade::assumption})
          .real(&P::max_loan, {.name = "max_loan",
                               .unit = "EUR",
                               .range = {0, 1e9},
                               .plausible = {100e3, 1e6},
                               .doc = "most that is lent for one investment",
                               .source = "assumption",
                               .grade = Grade::assumption})
          .real(&P::interest, {.name = "interest",
                               .unit = "1/yr",
                               .range = {0, 1},
                               .plausible = {0, 0.02},
                               .doc = "interest on the loan",
                               .source = "assumption",
                               .grade = Grade::assumption})
          .integer(&P::months, {.name = "months",
                                .unit = "month",
                                .range = {1, 600},
                                .plausible = {48, 120},
                                .doc = "time over which it is paid back",
                                .source = "assumption, as bank loans",
                                .grade = Grade::assumption})
          .real(&P::effort, effort_declaration({500, 5e3}));
  return schema;
}

class SoftLoan final : public Instrument {
 public:
  using Parameters = SoftLoanParameters;
  explicit SoftLoan(const Parameters& parameters) : p_(parameters) {}

  Occasion occasion() const override { return Occasion::investment; }
  AidCategory aid_category() const override { return AidCategory::investment; }

  Support support(const Context&, FirmId, KetId, double cost, double) const override {
    return {.loan = std::min(p_.share * cost, p_.max_loan),
            .interest = p_.interest,
            .months = static_cast<int>(p_.months),
            .effort = p_.effort};
  }

 private:
  SoftLoanParameters p_;
};

const RegisterInstrument<SoftLoan> registered{soft_loan_schema()};

}  // namespace
}  // namespace ketsim
