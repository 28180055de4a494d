// Firms: fixed traits and changing state, one column each, one row a firm.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ketsim/base/column.hpp"
#include "ketsim/base/money.hpp"
#include "ketsim/base/sparse_column.hpp"
#include "ketsim/model/firm_keys.hpp"
#include "ketsim/model/geography.hpp"
#include "ketsim/rng/threshold.hpp"

namespace ketsim {

//! Stages of adoption after Rogers (2003), for each pair of firm and KET.
enum class Stage : std::uint8_t {
  unaware,
  aware,
  interested,
  piloting,
  adopted,
  confirmed,
  rejected,
  discontinued,
  gone  //!< the firm has left
};
inline constexpr std::size_t stage_count = 9;
[[nodiscard]] const std::vector<std::string>& stage_names();
[[nodiscard]] constexpr bool uses(Stage stage) {
  return stage == Stage::adopted || stage == Stage::confirmed;
}
[[nodiscard]] constexpr bool knows(Stage stage) {
  return stage != Stage::unaware && stage != Stage::gone;
}

//! What brought the last change of stage.
enum class Trigger : std::uint8_t {
  none,
  founding,
  media,
  peer,
  event,
  visit,
  matchmaking,
  campaign,
  own_review,
  own_pilot,
  study,
  project,
  usage,
  demonstrator,
  pilot_support,
  investment_support,
  exit
};
[[nodiscard]] const std::vector<std::string>& trigger_names();

inline constexpr MonthIndex never = INT16_MAX;  //!< a month that does not come

//! How a firm came into the world.
enum class Origin : std::uint8_t {
  founder,   //!< there at the start
  entrant,   //!< entered during the run, whatever the policy
  spin_off,  //!< of an institute or of another firm
};

struct Firms {
  // Fixed traits
  FirmKeys key;  //!< identity that keys the firm's draws in every world
  Column<FirmId, Origin> origin{"1", "founder, entrant or spin-off"};
  Column<FirmId, std::uint16_t> region{"1", "row of the region"};
  Column<FirmId, std::uint8_t> sector{"1", "row of the sector"};
  Column<FirmId, SizeClass> size{"1", "size class"};
  Column<FirmId, float> employees{"1", "employees (full-time equivalents)"};
  Column<FirmId, Position> position{"km", "place on the map"};
  Column<FirmId, float> risk_aversion{"1", "coefficient of relative risk aversion"};
  Column<FirmId, float> base_margin{"EUR/month", "operating margin of an ordinary year, before KETs"};
  Column<FirmId, float> usual_cash{"EUR", "liquid assets that the owners keep in the firm"};
  KetColumn<FirmId, float> affinity{"1", "fit of the KET to the firm, median 1"};

  // State
  Column<FirmId, std::uint8_t> alive{"1", "1 while the firm exists"};
  Column<FirmId, Hazard> until_closure{
      "1",
      "what remains of the threshold of closure; 0: closed, or would be had nothing else ended the firm"};
  Column<FirmId, Money> cash{"cent", "liquid assets free for innovation"};
  Column<FirmId, float> shock{"1", "factor of this year's business on the margin"};
  Column<FirmId, float> language_ability{"1", "share of the language barrier that own staff overcomes"};
  Column<FirmId, std::uint8_t> engagements{"1", "proposals and projects that take the firm's attention now"};
  Column<FirmId, std::uint8_t> programmes_known{"1", "bit p: the firm knows programme p"};
  Column<FirmId, std::uint8_t> kets_used{"1", "KETs adopted or confirmed"};
  Column<FirmId, std::uint8_t> kets_known{"1", "KETs that the firm has heard of"};
  Column<FirmId, std::uint8_t> client_of{"1", "row of the intermediary that advises the firm; 255: none"};

