// Outputs on programmes: reach, proposals, projects, products, and who took part.
#include <set>

#include "ketsim/engine/observer.hpp"
#include "ketsim/scenario/catalogue.hpp"

namespace ketsim {
namespace {

class ProgrammeObserver final : public Observer {
 public:
  std::vector<Series> series() const override {
    const auto flow = [](const char* name, const char* doc, const char* chart,
                         std::vector<std::string> dimensions = {}) {
      return Series{.name = name,
                    .unit = "1",
                    .kind = SeriesKind::flow,
                    .dimensions = std::move(dimensions),
                    .doc = doc,
                    .chart = chart};
    };
    const auto stock = [](const char* name, const char* doc, const char* chart,
                          std::vector<std::string> dimensions = {}) {
      return Series{.name = name,
                    .unit = "1",
                    .kind = SeriesKind::stock,
                    .dimensions = std::move(dimensions),
                    .doc = doc,
                    .chart = chart};
    };
    return {
        flow("firms_reached",
             "SMEs first reached in person by a programme: at an event or course, by a visit, in "
             "matchmaking, coaching, a help desk, a demonstrator or a laboratory",
             "Funnel", {"country", "size_class"}),
        flow("proposals_submitted", "proposals for innovation projects, first submissions only",
             "Proposals and projects", {"ket"}),
        flow("study_proposals_submitted", "proposals for feasibility studies, first submissions only",
             "Proposals and projects", {"ket"}),
        flow("proposals_resubmitted", "proposals submitted again after a rejection", "Proposals and projects",
             {"ket"}),
        flow("proposals_withdrawn", "proposals that their leads gave up, before or after submission",
             "Proposals and projects", {"ket"}),
        flow("awards_unused", "awards that were not taken up", "Proposals and projects", {"ket"}),
        flow("applications", "applications submitted, by consortia and single firms, resubmissions included",
             "Proposals and projects", {"instrument"}),
        flow("awards", "applications awarded", "Proposals and projects", {"instrument"}),
        flow("projects_funded", "innovation projects awarded", "Proposals and projects", {"ket"}),
        flow("studies_funded", "feasibility studies awarded", "Proposals and projects", {"ket"}),
        flow("projects_completed", "innovation projects that reached their end", "Proposals and projects",
             {"ket"}),
        flow("projects_failed", "innovation projects that broke up", "Proposals and projects", {"ket"}),
        {.name = "trl_levels_gained",
         .unit = "level",
         .kind = SeriesKind::flow,
         .dimensions = {"ket"},
         .doc = "technology readiness levels that completed innovation projects climbed",
         .chart = "Proposals and projects"},
        flow("products", "product lines that SMEs brought to market from completed projects", "Products",
             {"ket"}),
        stock("firms_supported", "distinct SMEs that have had an award", "Funnel", {"region", "size_class"}),
        stock("large_firms_supported", "distinct large firms that have had a part in an award", "Funnel"),
        stock("research_partners_supported",
              "distinct universities and institutes that have had a part in an award", "Funnel"),
        stock("firms_with_research_partner",
              "distinct SMEs with a task tie to a university or institute in a funded project",
              "Cooperation"),
        stock("cross_border_collaborations",
              "contracts between an SME and a partner across the border in funded projects", "Cooperation"),
        stock("assignments", "tasks that SMEs have placed with universities or institutes in funded projects",
              "Cooperation"),
    };
  }

  void observe(const Context& context, Recorder& recorder) override {
    const World& world = context.world;
    for (const FirmId firm : world.newly_reached) {
      recorder.now("firms_reached")[world.country_of(firm).index() * size_class_count +
                                    static_cast<std::size_t>(world.firms.size[firm])] += 1.0;
    }
    for (const Proposal& proposal : world.proposals) observe_proposal(context, proposal, recorder);
    for (const Project& project : world.projects) observe_project(context, project, recorder);
    count_participants(context, recorder);
  }

