// Universities, research institutes and intermediaries, and a reference to any of the three kinds of actor.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ketsim/base/column.hpp"
#include "ketsim/model/firms.hpp"

namespace ketsim {

enum class ActorKind : std::uint8_t { firm, research, intermediary };

//! A firm, a research institute or an intermediary.
struct Actor {
  ActorKind kind = ActorKind::firm;
  std::uint32_t row = 0;
  constexpr auto operator<=>(const Actor&) const = default;
  [[nodiscard]] constexpr FirmId firm() const { return FirmId(row); }
  [[nodiscard]] constexpr ResearchId research() const { return ResearchId(row); }
  //! One number for both, for maps and sorting.
  [[nodiscard]] constexpr std::uint64_t code() const {
    return std::uint64_t{static_cast<std::uint8_t>(kind)} << 32 | row;
  }
};
template <class Stream>
void stream(Stream& bytes, Actor& actor) {
  bytes(actor.kind, actor.row);
}
constexpr Actor actor(FirmId firm) {
  return {ActorKind::firm, firm.row};
}
constexpr Actor actor(ResearchId research) {
  return {ActorKind::research, research.row};
}
constexpr Actor actor(IntermediaryId intermediary) {
  return {ActorKind::intermediary, intermediary.row};
}

//! How far an institute is with a KET as a line of research.
enum class LineStage : std::uint8_t { none, considered, building, running };
[[nodiscard]] const std::vector<std::string>& line_stage_names();

//! How far an intermediary is with a KET in its advice.
enum class AdviceStage : std::uint8_t { none, learning, advising };

//! What brought the last change of a line of research or of a portfolio of advice.
enum class OrganisationTrigger : std::uint8_t { none, founding, demand, programme, lack_of_demand };

//! Universities, universities of applied sciences and research institutes.
struct ResearchInstitutes {
  std::vector<std::string> id;  //!< as in the table of organisations
  Column<ResearchId, StableKey> key{"1", "identity that keys draws"};
  Column<ResearchId, CountryId> country{"1", "country"};
  Column<ResearchId, Position> position{"km", "place on the map"};
  Column<ResearchId, float> free_projects{"1", "projects that the staff can still take on now"};
  Column<ResearchId, float> capacity{"1", "projects with firms that the staff can carry at once"};
  KetColumn<ResearchId, float> capability{"1", "competence in the KET, 1 the frontier"};
  KetColumn<ResearchId, float> demand{"1", "requests by firms in the last year, fading"};
  KetColumn<ResearchId, LineStage> line{"1", "stage of the KET as a line of research"};
  KetColumn<ResearchId, MonthIndex> line_since{"month", "month of the last change of stage of the line"};
  KetColumn<ResearchId, OrganisationTrigger> line_trigger{"1", "what brought the last change of the line"};
  Column<ResearchId, MonthIndex> first_award{"month",
                                             "when the institute first had a part in a funded project"};
  std::vector<std::vector<float>> sector_relevance;  //!< by institute and sector [1]

  [[nodiscard]] std::size_t count() const { return id.size(); }
  //! Moves a line of research to another stage.
  void change_line(ResearchId institute, KetId ket, LineStage to, OrganisationTrigger trigger,
                   MonthIndex month);
};
template <class Stream>
void stream(Stream& bytes, ResearchInstitutes& r) {
  bytes(r.id, r.key, r.country, r.position, r.free_projects, r.capacity, r.capability, r.demand, r.line,
        r.line_since, r.line_trigger, r.first_award, r.sector_relevance);
}

//! Development agencies, cluster organisations and chambers.
struct Intermediaries {
  std::vector<std::string> id;
  Column<IntermediaryId, StableKey> key{"1", "identity that keys draws"};
  Column<IntermediaryId, CountryId> country{"1", "country"};
  Column<IntermediaryId, Position> position{"km", "place on the map"};
  Column<IntermediaryId, float> staff{"1", "people"};
  KetColumn<IntermediaryId, float> expertise{"1", "competence in advising on the KET, 1 the best"};
  Column<IntermediaryId, double> hours{"h/month", "hours of staff for advice and programmes this month"};
  Column<IntermediaryId, double> hours_left{"h", "of them, not used yet; infinite where nobody counts them"};
  Column<IntermediaryId, double> bought_hours{"h", "hours of advisers that programmes pay for next month"};
  KetColumn<IntermediaryId, AdviceStage> advice{"1", "stage of the KET in its advice"};
  KetColumn<IntermediaryId, MonthIndex> advice_since{"month", "month of the last change of stage"};
  KetColumn<IntermediaryId, OrganisationTrigger> advice_trigger{"1", "what brought the last change"};

  [[nodiscard]] std::size_t count() const { return id.size(); }
  [[nodiscard]] bool advises(IntermediaryId intermediary, KetId ket) const {
    return advice(intermediary, ket) == AdviceStage::advising;
  }
  //! Moves a KET to another stage in an intermediary's advice.
  void change_advice(IntermediaryId intermediary, KetId ket, AdviceStage to, OrganisationTrigger trigger,
                     MonthIndex month);
};
template <class Stream>
void stream(Stream& bytes, Intermediaries& i) {
  bytes(i.id, i.key, i.country, i.position, i.staff, i.expertise, i.hours, i.hours_left, i.bought_hours,
        i.advice, i.advice_since, i.advice_trigger);
}

}  // namespace ketsim
