// Awareness: media and peers tell firms of a KET, at a monthly hazard after Bass (1969).
//
//   hazard = (media_rate + talk_rate * informed + peer_rate * adopting) / 12  [1/month]
//   informed, adopting: shares of all that a firm talks to, by strength of tie, that know or use the KET;
//   with network.mixing = m, adopting = (1 - m) * own ties + m * whole population.
//
// A firm talks to its peers, to its contacts (made at events, through matchmaking or joint work; an institute
// knows a KET that is a running line of its research) with `contact_weight`, and to its adviser (who knows
// the KETs in its advice) with `advice_strength`. Talk of contacts and advisers is damped across the border;
// ties of peers were, when they were made.
//
// Outreach in person adds to the same threshold when it is delivered. With peers only and no further stage
// the mean path is Bass' equation; his p and q were fitted to adoption, with all barriers inside, and are no
// defaults here.
#include <algorithm>

#include "ketsim/engine/cooperation.hpp"
#include "ketsim/engine/process.hpp"
#include "ketsim/parallel/rows.hpp"

namespace ketsim {
namespace {

struct AwarenessParameters : ProcessParameters {
  double media_rate = 0.05;
  double talk_rate = 0.10;
  double peer_rate = 0.40;
  double contact_weight = 1.0;
  double advice_strength = 0.2;
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
                                .grade = Grade::assumption})
          .real(&P::contact_weight, {.name = "contact_weight",
                                     .unit = "1",
                                     .range = {0, 100},
                                     .plausible = {0.3, 2},
                                     .doc = "talk over a contact, over talk with a peer of the same strength",
                                     .source = "assumption",
                                     .grade = Grade::assumption})
          .real(&P::advice_strength,
                {.name = "advice_strength",
                 .unit = "1",
                 .range = {0, 100},
                 .plausible = {0, 0.5},
                 .doc = "strength of talk with the firm's adviser, 1 that of the closest peer",
                 .source = "assumption",
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
        contact_weight_(parameters.contact_weight),
        advice_strength_(parameters.advice_strength),
        mixing_(setup.scenario.network.mixing) {}

  void step(Context& context) override {
    for (std::size_t k = 0; k < context.world.ket_count(); ++k) {
      hear_contacts(context.world, KetId(k));
      step_ket(context.world, KetId(k));
    }
  }

 private:
  struct Change {
    FirmId firm;
    Trigger trigger;
  };
  //! Summed strength of ties, of those to actors that know the KET, and to those that use it [1/255].
  struct Talk {
    float all = 0.0F;
    float informed = 0.0F;
    float adopting = 0.0F;
    void add(double weight, bool knows, bool uses) {
      all += static_cast<float>(weight);
      informed += static_cast<float>(knows ? weight : 0.0);
      adopting += static_cast<float>(uses ? weight : 0.0);
    }
  };

  // Contacts are few: gathered anew each month, contact by contact.
  void hear_contacts(const World& world, KetId ket) {
    contacts_.assign(world.firms.count(), Talk());
    for (const Contact& contact : world.contacts.all()) {
      hear(world, ket, contact, contact.a, contact.b);
      hear(world, ket, contact, contact.b, contact.a);
    }
  }

  void hear(const World& world, KetId ket, const Contact& contact, Actor self, Actor other) {
    if (self.kind != ActorKind::firm || world.firms.stage(self.firm(), ket) != Stage::unaware) return;
    bool informed = false;
    bool adopting = false;
    if (other.kind == ActorKind::firm) {
      if (!world.firms.alive[other.firm()]) return;
      informed = knows(world.firms.stage(other.firm(), ket));
      adopting = uses(world.firms.stage(other.firm(), ket));
    } else if (other.kind == ActorKind::research) {
      informed = world.research.line(other.research(), ket) == LineStage::running;
    }
    const double weight = contact_weight_ * 255.0 * contact.strength;
    contacts_[self.row].add(weight * border_openness(world, self.firm(), other), informed, adopting);
  }

  // All that a firm talks to.
  [[nodiscard]] Talk talk_of(const World& world, FirmId firm, KetId ket) const {
    Talk talk = contacts_[firm.index()];
    const float per_strength = world.peers.inverse_strength[firm];
    if (per_strength > 0.0F) talk.all += 1.0F / per_strength;
    talk.informed += static_cast<float>(world.firms.informed_exposure(firm, ket));
    talk.adopting += static_cast<float>(world.firms.adopting_exposure(firm, ket));
    const std::size_t adviser = world.firms.client_of[firm];
    if (adviser < world.intermediaries.count()) {
      const IntermediaryId id(adviser);
      talk.add(advice_strength_ * 255.0 * border_openness(world, firm, actor(id)),
               world.intermediaries.advises(id, ket), false);
    }
    return talk;
  }

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
    const Talk talk = talk_of(world, firm, ket);
    const double per_strength = talk.all > 0.0F ? 1.0 / static_cast<double>(talk.all) : 0.0;
    const double adopting = (1.0 - mixing_) * talk.adopting * per_strength + mixing_ * adopters_share;
    const double peers = peer_ * adopting + talk_ * talk.informed * per_strength;
    if (accumulate(firms.resistance(firm, ket), to_hazard(media_ + peers))) {
      changes.push_back({firm, media_ > peers ? Trigger::media : Trigger::peer});
    }
  }

  double media_;  //!< [1/month]
  double talk_;   //!< [1/month]
  double peer_;   //!< [1/month]
  double contact_weight_;
  double advice_strength_;
  double mixing_;
  std::vector<Talk> contacts_;  //!< by firm, of the KET at hand
  std::vector<std::vector<Change>> changes_;
};

const RegisterProcess<Awareness> registered{awareness_schema(), Phase::inform, 10,
                                            "stage, exposures to peers, contacts, advisers, users",
                                            "stage (unaware to aware), resistance"};

}  // namespace
}  // namespace ketsim