  KetColumn<FirmId, Stage> stage{"1", "stage of adoption"};
  KetColumn<FirmId, Trigger> trigger{"1", "what brought the last change of stage"};
  KetColumn<FirmId, Hazard> resistance{"1", "what remains of the threshold to the next stage"};
  KetColumn<FirmId, MonthIndex> since{"month", "month of the last change of stage"};
  KetColumn<FirmId, MonthIndex> adopted_in{"month", "month of adoption"};
  KetColumn<FirmId, float> knowledge{"1", "knowledge of the KET relative to its frontier"};
  KetColumn<FirmId, std::int32_t> informed_exposure{"1/255",
                                                    "summed strength of ties to firms that know the KET"};
  KetColumn<FirmId, std::int32_t> adopting_exposure{"1/255",
                                                    "summed strength of ties to firms that use the KET"};

  // State that few firms have
  SparseColumn<FirmId, Money> instalments{"cent/month", "what the firm pays on loans for KETs"};
  SparseColumn<FirmId, float> legal_ability{"1",
                                            "share of the barrier of legislation that help has overcome"};
  SparseColumn<FirmId, float> belief_wins{
      "1", "awards, own and of peers, in the belief in an award (Beta distribution)"};
  SparseColumn<FirmId, float> belief_losses{"1", "rejections in the belief in an award"};
  SparseColumn<FirmId, float> border_experience{
      "1", "erosion of border frictions by repeated cooperation, 0 none to 1 all"};
  SparseColumn<FirmId, MonthIndex> first_reached{"month", "when a programme first reached the firm in person",
                                                 never};
  SparseColumn<FirmId, PolicyId> reached_by{"1", "policy of that first meeting; none otherwise"};
  SparseColumn<FirmId, MonthIndex> first_award{"month", "when the firm first had an award", never};
  SparseKetColumn<FirmId, MonthIndex> paid_in{"month", "month of the first award for this KET", never};
  SparseKetColumn<FirmId, PolicyId> paid_by{"1", "policy of the first award for this KET; none otherwise"};
  SparseKetColumn<FirmId, Money> awarded{"cent", "awards for this KET so far, loans with their principal"};
  SparseKetColumn<FirmId, std::uint8_t> attempt{
      "1", "how often the firm has begun anew after a rejection, keys its draws"};
  SparseKetColumn<FirmId, std::uint8_t> commitments{
      "1", "proposals under way and projects of the firm on this KET"};
  SparseKetColumn<FirmId, PolicyId> waits_for{
      "1", "policy that the firm would join a consortium for; none otherwise"};
  SparseKetColumn<FirmId, float> evidence{"1", "own evidence on the benefit, in observations"};

  [[nodiscard]] std::size_t count() const { return alive.size(); }
  void resize(std::size_t firms, std::size_t kets);  //!< rows that are there stay as they are
  [[nodiscard]] RegionId region_of(FirmId firm) const { return RegionId(region[firm]); }
  //! Whether a proposal or project of the firm on this KET is under way: few firms have any at all.
  [[nodiscard]] bool is_committed(FirmId firm, KetId ket) const {
    return engagements[firm] != 0 && commitments(firm, ket) != 0;
  }
};
template <class Stream>
void stream(Stream& bytes, Firms& f) {
  bytes(f.key, f.origin, f.region, f.sector, f.size, f.employees, f.position, f.risk_aversion, f.base_margin,
        f.usual_cash, f.affinity, f.alive, f.until_closure, f.cash, f.shock, f.language_ability,
        f.engagements, f.programmes_known, f.kets_used, f.kets_known, f.client_of, f.stage, f.trigger,
        f.resistance, f.since, f.adopted_in, f.knowledge, f.informed_exposure, f.adopting_exposure,
        f.instalments, f.legal_ability, f.belief_wins, f.belief_losses, f.border_experience, f.first_reached,
        f.reached_by, f.first_award, f.paid_in, f.paid_by, f.awarded, f.attempt, f.commitments, f.waits_for,
        f.evidence);
}

}  // namespace ketsim
