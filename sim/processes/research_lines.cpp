// Universities and institutes adopt a KET as a line of research, in stages. Firms ask for it when they look
// for partners (a proposal, a joint pilot, a shared lab), and when they come to look into the KET and know
// the institute:
//
//   none -> considered      enough firms ask, and the institute's capability makes a lab feasible
//   considered -> building  firms still ask after `deliberation` and staff is free: it is tied up meanwhile
//   building -> running     after `building_months`: staff is free again, the line adds capacity of its own
//   running -> none         where firms no longer ask (lines that stood at the start live on basic funding)
//
// The frontier moves on for institutes too: a running line keeps up with it and closes the gap, capability
// without a line loses value (g: frontier growth of the KET):
//   dc = research_growth / 12 * (1 - c) with a running line, -g / 12 * c without  [1/month]
#include "ketsim/engine/process.hpp"

namespace ketsim {
namespace {

struct ResearchLineParameters : ProcessParameters {
  double lab_demand = 1.0;
  double lab_capability = 0.2;
  double deliberation = 6.0;
  double building_months = 18.0;
  double building_staff = 1.0;
  double line_capacity = 0.5;
  double research_growth = 0.08;
  double closing_demand = 0.1;
  double patience = 60.0;
};

const Schema<ResearchLineParameters>& research_line_schema() {
  using P = ResearchLineParameters;
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
      Schema<P>("research_lines", "Universities adopt KETs as lines of research")
          .boolean(&P::enabled, enabled_declaration())
          .real(
              &P::lab_demand,
              assumed("lab_demand", "1/yr", {0, 1000}, {0.5, 4},
                      "requests by firms in a year from which an institute considers a new line of research"))
          .real(&P::lab_capability,
                assumed("lab_capability", "1", {0, 1}, {0.1, 0.4},
                        "capability in the KET from which a line of research is feasible"))
          .real(&P::deliberation, assumed("deliberation", "month", {0, 240}, {3, 12},
                                          "time for which demand must last before a lab is built"))
          .real(&P::building_months, assumed("building_months", "month", {0, 240}, {12, 36},
                                             "time that it takes to build up a line of research"))
          .real(&P::building_staff,
                assumed("building_staff", "1", {0, 100}, {0.5, 2},
                        "projects that the staff who build up a line could carry meanwhile"))
          .real(&P::line_capacity, assumed("line_capacity", "1", {0, 100}, {0.25, 2},
                                           "projects by which a new line raises an institute's capacity"))
          .real(&P::research_growth,
                assumed("research_growth", "1/yr", {0, 12}, {0.03, 0.15},
                        "rate at which a line of research closes the gap to the frontier, frontier growth "
                        "taken off"))
          .real(&P::closing_demand, assumed("closing_demand", "1/yr", {0, 1000}, {0, 0.5},
                                            "requests in a year below which a line may be closed"))
          .real(&P::patience, assumed("patience", "month", {0, 1200}, {36, 96},
                                      "time that a new line runs before it can be closed"));
  return schema;
}

class ResearchLines final : public Process {
 public:
  using Parameters = ResearchLineParameters;
  ResearchLines(const Setup&, const Parameters& parameters) : parameters_(parameters) {}

  void step(Context& context) override {
    World& world = context.world;
    hear_enquiries(world);
    for (std::size_t i = 0; i < world.research.count(); ++i) {
      for (std::size_t k = 0; k < world.ket_count(); ++k) {
        advance(world, ResearchId(i), KetId(k));
        grow(world, ResearchId(i), KetId(k));
      }
    }
  }

 private:
  // Who has come to look into a KET asks the institutes that it knows.
  static void hear_enquiries(World& world) {
    for (const StageChange& change : world.changes) {
      if (change.to != Stage::interested) continue;
      for (const std::uint32_t row : world.contacts.of(actor(change.firm))) {
        const Actor other = other_end(world.contacts.row(row), actor(change.firm));
        if (other.kind == ActorKind::research) world.research.demand(other.research(), change.ket) += 1.0F;
      }
    }
  }

  void advance(World& world, ResearchId id, KetId ket) const {
    ResearchInstitutes& research = world.research;
    const double demand = research.demand(id, ket);
    const double waited = world.month - research.line_since(id, ket);
    const auto move = [&](LineStage to, OrganisationTrigger trigger) {
      research.change_line(id, ket, to, trigger, world.month);
    };
    switch (research.line(id, ket)) {
      case LineStage::none:
        if (demand >= parameters_.lab_demand && research.capability(id, ket) >= parameters_.lab_capability)
          move(LineStage::considered, OrganisationTrigger::demand);
        break;
      case LineStage::considered:
        if (waited < parameters_.deliberation) break;
        if (demand < parameters_.lab_demand) {
          move(LineStage::none, OrganisationTrigger::lack_of_demand);
        } else if (research.free_projects[id] >= parameters_.building_staff) {
          research.free_projects[id] -= static_cast<float>(parameters_.building_staff);
          move(LineStage::building, OrganisationTrigger::demand);
        }
        break;
      case LineStage::building:
        if (waited < parameters_.building_months) break;
        research.free_projects[id] += static_cast<float>(parameters_.building_staff);
        add_capacity(research, id, parameters_.line_capacity);
        move(LineStage::running, OrganisationTrigger::demand);
        break;
      case LineStage::running:
        if (research.line_trigger(id, ket) == OrganisationTrigger::founding ||
            waited < parameters_.patience || demand >= parameters_.closing_demand)
          break;
        add_capacity(research, id, -parameters_.line_capacity);
        move(LineStage::none, OrganisationTrigger::lack_of_demand);
        break;
    }
  }

  static void add_capacity(ResearchInstitutes& research, ResearchId id, double projects) {
    research.capacity[id] += static_cast<float>(projects);
    research.free_projects[id] += static_cast<float>(projects);
  }

  void grow(World& world, ResearchId id, KetId ket) const {
    float& capability = world.research.capability(id, ket);
    if (world.research.line(id, ket) == LineStage::running)
      capability += static_cast<float>(parameters_.research_growth / 12.0) * (1.0F - capability);
    else
      capability *= 1.0F - static_cast<float>(world.geography->ket(ket).frontier_growth / 12.0);
    world.research.demand(id, ket) *= 11.0F / 12.0F;  // requests of the last year, fading month by month
  }

  ResearchLineParameters parameters_;
};

const RegisterProcess<ResearchLines> registered{
    research_line_schema(), Phase::spill_over, 45,
    "requests to institutes, contacts of firms that become interested",
    "lines of research, capability, capacity of institutes"};

}  // namespace
}  // namespace ketsim
