// Contacts fade unless they are used: strength falls exponentially while no joint work goes on.
#include "ketsim/base/portable_math.hpp"
#include "ketsim/engine/process.hpp"

namespace ketsim {
namespace {

struct FadingParameters : ProcessParameters {
  double half_life = 24.0;
};

const Schema<FadingParameters>& fading_schema() {
  using P = FadingParameters;
  static const Schema<P> schema =
      Schema<P>("contact_fading", "Contacts fade unless they are used")
          .boolean(&P::enabled, enabled_declaration())
          .real(&P::half_life, {.name = "half_life",
                                .unit = "month",
                                .range = {0.1, 1e6},
                                .plausible = {12, 60},
                                .doc = "time in which the strength of an unused contact halves",
                                .source = "assumption",
                                .grade = Grade::assumption});
  return schema;
}

class ContactFading final : public Process {
 public:
  using Parameters = FadingParameters;
  ContactFading(const Setup&, const Parameters& parameters)
      : keeps_(static_cast<float>(portable_exp(-0.6931471805599453 / parameters.half_life))) {}

  void step(Context& context) override {
    for (Contact& contact : context.world.contacts.all()) {
      if (contact.active_until < context.month() && contact.used < context.month())
        contact.strength *= keeps_;
    }
  }

 private:
  float keeps_;  //!< share of strength that is left after a month
};

const RegisterProcess<ContactFading> registered{fading_schema(), Phase::spill_over, 20,
                                                "contacts, joint work", "strength of contacts"};

}  // namespace
}  // namespace ketsim
