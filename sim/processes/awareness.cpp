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
// With timing: discrete the sum is not the hazard of a month but its chance.
//
// Outreach in person adds to the same threshold when it is delivered. With peers only and no further stage
// the mean path is Bass' equation; his p and q were fitted to adoption, with all barriers inside, and are no
// defaults here.
#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "ketsim/engine/cooperation.hpp"
#include "ketsim/engine/hazard_rows.hpp"
#include "ketsim/engine/process.hpp"
#include "ketsim/parallel/rows.hpp"

namespace ketsim {
namespace {

//! Where hearing of a KET leads.
enum class LeadsTo : std::uint8_t { aware, adopted };

struct AwarenessParameters : ProcessParameters {
  double media_rate = 0.05;
  double talk_rate = 0.10;
  double peer_rate = 0.40;
  double contact_weight = 1.0;
  double advice_strength = 0.2;
  Timing timing = Timing::continuous;
  LeadsTo leads_to = LeadsTo::aware;
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
                 .grade = Grade::assumption})
          .choice(&P::timing, {"continuous", "discrete"},
                  {.name = "timing",
                   .unit = "",
                   .doc = "continuous: rates are hazards, the chance in a month is 1 - exp(-rate / 12); "
                          "discrete: rate / 12 is the chance itself, as in models that draw once a step",
                   .source = "setting",
                   .grade = Grade::setting})
          .choice(&P::leads_to, {"aware", "adopted"},
                  {.name = "leads_to",
                   .unit = "",
                   .doc = "stage that a firm enters when it hears of a KET: aware, with the stages of Rogers "
                          "to come; or adopted at once, as in Bass' model",
                   .source = "setting",
                   .grade = Grade::setting});
  return schema;
}

class Awareness final : public Process {
 public:
  using Parameters = AwarenessParameters;
  Awareness(const Setup& setup, const Parameters& parameters)
      : media_(parameters.media_rate / 12.0),
        talk_(static_cast<float>(parameters.talk_rate / 12.0)),
        own_peers_(static_cast<float>(parameters.peer_rate / 12.0 * (1.0 - setup.scenario.network.mixing))),
        all_firms_(parameters.peer_rate / 12.0 * setup.scenario.network.mixing),
        contact_weight_(parameters.contact_weight),
        advice_strength_(parameters.advice_strength),
        timing_(parameters.timing),
        leads_to_(parameters.leads_to) {}

  void step(Context& context) override {
    World& world = context.world;
    note_others(world);
    heard_.resize(world.firms.count() / row_grain + 1);
    changes_.resize(heard_.size());
    const Stage next = leads_to_ == LeadsTo::adopted ? Stage::adopted : Stage::aware;
    for (std::size_t k = 0; k < world.ket_count(); ++k) {
      const KetId ket(k);
      const double users =
          static_cast<double>(world.users[k]) / std::max(1.0, static_cast<double>(world.living));
      const auto everyone = static_cast<float>(media_ + all_firms_ * users);
      for_rows(world.firms.count(), [&](std::size_t begin, std::size_t end) {
        for (std::size_t first = begin; first < end; first += rows_at_once)
          inform(world, ket, everyone, first, std::min(rows_at_once, end - first), heard_[begin / row_grain]);
      });
      // All have read the month before; only now do they change, and do their peers feel it.
      for_rows(world.firms.count(), [&](std::size_t begin, std::size_t) {
        for (const Heard& heard : heard_[begin / row_grain])
          changes_[begin / row_grain].push_back(world.move(heard.firm, ket, next, heard.from));
        heard_[begin / row_grain].clear();
      });
      world.publish(changes_);
    }
  }

 private:
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

  struct Heard {
    FirmId firm;
    Trigger from;
  };

  // Firms that talk to an adviser or over a contact, a bit each: three of ten do, and walking the bits is
  // several times faster than asking every firm.
  void note_others(const World& world) {
    const std::size_t words = world.firms.count() / 64 + 1;
    has_contact_.resize(words, 0);
    const std::vector<Contact>& contacts = world.contacts.all();
    for (; noted_ < contacts.size(); ++noted_) {  // contacts are only ever added
      for (const Actor end : {contacts[noted_].a, contacts[noted_].b}) {
        if (end.kind == ActorKind::firm) has_contact_[end.row / 64] |= 1ULL << end.row % 64;
      }
    }
    has_adviser_.resize(words, 0);
    const std::uint8_t* adviser = world.firms.client_of.data();
    for_rows(world.firms.count(), [&](std::size_t begin, std::size_t end) {
      for (std::size_t first = begin; first < end; first += 64)
        has_adviser_[first / 64] = bits_of_clients(adviser + first, std::min<std::size_t>(64, end - first));
    });
  }

  // Bit i: adviser[i] is one, not 255. Eight firms at a time: the top bit of each byte tells, and one
  // multiplication gathers them.
  static std::uint64_t bits_of_clients(const std::uint8_t* adviser, std::size_t firms) {
    static_assert(std::endian::native == std::endian::little, "the first firm stands in the lowest byte");
    constexpr std::uint64_t low_bits = 0x7f7f7f7f7f7f7f7fULL;
    std::uint64_t bits = 0;
    for (std::size_t first = 0; first < firms; first += 8) {
      std::uint64_t eight = ~std::uint64_t{0};
      std::memcpy(&eight, adviser + first, std::min<std::size_t>(8, firms - first));
      const std::uint64_t clients = ~eight;
      const std::uint64_t tops = (((clients & low_bits) + low_bits) | clients) & ~low_bits;
      bits |= (tops >> 7) * 0x0102040810204080ULL >> 56 << first;
    }
    return bits;
  }

