// Demonstrator: a KET at work at one of the programme's partners, for some months. While it runs, firms
// nearby see what it can do and doubt its benefit less, the less the further away they are (process
// `facilities`); KETs and hosts take turns. That reaches nobody in person, but some firms come to the opening
// day, and those are: they hear of the KET and of the programme.
#include "ketsim/engine/meeting.hpp"
#include "ketsim/engine/process.hpp"

namespace ketsim {
namespace {

struct DemonstratorParameters {
  double building_cost = 60000.0;
  double running_cost = 2500.0;
  std::int64_t months = 24;
  double staff_hours = 40.0;
  double observations = 0.5;
  double distance_scale = 40.0;
  std::int64_t visitors = 10;
  double dose = 0.7;
};

const Schema<DemonstratorParameters>& demonstrator_schema() {
  using P = DemonstratorParameters;
  const auto assumed = [](const char* name, const char* unit, Range range, Range plausible, const char* doc) {
    return Declaration{.name = name,
                       .unit = unit,
                       .range = range,
                       .plausible = plausible,
                       .doc = doc,
                       .source = "assumption",
                       .grade = Grade::assumption};
  };
  static const Schema<P> schema =
      Schema<P>("demonstrator", "Demonstrator: firms nearby see a KET at work and doubt its benefit less")
          .real(&P::building_cost,
                assumed("building_cost", "EUR", {1, 1e8}, {20e3, 200e3}, "cost of building one demonstrator"))
          .real(&P::running_cost, assumed("running_cost", "EUR/month", {0, 1e7}, {1e3, 10e3},
                                          "cost of a month in which it runs"))
          .integer(&P::months, assumed("months", "month", {1, 240}, {12, 36}, "time for which it runs"))
          .real(&P::staff_hours,
                assumed("staff_hours", "h", {0, 1e4}, {20, 100}, "hours of the host's staff to open it"))
          .real(&P::observations, assumed("observations", "1/yr", {0, 1000}, {0.1, 2},
                                          "observations of the benefit that it yields to a firm next to it"))
          .real(&P::distance_scale, assumed("distance_scale", "km", {1, 1e5}, {20, 80},
                                            "distance over which they, and visits, fall to 37 %"))
          .integer(&P::visitors,
                   assumed("visitors", "1", {0, 1e5}, {0, 30}, "firms that come to the opening day"))
          .real(&P::dose, assumed("dose", "1", {0, 60}, {0.2, 1.5},
                                  "integrated hazard of awareness, or of interest at full relevance, that "
                                  "the opening day adds"));
  return schema;
}

class DemonstratorPolicy final : public Instrument {
 public:
  using Parameters = DemonstratorParameters;
  explicit DemonstratorPolicy(const Parameters& parameters) : p_(parameters) {}

  double cost_of_act() const override {
    return p_.building_cost + p_.running_cost * static_cast<double>(p_.months);
  }
  double hours_of_act() const override { return p_.staff_hours; }

  bool act(Context& context, PolicyState& policy, std::uint32_t number) const override {
    const IntermediaryId host = partner_of_act(context, policy, number);
    if (!host.is_valid()) return false;
    World& world = context.world;
    const KetId ket = ket_of_act(context, policy, number);
    world.facilities.demonstrators.push_back({ket, world.intermediaries.position[host],
                                              static_cast<MonthIndex>(world.month + p_.months),
                                              p_.observations, p_.distance_scale});
    FirmDraw draw;
    draw.places = static_cast<std::size_t>(p_.visitors);
    draw.most = [&](FirmId firm) { return context.geography().ket(ket).relevance[world.firms.sector[firm]]; };
    draw.weight = [&](FirmId firm) {
      return draw.most(firm) * ease_of_meeting(world, firm, actor(host), p_.distance_scale);
    };
    const auto visitors = draw_firms(context, policy, number, draw);
    for (const FirmId firm : visitors) {
      world.reach(firm, policy.programme, policy.id);
      inform_in_person(context, firm, ket, p_.dose, Trigger::demonstrator);
    }
    return true;
  }

 private:
  DemonstratorParameters p_;
};

const RegisterInstrument<DemonstratorPolicy> registered{demonstrator_schema()};

}  // namespace
}  // namespace ketsim
