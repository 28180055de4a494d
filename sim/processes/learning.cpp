// Knowledge relative to a moving frontier. It loses value as the frontier moves, grows by own work on a KET,
// and flows over contacts while joint work goes on (passive ties carry awareness only):
//
//   dk = -frontier_growth / 12 * k                                          [1/month]
//        + own_rate / 12 * absorptive_capacity * (1 - k), while piloting or using the KET
//        + transfer_rate / 12 * absorptive_capacity * strength * border * max(0, k_partner - k) * g(distance)
//
// absorptive_capacity, g(distance) and border (language and culture, eroded by repeated cooperation): see
// engine/cooperation.hpp.
#include <algorithm>

#include "ketsim/engine/cooperation.hpp"
#include "ketsim/engine/process.hpp"
#include "ketsim/model/stage_rows.hpp"
#include "ketsim/parallel/row_finds.hpp"
#include "ketsim/parallel/rows.hpp"

namespace ketsim {
namespace {

struct LearningParameters : ProcessParameters {
  double own_rate = 0.25;
  double transfer_rate = 0.8;
};

const Schema<LearningParameters>& learning_schema() {
  using P = LearningParameters;
  static const Schema<P> schema =
      Schema<P>("learning", "Knowledge is built, passed on and overtaken by the frontier")
          .boolean(&P::enabled, enabled_declaration())
          .real(&P::own_rate, {.name = "own_rate",
                               .unit = "1/yr",
                               .range = {0, 12},
                               .plausible = {0.1, 0.5},
                               .doc = "rate at which own work closes the gap to the frontier",
                               .source = "assumption",
                               .grade = Grade::assumption})
          .real(&P::transfer_rate, {.name = "transfer_rate",
                                    .unit = "1/yr",
                                    .range = {0, 12},
                                    .plausible = {0.3, 1.5},
                                    .doc = "rate at which joint work closes the gap to a partner",
                                    .source = "assumption",
                                    .grade = Grade::assumption});
  return schema;
}

class Learning final : public Process {
 public:
  using Parameters = LearningParameters;
  Learning(const Setup&, const Parameters& parameters) : parameters_(parameters) {}

  void step(Context& context) override {
    World& world = context.world;
    for_rows(world.firms.count(), [&](std::size_t begin, std::size_t end) {
      for (std::size_t k = 0; k < world.ket_count(); ++k) work(world, KetId(k), begin, end);
    });
    transfer(world);
  }

 private:
  // Those at work gain on the knowledge of the month before, which meanwhile loses value everywhere. Few are
  // at work: their gains are worked out one by one, the rest is one expression on vectors.
  void work(World& world, KetId ket, std::size_t begin, std::size_t end) const {
    constexpr std::size_t rows = 256;  // their gains stay in the fastest cache
    const float keeps = 1.0F - static_cast<float>(world.geography->ket(ket).frontier_growth / 12.0);
    const auto rate = static_cast<float>(parameters_.own_rate / 12.0);
    float* knowledge = world.firms.knowledge.data(ket);
    for (std::size_t first = begin; first < end; first += rows) {
      const std::size_t last = std::min(end, first + rows);
      Eigen::Array<float, rows, 1> gain = Eigen::Array<float, rows, 1>::Zero();
      for_stages<Stage::piloting, Stage::adopted, Stage::confirmed>(
          world.firms.stage.data(ket), first, last, [&](std::size_t row) {
            const auto capacity = static_cast<float>(absorptive_capacity(world, FirmId(row)));
            gain[static_cast<Eigen::Index>(row - first)] = rate * capacity * (1.0F - knowledge[row]);
          });
      const auto count = static_cast<Eigen::Index>(last - first);
      Eigen::Map<Eigen::ArrayXf> here(knowledge + first, count);
      here = here * keeps + gain.head(count);
    }
  }

  struct Gain {
    FirmId firm;
    KetId ket;
    float amount;
  };

  // All gains are read from the knowledge of the month before and added in the order of the contacts.
  void transfer(World& world) {
    const std::vector<Contact>& contacts = world.contacts.all();
    transferred_.gather(contacts.size(), [&](std::size_t begin, std::size_t end, auto& gains) {
      for (std::size_t c = begin; c < end; ++c) {
        if (contacts[c].active_until < world.month) continue;
        add_gain(world, contacts[c], contacts[c].a, contacts[c].b, gains);
        add_gain(world, contacts[c], contacts[c].b, contacts[c].a, gains);
      }
    });
    transferred_.for_each([&](const Gain& gain) {
      float& knowledge = world.firms.knowledge(gain.firm, gain.ket);
      knowledge = std::min(1.0F, knowledge + gain.amount);
    });
  }

  void add_gain(const World& world, const Contact& contact, Actor learner, Actor partner,
                std::vector<Gain>& gains) const {
    if (learner.kind != ActorKind::firm) return;
    const FirmId firm = learner.firm();
    const double rate = parameters_.transfer_rate / 12.0 * absorptive_capacity(world, firm) *
                        contact.strength * border_openness(world, firm, partner) *
                        learning_potential(world, learner, partner);
    for (std::size_t k = 0; k < world.ket_count(); ++k) {
      const KetId ket(k);
      const double theirs = partner.kind == ActorKind::intermediary ? 0.0 : knowledge_of(world, partner, ket);
      const double gap = theirs - world.firms.knowledge(firm, ket);
      if (gap > 0.0) gains.push_back({firm, ket, static_cast<float>(rate * gap)});
    }
  }

  LearningParameters parameters_;
  RowFinds<Gain> transferred_;  //!< over contacts, this month
};

const RegisterProcess<Learning> registered{learning_schema(), Phase::learn, 10,
                                           "stage, contacts at work, frontier growth", "knowledge"};

}  // namespace
}  // namespace ketsim