  // Some rows in a row: most talk to peers only, and are worked on together.
  void inform(World& world, KetId ket, float everyone, std::size_t first, std::size_t rows,
              std::vector<Heard>& heard) const {
    Firms& firms = world.firms;
    std::array<float, rows_at_once> rate;
    hear_peers(world, ket, everyone, first, rows, rate.data());
    hear_others(world, ket, everyone, first, rows, rate.data());
    std::array<float, rows_at_once> hazard = rate;
    std::array<Hazard, rows_at_once> dose;
    hazards_of_rates(timing_, rows, hazard.data());
    doses_of_hazards(rows, hazard.data(), dose.data());
    std::array<std::uint16_t, rows_at_once> passed;
    const std::size_t count = take_doses(Stage::unaware, rows, firms.stage.data(ket) + first, dose.data(),
                                         firms.resistance.data(ket) + first, passed.data());
    for (std::size_t p = 0; p < count; ++p) {
      const bool by_media = 2.0 * media_ > static_cast<double>(rate[passed[p]]);
      heard.push_back({FirmId(first + passed[p]), by_media ? Trigger::media : Trigger::peer});
    }
  }

  // Rates of firms that talk to their peers alone; newcomers have none yet.
  void hear_peers(const World& world, KetId ket, float everyone, std::size_t first, std::size_t rows,
                  float* rate) const {
    const TieEnds& ends = world.peers.ends();
    const std::size_t tied = std::min(rows, world.peers.firms() - std::min(first, world.peers.firms()));
    const float* per_strength = ends.inverse_strength.data() + first;
    const std::int32_t* informed = world.firms.informed_exposure.data(ket) + first;
    const std::int32_t* adopting = world.firms.adopting_exposure.data(ket) + first;
    for (std::size_t i = 0; i < tied; ++i) {
      const float heard =
          own_peers_ * static_cast<float>(adopting[i]) + talk_ * static_cast<float>(informed[i]);
      rate[i] = everyone + heard * per_strength[i];
    }
    for (std::size_t i = tied; i < rows; ++i) rate[i] = everyone;
  }

  // Rates of firms that have an adviser or a contact, too.
  void hear_others(const World& world, KetId ket, float everyone, std::size_t first, std::size_t rows,
                   float* rate) const {
    const Stage* stage = world.firms.stage.data(ket);
    for (std::size_t word = first / 64; word < (first + rows + 63) / 64; ++word) {
      for (std::uint64_t left = has_adviser_[word] | has_contact_[word]; left != 0; left &= left - 1) {
        const std::size_t row = word * 64 + static_cast<std::size_t>(std::countr_zero(left));
        if (stage[row] != Stage::unaware) continue;
        const Talk talk = talk_of(world, FirmId(row), ket);
        if (talk.all > 0.0F)
          rate[row - first] = everyone + (own_peers_ * talk.adopting + talk_ * talk.informed) / talk.all;
      }
    }
  }

  // All that a firm talks to.
  [[nodiscard]] Talk talk_of(const World& world, FirmId firm, KetId ket) const {
    Talk talk;
    if ((has_contact_[firm.index() / 64] >> firm.index() % 64 & 1U) != 0) {
      for (const std::uint32_t row : world.contacts.of(actor(firm))) hear(world, firm, ket, row, talk);
    }
    const float per_strength = world.peers.inverse_strength(firm);
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

  void hear(const World& world, FirmId firm, KetId ket, std::uint32_t row, Talk& talk) const {
    const Contact& contact = world.contacts.row(row);
    const Actor other = other_end(contact, actor(firm));
    bool informed = false;
    bool adopting = false;
    if (other.kind == ActorKind::firm) {
      if (!world.firms.alive[other.firm()]) return;
      informed = knows(world.firms.stage(other.firm(), ket));
      adopting = uses(world.firms.stage(other.firm(), ket));
    } else if (other.kind == ActorKind::research) {
      informed = world.research.line(other.research(), ket) == LineStage::running;
    }
    talk.add(contact_weight_ * 255.0 * contact.strength * border_openness(world, firm, other), informed,
             adopting);
  }

  double media_;      //!< [1/month]
  float talk_;        //!< [1/month]
  float own_peers_;   //!< [1/month]
  double all_firms_;  //!< [1/month]
  double contact_weight_;
  double advice_strength_;
  Timing timing_;
  LeadsTo leads_to_;
  std::size_t noted_ = 0;                   //!< contacts whose firms are marked
  std::vector<std::uint64_t> has_contact_;  //!< bit i % 64 of word i / 64: firm i
  std::vector<std::uint64_t> has_adviser_;
  std::vector<std::vector<Heard>> heard_;  //!< by block of rows
  ChangesByBlock changes_;
};

const RegisterProcess<Awareness> registered{awareness_schema(), Phase::inform, 10,
                                            "stage, exposures to peers, contacts, advisers, users",
                                            "stage (unaware to aware), resistance"};

}  // namespace
}  // namespace ketsim
