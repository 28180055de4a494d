// Outputs on cooperation: joint work that goes on, and how much of it crosses the border.
#include "ketsim/engine/observer.hpp"

namespace ketsim {
namespace {

class CooperationObserver final : public Observer {
 public:
  std::vector<Series> series() const override {
    return {
        {.name = "collaboration_ties",
         .unit = "1",
         .kind = SeriesKind::stock,
         .dimensions = {},
         .doc = "pairs of actors at joint work",
         .chart = "Cooperation"},
        {.name = "cross_border_ties",
         .unit = "1",
         .kind = SeriesKind::stock,
         .dimensions = {},
         .doc = "pairs of actors at joint work across the border",
         .chart = "Cooperation"},
        {.name = "collaborations",
         .unit = "1",
         .kind = SeriesKind::stock,
         .dimensions = {},
         .doc = "pairs of actors that have ever worked together since the start",
         .chart = "Cooperation"},
        {.name = "cross_border_collaboration_pairs",
         .unit = "1",
         .kind = SeriesKind::stock,
         .dimensions = {},
         .doc = "of them, pairs across the border",
         .chart = "Cooperation"},
        {.name = "cross_border_share",
         .unit = "1",
         .kind = SeriesKind::ratio,
         .dimensions = {},
         .doc = "share of the pairs that have ever worked together that cross the border",
         .chart = "Cooperation"},
        {.name = "border_candidates_met",
         .unit = "1",
         .kind = SeriesKind::flow,
         .dimensions = {},
         .doc =
             "possible partners across the border within reach of leads at the first search of a proposal; "
             "estimated where more than 16,384 firms know the programme",
         .chart = "Cooperation"},
        {.name = "border_candidates",
         .unit = "1",
         .kind = SeriesKind::flow,
         .dimensions = {"cooperation_step"},
         .doc = "of them, those with whom cooperation stops at the step; at the last step, carry_out: "
                "partners across the border in projects that broke up in the month",
         .chart = "Cooperation"},
    };
  }

  void observe(const Context& context, Recorder& recorder) override {
    double active = 0.0;
    double active_across = 0.0;
    double ever = 0.0;
    double ever_across = 0.0;
    for (const Contact& contact : context.world.contacts.all()) {
      if (contact.kind != ContactKind::collaboration) continue;
      const double across = context.world.crosses_border(contact.a, contact.b) ? 1.0 : 0.0;
      ever += 1.0;
      ever_across += across;
      if (contact.active_until < context.month()) continue;
      active += 1.0;
      active_across += across;
    }
    recorder.now("collaboration_ties")[0] = active;
    recorder.now("cross_border_ties")[0] = active_across;
    recorder.now("collaborations")[0] = ever;
    recorder.now("cross_border_collaboration_pairs")[0] = ever_across;
    recorder.now("cross_border_share")[0] = ever > 0.0 ? ever_across / ever : 0.0;
    observe_steps(context.world, recorder);
  }

 private:
  static void observe_steps(const World& world, Recorder& recorder) {
    recorder.now("border_candidates_met")[0] = world.border_tally.met;
    const auto stopped = recorder.now("border_candidates");
    for (std::size_t s = 0; s < cooperation_step_count; ++s) stopped[s] = world.border_tally.stopped[s];
    for (const Project& project : world.projects) {
      if (project.status != ProjectStatus::failed || project.finished != world.month) continue;
      const FirmId first_lead = world.proposals[project.proposal.index()].lead;  // of whom failure was drawn
      for (const Member& member : project.members) {
        if (!member.left && world.crosses_border(actor(first_lead), member.actor))
          stopped[static_cast<std::size_t>(CooperationStep::carry_out)] += 1.0;
      }
    }
  }
};

const RegisterObserver<CooperationObserver> registered{"cooperation"};

}  // namespace
}  // namespace ketsim
