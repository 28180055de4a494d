// Awareness: media and peers tell firms of a KET, at a monthly hazard after Bass (1969).
//
//   hazard = (media_rate + talk_rate * informed + peer_rate * adopting) / 12 [1/month] informed, adopting:
//   shares of a firm's contacts (by strength of tie) that know or use the KET; with network.mixing = m,
//   adopting = (1 - m) * own contacts + m * whole population.
//
// Outreach in person adds to the same threshold when it is delivered. With peers only and no further stage
// the mean path is Bass' equation; his p and q were fitted to adoption, with all barriers inside, and are no
// defaults here.
#include <algorithm>

#include "ketsim/engine/process.hpp"
#include "ketsim/parallel/rows.hpp"

namespace ketsim {
namespace {

struct AwarenessParameters : ProcessParameters {
  double media_rate = 0.05;
  double talk_rate = 0.10;
  double peer_rate = 0.40;
};

const Schema<AwarenessParameters>& awareness_schema() {
  using P = AwarenessParameters;
  static const Schema<P> schema =
      Schema<P>("awareness", "Media and peers make firms aware of a KET")
          .boolean(&P::enabled, enabled_declaration())
          .real(&P::media_rate, {.name = "media_rate",
                                 .unit = "1/yr",
                                 .range = {0, 100},
                                 .plausible = {0.02, 0.1},
                                 .doc = "hazard of awareness from media and trade fairs",
                                 .source = "assumption, above bass.p_ket because later stages delay adoption",
                                 .grade = Grade::assumption})
          .real(&P::talk_rate, {.name = "talk_rate",
                                .unit = "1/yr",
                                .range = {0, 100},
                                .plausible = {0.05, 0.3},
                                .doc = "hazard of awareness when all contacts know the KET",
                                .source = "assumption",
                                .grade = Grade::assumption})
          .real(&P::peer_rate, {.name = "peer_rate",
                                .unit = "1/yr",
                                .range = {0, 100},
                                .plausible = {0.25, 0.6},
                                .doc = "hazard of awareness when all contacts use the KET",
                                .source = "assumption, of the order of bass.q_ket",
                                .grade = Grade::assumption});
  return schema;
}

class Awareness final : public Process {
 public:
  using Parameters = AwarenessParameters;
  Awareness(const Setup& setup, const Parameters& parameters)
      : media_(parameters.media_rate / 12.0),
        talk_(parameters.talk_rate / 12.0),
        peer_(parameters.peer_rate / 12.0),
        mixing_(setup.scenario.network.mixing) {}

  void step(Context& context) override {
    for (std::size_t k = 0; k < context.world.ket_count(); ++k) step_ket(context.world, KetId(k));
  }

 private:
  struct Change {
    FirmId firm;
    Trigger trigger;
  };

  void step_ket(World& world, KetId ket) {
    const std::size_t n = world.firms.count();
    changes_.resize(n / row_grain + 1);
    const double adopters_share =
        static_cast<double>(world.users[ket.index()]) / std::max(1.0, static_cast<double>(world.living));
    for_rows(n, [&](std::size_t begin, std::size_t end) {
      std::vector<Change>& changes = changes_[begin / row_grain];
      for (std::size_t i = begin; i < end; ++i) inform(world, FirmId(i), ket, adopters_share, changes);
    });
    // All read the month before; only now do the changes take place, in the order of the rows.
    for (std::vector<Change>& changes : changes_) {
      for (const Change& change : changes) world.change_stage(change.firm, ket, Stage::aware, change.trigger);
      changes.clear();
    }
  }

  void inform(World& world, FirmId firm, KetId ket, double adopters_share,
              std::vector<Change>& changes) const {
    Firms& firms = world.firms;
    if (firms.stage(firm, ket) != Stage::unaware || !firms.alive[firm]) return;
    const double per_strength = world.peers.inverse_strength[firm];
    const double adopting =
        (1.0 - mixing_) * firms.adopting_exposure(firm, ket) * per_strength + mixing_ * adopters_share;
    const double peers = peer_ * adopting + talk_ * firms.informed_exposure(firm, ket) * per_strength;
    if (accumulate(firms.resistance(firm, ket), to_hazard(media_ + peers))) {
      changes.push_back({firm, media_ > peers ? Trigger::media : Trigger::peer});
    }
  }

  double media_;  //!< [1/month]
  double talk_;   //!< [1/month]
  double peer_;   //!< [1/month]
  double mixing_;
  std::vector<std::vector<Change>> changes_;
};

const RegisterProcess<Awareness> registered{awareness_schema(), Phase::inform, 10,
                                            "stage, exposures to contacts, users",
                                            "stage (unaware to aware), resistance"};

}  // namespace
}  // namespace ketsim
