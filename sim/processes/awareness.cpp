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
#include <numeric>

#include "ketsim/engine/hazard_rows.hpp"
#include "ketsim/engine/outside_talk.hpp"
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
        outside_(parameters.contact_weight, parameters.advice_strength),
        timing_(parameters.timing),
        leads_to_(parameters.leads_to) {}

  void step(Context& context) override {
    World& world = context.world;
    outside_.note(world);
    heard_.resize(world.ket_count());
    everyone_.clear();
    for (std::size_t k = 0; k < world.ket_count(); ++k) {
      const double users =
          static_cast<double>(world.users[k]) / std::max(1.0, static_cast<double>(world.living));
      everyone_.push_back(static_cast<float>(media_ + all_firms_ * users));
      heard_[k].resize(row_blocks(world.firms.count()));
    }
    changes_.resize(heard_.front().size());
    voices_.resize(changes_.size());
    for_row_blocks(world.firms.count(), [&](std::size_t block, std::size_t begin, std::size_t end) {
      for (std::size_t first = begin; first < end; first += rows_at_once)
        inform(world, block, first, std::min(rows_at_once, end - first));
    });
    // All have read the month before; only now do they change, and do their peers feel it.
    const Stage next = leads_to_ == LeadsTo::adopted ? Stage::adopted : Stage::aware;
    for (std::size_t k = 0; k < world.ket_count(); ++k) {
      const auto move = [&](std::size_t block) {
        for (const Heard& heard : heard_[k][block])
          changes_[block].push_back(world.move(heard.firm, KetId(k), next, heard.from));
        heard_[k][block].clear();
      };
      // Few firms in many blocks: one thread is done before others wake up.
      const auto firms = [](std::size_t sum, const std::vector<Heard>& block) { return sum + block.size(); };
      if (std::accumulate(heard_[k].begin(), heard_[k].end(), std::size_t{0}, firms) < few_moves)
        for (std::size_t block = 0; block < changes_.size(); ++block) move(block);
      else
        for_parts(changes_.size(), move);
      world.publish(changes_);
    }
  }

 private:
  static constexpr std::size_t few_moves = 64;

  template <class T>
  using OfRows = std::array<T, rows_at_once>;

  struct Heard {
    FirmId firm;
    Trigger from;
  };

  void inform(World& world, std::size_t block, std::size_t first, std::size_t rows) {
    Voices& voices = voices_[block];
    outside_.find(world, first, rows, voices);
    OfRows<float> rate{};
    OfRows<float> hazard{};
    OfRows<Hazard> dose{};
    OfRows<std::uint16_t> passed{};
    for (std::size_t k = 0; k < world.ket_count(); ++k) {
      const KetId ket(k);
      hear_peers(world, ket, first, rows, rate.data());
      hear_others(world, ket, first, voices, rate.data());
      std::copy_n(rate.data(), rows, hazard.data());
      hazards_of_rates(timing_, rows, hazard.data());
      doses_of_hazards(rows, hazard.data(), dose.data());
      const std::size_t passing =
          take_doses(Stage::unaware, rows, world.firms.stage.data(ket) + first, dose.data(),
                     world.firms.resistance.data(ket) + first, passed.data());
      for (std::size_t p = 0; p < passing; ++p) {
        const bool by_media = 2.0 * media_ > static_cast<double>(rate[passed[p]]);
        heard_[k][block].push_back({FirmId(first + passed[p]), by_media ? Trigger::media : Trigger::peer});
      }
    }
  }

  // Rates as if all talked to their peers alone, in vectors; newcomers have none yet.
  void hear_peers(const World& world, KetId ket, std::size_t first, std::size_t rows, float* rate) const {
    const float everyone = everyone_[ket.index()];
    const std::size_t tied = std::min(rows, world.peers.firms() - std::min(first, world.peers.firms()));
    const float* per_strength = tied > 0 ? world.peers.ends().inverse_strength.data() + first : nullptr;
    const std::int32_t* informed = world.firms.informed_exposure.data(ket) + first;
    const std::int32_t* adopting = world.firms.adopting_exposure.data(ket) + first;
    for (std::size_t i = 0; i < tied; ++i) {
      const float heard =
          own_peers_ * static_cast<float>(adopting[i]) + talk_ * static_cast<float>(informed[i]);
      rate[i] = everyone + heard * per_strength[i];
    }
    for (std::size_t i = tied; i < rows; ++i) rate[i] = everyone;
  }

  // Rates of those whom others talk to, one by one.
  void hear_others(const World& world, KetId ket, std::size_t first, Voices& voices, float* rate) const {
    OutsideTalk::hear(world, first, ket, voices);
    for (const auto& [row, per_strength, informed, adopting] : voices.listeners)
      rate[row] = everyone_[ket.index()] + (own_peers_ * adopting + talk_ * informed) * per_strength;
  }

  double media_;      //!< [1/month]
  float talk_;        //!< [1/month]
  float own_peers_;   //!< [1/month]
  double all_firms_;  //!< [1/month]
  OutsideTalk outside_;
  Timing timing_;
  LeadsTo leads_to_;
  std::vector<Voices> voices_;                          //!< of the rows at hand, by block of rows
  std::vector<float> everyone_;                         //!< rate of a firm without any tie, by KET [1/month]
  std::vector<std::vector<std::vector<Heard>>> heard_;  //!< by KET and block of rows
  ChangesByBlock changes_;
};

const RegisterProcess<Awareness> registered{awareness_schema(), Phase::inform, 10,
                                            "stage, exposures to peers, contacts, advisers, users",
                                            "stage (unaware to aware), resistance"};

}  // namespace
}  // namespace ketsim
