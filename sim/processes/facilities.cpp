// Facilities at work: demonstrators show what a KET can do, shared labs close when nobody pays for them.
//
// A demonstrator yields observations of the benefit to every firm of a region, the fewer the further away it
// stands, and what was seen is remembered:
//
//   evidence(KET, region) += observations / 12 * exp(-distance / distance_scale)  [observations/month]
//
// It is held by region, not by firm: neighbours see the same.
#include <algorithm>

#include "ketsim/engine/meeting.hpp"
#include "ketsim/engine/process.hpp"

namespace ketsim {
namespace {

class FacilitiesAtWork final : public Process {
 public:
  using Parameters = ProcessParameters;
  FacilitiesAtWork(const Setup&, const Parameters&) {}

  void step(Context& context) override {
    World& world = context.world;
    std::vector<Demonstrator>& demonstrators = world.facilities.demonstrators;
    std::erase_if(demonstrators, [&](const Demonstrator& one) { return one.until < world.month; });
    for (const Demonstrator& one : demonstrators) show(world, one);
    std::erase_if(world.facilities.labs, [&](const SharedLab& lab) {
      if (lab.until >= world.month) return false;
      close(world, lab);
      return true;
    });
  }

 private:
  static void show(World& world, const Demonstrator& one) {
    std::vector<double>& evidence = world.facilities.evidence[one.ket.index()];
    for (std::size_t r = 0; r < evidence.size(); ++r) {
      const double distance = distance_km(world.geography->regions[r].centroid, one.position);
      evidence[r] += one.observations / 12.0 * nearness(distance, one.distance_scale);
    }
  }

  static void close(World& world, const SharedLab& lab) {
    world.research.capacity[lab.host] -= lab.projects;
    world.research.free_projects[lab.host] -= lab.projects;
  }
};

const Schema<ProcessParameters>& facilities_schema() {
  static const Schema<ProcessParameters> schema =
      Schema<ProcessParameters>("facilities", "Demonstrators show what KETs can do; shared labs close")
          .boolean(&ProcessParameters::enabled, enabled_declaration());
  return schema;
}

const RegisterProcess<FacilitiesAtWork> registered{facilities_schema(), Phase::learn, 40,
                                                   "demonstrators, shared labs",
                                                   "evidence by region, capacity of institutes"};

}  // namespace
}  // namespace ketsim
