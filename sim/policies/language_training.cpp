// Language and intercultural training: a group of firms learns the language of the neighbours, and how they
// work. Those come that look into a KET of the policy, and rather those that have looked across the border:
// that have a proposal or project, or know somebody on the other side.
//
//   language ability   a += gain * (1 - a)
//   border experience  e += culture_gain * (1 - e): a little of what joint work would teach
#include "ketsim/engine/cooperation.hpp"
#include "ketsim/engine/meeting.hpp"
#include "ketsim/engine/process.hpp"

namespace ketsim {
namespace {

struct LanguageTrainingParameters {
  double cost = 6000.0;
  double staff_hours = 24.0;
  std::int64_t participants = 10;
  double distance_scale = 50.0;
  double gain = 0.3;
  double culture_gain = 0.05;
};

const Schema<LanguageTrainingParameters>& language_training_schema() {
  using P = LanguageTrainingParameters;
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
      Schema<P>("language_training",
                "Language and intercultural training: firms learn to work with the neighbours")
          .real(&P::cost, assumed("cost", "EUR", {1, 1e7}, {3e3, 12e3}, "cost of one course"))
          .real(&P::staff_hours,
                assumed("staff_hours", "h", {0, 1e4}, {8, 60}, "hours of the host's staff for one course"))
          .integer(&P::participants, assumed("participants", "1", {1, 1e5}, {6, 16}, "firms in one course"))
          .real(&P::distance_scale, assumed("distance_scale", "km", {1, 1e5}, {30, 100},
                                            "distance over which attendance falls to 37 %"))
          .real(&P::gain, assumed("gain", "1", {0, 1}, {0.1, 0.5},
                                  "share of the language barrier left that one course takes away"))
          .real(&P::culture_gain, assumed("culture_gain", "1", {0, 1}, {0, 0.1},
                                          "share of the border frictions left that one course takes away"));
  return schema;
}

class LanguageTraining final : public Instrument {
 public:
  using Parameters = LanguageTrainingParameters;
  explicit LanguageTraining(const Parameters& parameters) : p_(parameters) {}

  double cost_of_act() const override { return p_.cost; }
  double hours_of_act() const override { return p_.staff_hours; }

  bool act(Context& context, PolicyState& policy, std::uint32_t number) const override {
    const IntermediaryId host = partner_of_act(context, policy, number);
    if (!host.is_valid()) return false;
    World& world = context.world;
    FirmDraw draw;
    draw.places = static_cast<std::size_t>(p_.participants);
    draw.most = [&](FirmId firm) {
      const double looks_across = looks_over_the_border(world, firm) ? 2.0 : 0.0;
      const double looks = is_looking(context, policy, firm) ? 1.0 : 0.0;
      return (looks + looks_across) * (1.0 - world.firms.language_ability[firm]);
    };
    draw.weight = [&](FirmId firm) {
      const double distance = distance_km(world.firms.position[firm], world.intermediaries.position[host]);
      return draw.most(firm) * nearness(distance, p_.distance_scale);
    };
    const auto group = draw_firms(context, policy, number, draw);
    for (const FirmId firm : group) {
      world.reach(firm, policy.programme, policy.id);
      float& ability = world.firms.language_ability[firm];
      ability += static_cast<float>(p_.gain) * (1.0F - ability);
      gain_border_experience(world, firm, p_.culture_gain);
    }
    return !group.empty();
  }

 private:
  static bool looks_over_the_border(const World& world, FirmId firm) {
    if (world.firms.engagements[firm] > 0) return true;
    for (const std::uint32_t row : world.contacts.of(actor(firm))) {
      if (world.crosses_border(actor(firm), other_end(world.contacts.row(row), actor(firm)))) return true;
    }
    return false;
  }

  LanguageTrainingParameters p_;
};

const RegisterInstrument<LanguageTraining> registered{language_training_schema()};

}  // namespace
}  // namespace ketsim
