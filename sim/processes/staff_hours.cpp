// Staff hours: what the people of an intermediary can do in a month for firms that look into KETs and for the
// programmes that it runs. Advice to clients (process `interest`) and acts in person (process `outreach`) use
// them up; who is new to a KET spends some on learning it first.
//
//   hours = max(0, staff * hours_per_person - learning_hours * KETs being learnt) + hours that programmes buy
//   [h/month]
#include <algorithm>

#include "ketsim/engine/process.hpp"

namespace ketsim {
namespace {

struct StaffHoursParameters : ProcessParameters {
  double hours_per_person = 20.0;
  double learning_hours = 30.0;
};

const Schema<StaffHoursParameters>& staff_hours_schema() {
  using P = StaffHoursParameters;
  static const Schema<P> schema =
      Schema<P>("staff_hours", "Intermediaries have so many hours a month for advice and for programmes")
          .boolean(&P::enabled, enabled_declaration())
          .real(&P::hours_per_person,
                {.name = "hours_per_person",
                 .unit = "h/month",
                 .range = {0, 200},
                 .plausible = {5, 60},
                 .doc = "hours that one member of an intermediary's staff has for advice on KETs and for "
                        "programmes",
                 .source = "assumption: 15 % of about 135 hours worked in a month",
                 .grade = Grade::assumption})
          .real(&P::learning_hours, {.name = "learning_hours",
                                     .unit = "h/month",
                                     .range = {0, 1e4},
                                     .plausible = {10, 80},
                                     .doc = "hours that it takes to learn a KET that is new to the advice",
                                     .source = "assumption",
                                     .grade = Grade::assumption});
  return schema;
}

class StaffHours final : public Process {
 public:
  using Parameters = StaffHoursParameters;
  StaffHours(const Setup&, const Parameters& parameters) : parameters_(parameters) {}

  void step(Context& context) override {
    Intermediaries& intermediaries = context.world.intermediaries;
    for (std::size_t a = 0; a < intermediaries.count(); ++a) {
      const IntermediaryId id(a);
      double learning = 0.0;
      for (std::size_t k = 0; k < context.world.ket_count(); ++k) {
        if (intermediaries.advice(id, KetId(k)) == AdviceStage::learning)
          learning += parameters_.learning_hours;
      }
      const double own = static_cast<double>(intermediaries.staff[id]) * parameters_.hours_per_person;
      intermediaries.hours[id] = std::max(0.0, own - learning) + intermediaries.bought_hours[id];
      intermediaries.hours_left[id] = intermediaries.hours[id];
      intermediaries.bought_hours[id] = 0.0;
    }
  }

 private:
  StaffHoursParameters parameters_;
};

const RegisterProcess<StaffHours> registered{staff_hours_schema(), Phase::learn, 30,
                                             "staff, KETs being learnt, hours bought", "hours, hours_left"};

}  // namespace
}  // namespace ketsim
