// R&D tax credit: a share of what a firm spends on its own pilot comes back with the assessment of the year.
// It asks for no partner; the whole cost must be at hand first. With the rule `entitlement` everyone eligible
// gets it, and the money is appropriated as it is claimed.
#include <algorithm>

#include "ketsim/engine/applying_cost.hpp"
#include "ketsim/engine/process.hpp"

namespace ketsim {
namespace {

struct RdTaxCreditParameters {
  double rate = 0.25;
  double max_credit = 500e3;
  std::int64_t payment_delay = 12;
  double effort = 1e3;
};

const Schema<RdTaxCreditParameters>& rd_tax_credit_schema() {
  using P = RdTaxCreditParameters;
  static const Schema<P> schema =
      Schema<P>("rd_tax_credit",
                "R&D tax credit: a share of the cost of an own pilot comes back a year later")
          .real(&P::rate, {.name = "rate",
                           .unit = "1",
                           .range = {0, 1},
                           .plausible = {0.1, 0.4},
                           .doc = "share of the cost of an own pilot",
                           .source = "German Research Allowance Act (FZulG), section 4, as of 2020: 25 %",
                           .grade = Grade::measured})
          .real(&P::max_credit,
                {.name = "max_credit",
                 .unit = "EUR",
                 .range = {0, 1e9},
                 .plausible = {100e3, 1e6},
                 .doc = "most for one pilot",
                 .source = "German Research Allowance Act (FZulG), as of 2020: 25 % of 2 million EUR",
                 .grade = Grade::measured})
          .integer(&P::payment_delay, {.name = "payment_delay",
                                       .unit = "month",
                                       .range = {1, 60},
                                       .plausible = {6, 24},
                                       .doc = "time from the start of the pilot to the credit",
                                       .source = "assumption: with the tax return of the year after",
                                       .grade = Grade::assumption})
          .real(&P::effort, effort_declaration({200, 3e3}));
  return schema;
}

class RdTaxCredit final : public Instrument {
 public:
  using Parameters = RdTaxCreditParameters;
  explicit RdTaxCredit(const Parameters& parameters) : p_(parameters) {}

  Occasion occasion() const override { return Occasion::pilot; }
  AidCategory aid_category() const override { return AidCategory::development; }

  Support support(const Context&, FirmId, KetId, double cost, double) const override {
    return {.grant = std::min(p_.rate * cost, p_.max_credit),
            .payment_delay = static_cast<int>(p_.payment_delay),
            .effort = p_.effort};
  }

 private:
  RdTaxCreditParameters p_;
};

const RegisterInstrument<RdTaxCredit> registered{rd_tax_credit_schema()};

}  // namespace
}  // namespace ketsim
