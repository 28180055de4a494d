// Pre-financing: an advance on a grant that was won, so that firms can carry the cost until their claims are
// paid. It is settled from the last claims and then serves others; the aid in it is the interest saved. Firms
// count on it when they decide whether they can afford to take part.
#include "ketsim/engine/process.hpp"

namespace ketsim {
namespace {

struct PreFinancingParameters {
  double share = 0.3;
  std::int64_t months = 24;
};

const Schema<PreFinancingParameters>& pre_financing_schema() {
  using P = PreFinancingParameters;
  static const Schema<P> schema =
      Schema<P>("pre_financing",
                "Pre-financing: an advance on a grant that was won, settled from the last claims")
          .real(&P::share, {.name = "share",
                            .unit = "1",
                            .range = {0, 1},
                            .plausible = {0.1, 0.5},
                            .doc = "share of the grant that is advanced",
                            .source = "assumption",
                            .grade = Grade::assumption})
          .integer(&P::months, {.name = "months",
                                .unit = "month",
                                .range = {1, 240},
                                .plausible = {12, 36},
                                .doc = "mean time until it is settled, for the interest saved",
                                .source = "assumption, below the length of a project",
                                .grade = Grade::assumption});
  return schema;
}

class PreFinancing final : public Instrument {
 public:
  using Parameters = PreFinancingParameters;
  explicit PreFinancing(const Parameters& parameters) : p_(parameters) {}

  Occasion occasion() const override { return Occasion::award; }

  Support support(const Context&, FirmId, KetId, double, double grant) const override {
    return {.loan = p_.share * grant, .months = static_cast<int>(p_.months)};
  }

 private:
  PreFinancingParameters p_;
};

const RegisterInstrument<PreFinancing> registered{pre_financing_schema()};

}  // namespace
}  // namespace ketsim
