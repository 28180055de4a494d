// Shared cleanroom (cross-border chair or lab): an act pays a month of a lab at one research institute that
// firms of both sides of the border may use. While it is open the host carries more projects and its
// capability in the KET grows. Each month some interested firms of either side come to work in it: they learn
// from the institute for some months, see what the KET can do for them, and need not take the first steps
// across the border by themselves.
//
// The host is the institute that `host` names, or the most capable one of the target's countries; the KET is
// the one of the policy in which it is the most capable. One lab a policy, one month of it a month.
#include <algorithm>
#include <utility>

#include "ketsim/engine/cooperation.hpp"
#include "ketsim/engine/meeting.hpp"
#include "ketsim/engine/process.hpp"

namespace ketsim {
namespace {

struct SharedCleanroomParameters {
  double cost = 25000.0;
  std::string host;
  double projects = 1.0;
  double capability_gain = 0.01;
  std::int64_t users_each_side = 1;
  double distance_scale = 80.0;
  std::int64_t months = 6;
  double evidence = 1.0;
};

const Schema<SharedCleanroomParameters>& shared_cleanroom_schema() {
  using P = SharedCleanroomParameters;
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
      Schema<P>("shared_cleanroom",
                "Shared cleanroom or chair: firms of both sides work in a lab of an institute")
          .real(&P::cost, assumed("cost", "EUR", {1, 1e8}, {10e3, 60e3}, "cost of one month of the lab"))
          .text(&P::host, {.name = "host",
                           .unit = "",
                           .doc = "id of the institute in the table of organisations; left out: the most "
                                  "capable one",
                           .source = "setting",
                           .grade = Grade::setting})
          .real(&P::projects, assumed("projects", "1", {0, 1000}, {0.5, 4},
                                      "projects by which the open lab raises the host's capacity"))
          .real(&P::capability_gain, assumed("capability_gain", "1/month", {0, 1}, {0, 0.03},
                                             "share of the host's gap to the frontier that a month closes"))
          .integer(&P::users_each_side, assumed("users_each_side", "1/month", {0, 1e4}, {1, 5},
                                                "firms of either side that come to use it in a month"))
          .real(&P::distance_scale,
                assumed("distance_scale", "km", {1, 1e5}, {40, 150}, "distance over which use falls to 37 %"))
          .integer(&P::months,
                   assumed("months", "month", {0, 240}, {3, 12}, "time for which a firm works in the lab"))
          .real(&P::evidence, assumed("evidence", "1", {0, 1000}, {0.5, 3},
                                      "observations of the benefit that its work there is worth to a firm"));
  return schema;
}

class SharedCleanroom final : public Instrument {
 public:
  using Parameters = SharedCleanroomParameters;
  explicit SharedCleanroom(Parameters parameters) : p_(std::move(parameters)) {}

  double cost_of_act() const override { return p_.cost; }

  bool act(Context& context, PolicyState& policy, std::uint32_t number) const override {
    World& world = context.world;
    SharedLab* lab = lab_of(context, policy);
    if (lab == nullptr || lab->until > world.month) return false;  // no host, or this month is paid
    lab->until = static_cast<MonthIndex>(world.month + 1);
    float& capability = world.research.capability(lab->host, lab->ket);
    capability += static_cast<float>(p_.capability_gain) * (1.0F - capability);
    for (const bool abroad : {false, true}) admit(context, policy, *lab, number, abroad);
    return true;
  }

 private:
  // The policy's lab; opened where it has none.
  SharedLab* lab_of(Context& context, const PolicyState& policy) const {
    World& world = context.world;
    std::vector<SharedLab>& labs = world.facilities.labs;
    const auto open = std::ranges::find(labs, policy.id, &SharedLab::policy);
    if (open != labs.end()) return &*open;
    SharedLab lab;
    lab.policy = policy.id;
    lab.projects = static_cast<float>(p_.projects);
    double best = -1.0;
    for (std::size_t i = 0; i < world.research.count(); ++i) {
      if (!may_host(context, policy, ResearchId(i))) continue;
      for (std::size_t k = 0; k < world.ket_count(); ++k) {
        const double capability = world.research.capability(ResearchId(i), KetId(k));
        if (!context.is_target(policy, KetId(k)) || capability <= best) continue;
        best = capability;
        lab.host = ResearchId(i);
        lab.ket = KetId(k);
      }
    }
    if (!lab.host.is_valid()) return nullptr;
    world.research.capacity[lab.host] += lab.projects;
    world.research.free_projects[lab.host] += lab.projects;
    labs.push_back(lab);
    return &labs.back();
  }

  bool may_host(const Context& context, const PolicyState& policy, ResearchId id) const {
    const ResearchInstitutes& research = context.world.research;
    if (!p_.host.empty()) return research.id[id.index()] == p_.host;
    const std::vector<std::string>& wanted = policy.policy->target.countries;
    return wanted.empty() ||
           std::ranges::find(wanted, context.geography().countries.at(research.country[id].index())) !=
               wanted.end();
  }

  void admit(Context& context, const PolicyState& policy, const SharedLab& lab, std::uint32_t number,
             bool abroad) const {
    World& world = context.world;
    FirmDraw draw;
    draw.places = static_cast<std::size_t>(p_.users_each_side);
    draw.most = [&](FirmId firm) {
      const Stage stage = world.firms.stage(firm, lab.ket);
      const bool looks = stage == Stage::interested || stage == Stage::piloting;
      return looks && world.crosses_border(actor(firm), actor(lab.host)) == abroad ? 1.0 : 0.0;
    };
    draw.weight = [&](FirmId firm) {
      const double distance = distance_km(world.firms.position[firm], world.research.position[lab.host]);
      return nearness(distance, p_.distance_scale);
    };
    const auto users = draw_firms(context, policy, 2 * number + (abroad ? 1 : 0), draw);
    for (const FirmId firm : users) {
      world.reach(firm, policy.programme, policy.id);
      cooperate(world, actor(firm), actor(lab.host), static_cast<MonthIndex>(world.month + p_.months));
      world.firms.evidence.edit(firm, lab.ket) += static_cast<float>(p_.evidence);
      world.research.demand(lab.host, lab.ket) += 1.0F;
    }
  }

  SharedCleanroomParameters p_;
};

const RegisterInstrument<SharedCleanroom> registered{shared_cleanroom_schema()};

}  // namespace
}  // namespace ketsim
