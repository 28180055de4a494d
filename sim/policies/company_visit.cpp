// Company visit: an adviser of a partner of the programme spends a day with a firm, on the KET that would fit
// it best, and stays its adviser if it has none.
#include "ketsim/engine/meeting.hpp"
#include "ketsim/engine/process.hpp"

namespace ketsim {
namespace {

struct CompanyVisitParameters {
  double cost = 1200.0;
  double staff_hours = 16.0;
  double distance_scale = 40.0;
  double dose = 1.5;
};

const Schema<CompanyVisitParameters>& company_visit_schema() {
  using P = CompanyVisitParameters;
  static const Schema<P> schema =
      Schema<P>("company_visit", "Company visit: an adviser spends a day with a firm")
          .real(&P::cost, {.name = "cost",
                           .unit = "EUR",
                           .range = {1, 1e6},
                           .plausible = {500, 3e3},
                           .doc = "cost of one visit: two days of an adviser",
                           .source = "assumption",
                           .grade = Grade::assumption})
          .real(&P::staff_hours, {.name = "staff_hours",
                                  .unit = "h",
                                  .range = {0, 1e4},
                                  .plausible = {8, 24},
                                  .doc = "hours of the adviser for one visit",
                                  .source = "assumption",
                                  .grade = Grade::assumption})
          .real(&P::distance_scale, {.name = "distance_scale",
                                     .unit = "km",
                                     .range = {1, 1e5},
                                     .plausible = {20, 80},
                                     .doc = "distance over which visits fall to 37 %",
                                     .source = "assumption",
                                     .grade = Grade::assumption})
          .real(&P::dose,
                {.name = "dose",
                 .unit = "1",
                 .range = {0, 60},
                 .plausible = {0.5, 3},
                 .doc = "integrated hazard of awareness, or of interest at full relevance, that a visit adds",
                 .source = "assumption, above an event",
                 .grade = Grade::assumption});
  return schema;
}

class CompanyVisit final : public Instrument {
 public:
  using Parameters = CompanyVisitParameters;
  explicit CompanyVisit(const Parameters& parameters) : p_(parameters) {}

  double cost_of_act() const override { return p_.cost; }
  double hours_of_act() const override { return p_.staff_hours; }

  bool act(Context& context, PolicyState& policy, std::uint32_t number) const override {
    const IntermediaryId host = partner_of_act(context, policy, number);
    if (!host.is_valid()) return false;
    World& world = context.world;
    FirmDraw draw;
    draw.most = [&](FirmId firm) {
      const double own_client = world.firms.client_of[firm] == host.row ? 3.0 : 1.0;
      const double known = world.knows_programme(firm, policy.programme) ? 2.0 : 1.0;
      return own_client * known;
    };
    draw.weight = [&](FirmId firm) {
      return draw.most(firm) * ease_of_meeting(world, firm, actor(host), p_.distance_scale);
    };
    const auto chosen = draw_firms(context, policy, number, draw);
    for (const FirmId firm : chosen) {
      world.reach(firm, policy.programme, policy.id);
      if (world.firms.client_of[firm] == 255)
        world.firms.client_of[firm] = static_cast<std::uint8_t>(host.row);
      inform_in_person(context, firm, best_ket(context, policy, firm), p_.dose, Trigger::visit);
    }
    return !chosen.empty();
  }

 private:
  static KetId best_ket(const Context& context, const PolicyState& policy, FirmId firm) {
    KetId best;
    double most = -1.0;
    for (std::size_t k = 0; k < context.world.ket_count(); ++k) {
      if (!context.is_target(policy, KetId(k))) continue;
      const double fit = context.geography().kets[k].relevance[context.world.firms.sector[firm]] *
                         context.world.firms.affinity(firm, KetId(k));
      if (fit > most) {
        best = KetId(k);
        most = fit;
      }
    }
    return best;
  }

  CompanyVisitParameters p_;
};

const RegisterInstrument<CompanyVisit> registered{company_visit_schema()};

}  // namespace
}  // namespace ketsim