  void save(ByteWriter& bytes, const World&) const override { bytes(counted_, with_research_); }
  void restore(ByteReader& bytes, const World&) override { bytes(counted_, with_research_); }

 private:
  static void observe_proposal(const Context& context, const Proposal& proposal, Recorder& recorder) {
    const MonthIndex month = context.month();
    const std::size_t ket = proposal.ket.index();
    if (proposal.decided == month) {
      if (proposal.status == ProposalStatus::withdrawn) recorder.now("proposals_withdrawn")[ket] += 1.0;
      if (proposal.status == ProposalStatus::unused) recorder.now("awards_unused")[ket] += 1.0;
      if (proposal.status == ProposalStatus::awarded)
        recorder.now("awards")[instrument_of(context, proposal)] += 1.0;
    }
    if (proposal.submitted != month || proposal.status == ProposalStatus::forming) return;
    recorder.now("applications")[instrument_of(context, proposal)] += 1.0;
    if (proposal.kind > ProjectKind::feasibility_study) return;
    const char* series = proposal.attempt > 0                               ? "proposals_resubmitted"
                         : proposal.kind == ProjectKind::innovation_project ? "proposals_submitted"
                                                                            : "study_proposals_submitted";
    recorder.now(series)[ket] += 1.0;
  }

  // Place in the dimension `instrument`.
  static std::size_t instrument_of(const Context& context, const Proposal& proposal) {
    static const std::vector<std::string> names = instrument_catalogue().names();
    const std::string& name = context.policy(proposal.policy).policy->instrument;
    return static_cast<std::size_t>(std::ranges::find(names, name) - names.begin());
  }

  static void observe_project(const Context& context, const Project& project, Recorder& recorder) {
    const std::size_t ket = project.ket.index();
    if (project.start == context.month() && project.kind == ProjectKind::feasibility_study)
      recorder.now("studies_funded")[ket] += 1.0;
    if (project.kind != ProjectKind::innovation_project) return;
    if (project.start == context.month()) recorder.now("projects_funded")[ket] += 1.0;
    if (project.finished != context.month()) return;
    const bool completed = project.status == ProjectStatus::completed;
    recorder.now(completed ? "projects_completed" : "projects_failed")[ket] += 1.0;
    if (completed) recorder.now("trl_levels_gained")[ket] += project.trl - first_trl;
    recorder.now("products")[ket] += project.products;
  }

  // Awards of this month and projects that began add to the stocks of participants.
  void count_participants(const Context& context, Recorder& recorder) {
    const World& world = context.world;
    const auto supported = recorder.carried("firms_supported");
    const auto large = recorder.carried("large_firms_supported");
    const auto research = recorder.carried("research_partners_supported");
    const auto with_research = recorder.carried("firms_with_research_partner");
    const auto across = recorder.carried("cross_border_collaborations");
    const auto assignments = recorder.carried("assignments");
    for (const Award& award : world.awards) {
      if (!counted_.insert(award.actor.code()).second) continue;
      if (award.actor.kind == ActorKind::research)
        research[0] += 1.0;
      else if (!world.is_sme(award.actor))
        large[0] += 1.0;
      else
        supported[world.firms.region[award.actor.firm()] * size_class_count +
                  static_cast<std::size_t>(world.firms.size[award.actor.firm()])] += 1.0;
    }
    for (const Project& project : world.projects) {
      if (project.start != context.month()) continue;
      for (const Task& task : project.tasks) {
        const Actor client = project.members[task.client].actor;
        const Actor supplier = project.members[task.supplier].actor;
        if (world.crosses_border(client, supplier)) across[0] += 1.0;
        if (supplier.kind != ActorKind::research) continue;
        assignments[0] += 1.0;
        if (with_research_.insert(client.code()).second) with_research[0] += 1.0;
      }
    }
  }

  std::set<std::uint64_t> counted_;        //!< actors that have had a part in an award
  std::set<std::uint64_t> with_research_;  //!< SMEs with a task tie to research
};

const RegisterObserver<ProgrammeObserver> registered{"programmes"};

}  // namespace
}  // namespace ketsim
