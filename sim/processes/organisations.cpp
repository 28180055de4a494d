// Universities adopt a KET as a line of research when firms ask for it and their own capability justifies the
// lab; intermediaries take a KET into their advice when enough of their clients look into it. Both then grow
// in it.
#include <algorithm>

#include "ketsim/engine/process.hpp"

namespace ketsim {
namespace {

struct OrganisationParameters : ProcessParameters {
  double lab_demand = 2.0;
  double lab_capability = 0.3;
  double research_growth = 0.08;
  double advice_interest = 0.05;
  double advice_growth = 0.1;
};

const Schema<OrganisationParameters>& organisation_schema() {
  using P = OrganisationParameters;
  static const Schema<P> schema =
      Schema<P>("organisations",
                "Universities adopt lines of research, intermediaries take KETs into their advice")
          .boolean(&P::enabled, enabled_declaration())
          .real(
              &P::lab_demand,
              {.name = "lab_demand",
               .unit = "1/yr",
               .range = {0, 1000},
               .plausible = {1, 6},
               .doc = "requests by firms in a year from which an institute considers a new line of research",
               .source = "assumption",
               .grade = Grade::assumption})
          .real(&P::lab_capability, {.name = "lab_capability",
                                     .unit = "1",
                                     .range = {0, 1},
                                     .plausible = {0.2, 0.5},
                                     .doc = "capability in the KET from which a line of research is feasible",
                                     .source = "assumption",
                                     .grade = Grade::assumption})
          .real(&P::research_growth, {.name = "research_growth",
                                      .unit = "1/yr",
                                      .range = {0, 12},
                                      .plausible = {0.03, 0.15},
                                      .doc = "rate at which a line of research closes the gap to the "
                                             "frontier, frontier growth taken off",
                                      .source = "assumption",
                                      .grade = Grade::assumption})
          .real(&P::advice_interest,
                {.name = "advice_interest",
                 .unit = "1",
                 .range = {0, 1},
                 .plausible = {0.02, 0.2},
                 .doc = "share of clients interested in a KET from which an intermediary advises on it",
                 .source = "assumption",
                 .grade = Grade::assumption})
          .real(&P::advice_growth, {.name = "advice_growth",
                                    .unit = "1/yr",
                                    .range = {0, 12},
                                    .plausible = {0.05, 0.3},
                                    .doc = "rate at which advice grows towards full expertise",
                                    .source = "assumption",
                                    .grade = Grade::assumption});
  return schema;
}

class Organisations final : public Process {
 public:
  using Parameters = OrganisationParameters;
  Organisations(const Setup&, const Parameters& parameters) : parameters_(parameters) {}

  void step(Context& context) override {
    grow_research(context.world);
    if (context.month() % 12 == 0) count_clients(context.world);  // portfolios are reviewed once a year
    grow_advice(context.world);
  }

 private:
  void grow_research(World& world) const {
    ResearchInstitutes& research = world.research;
    for (std::size_t i = 0; i < research.count(); ++i) {
      const ResearchId id(i);
      for (std::size_t k = 0; k < world.ket_count(); ++k) {
        const KetId ket(k);
        float& capability = research.capability(id, ket);
        const bool wants = research.demand[id] >= static_cast<float>(parameters_.lab_demand) &&
                           capability >= static_cast<float>(parameters_.lab_capability);
        if (wants) research.research_line(id, ket) = 1;
        const float growth = research.research_line(id, ket) != 0
                                 ? static_cast<float>(parameters_.research_growth) / 12.0F
                                 : 0.0F;
        capability += growth * (1.0F - capability);
      }
      research.demand[id] *= 11.0F / 12.0F;  // requests of the last year, fading month by month
    }
  }

  void count_clients(World& world) const {
    const std::size_t n = world.intermediaries.count();
    std::vector<std::uint32_t> clients(n, 0);
    std::vector<std::uint32_t> interested(n * world.ket_count(), 0);
    for (std::size_t i = 0; i < world.firms.count(); ++i) {
      const FirmId firm(i);
      const std::size_t adviser = world.firms.client_of[firm];
      if (adviser >= n) continue;
      ++clients[adviser];
      for (std::size_t k = 0; k < world.ket_count(); ++k) {
        const Stage stage = world.firms.stage(firm, KetId(k));
        if (stage == Stage::interested || stage == Stage::piloting || uses(stage))
          ++interested[adviser * world.ket_count() + k];
      }
    }
    for (std::size_t a = 0; a < n; ++a) {
      for (std::size_t k = 0; k < world.ket_count(); ++k) {
        const double share =
            clients[a] > 0 ? static_cast<double>(interested[a * world.ket_count() + k]) / clients[a] : 0.0;
        if (clients[a] > 0 && share >= parameters_.advice_interest)
          world.intermediaries.advises(IntermediaryId(a), KetId(k)) = 1;
      }
    }
  }

  void grow_advice(World& world) const {
    Intermediaries& intermediaries = world.intermediaries;
    const float growth = static_cast<float>(parameters_.advice_growth) / 12.0F;
    for (std::size_t a = 0; a < intermediaries.count(); ++a) {
      for (std::size_t k = 0; k < world.ket_count(); ++k) {
        float& expertise = intermediaries.expertise(IntermediaryId(a), KetId(k));
        if (intermediaries.advises(IntermediaryId(a), KetId(k)) != 0)
          expertise += growth * (1.0F - expertise);
      }
    }
  }

  OrganisationParameters parameters_;
};

const RegisterProcess<Organisations> registered{organisation_schema(), Phase::learn, 20,
                                                "requests to institutes, stages of clients",
                                                "capability, research lines, expertise, advice"};

}  // namespace
}  // namespace ketsim
