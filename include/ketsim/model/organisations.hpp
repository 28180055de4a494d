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
constexpr Actor actor(FirmId firm) {
  return {ActorKind::firm, firm.row};
}
constexpr Actor actor(ResearchId research) {
  return {ActorKind::research, research.row};
}
constexpr Actor actor(IntermediaryId intermediary) {
  return {ActorKind::intermediary, intermediary.row};
}

//! Universities, universities of applied sciences and research institutes.
struct ResearchInstitutes {
  std::vector<std::string> id;  //!< as in the table of organisations
  Column<ResearchId, StableKey> key{"1", "identity that keys draws"};
  Column<ResearchId, CountryId> country{"1", "country"};
  Column<ResearchId, Position> position{"km", "place on the map"};
  Column<ResearchId, float> free_projects{"1", "projects that the staff can still take on now"};
  Column<ResearchId, float> capacity{"1", "projects with firms that the staff can carry at once"};
  Column<ResearchId, float> demand{"1", "requests by firms in the last year, fading"};
  KetColumn<ResearchId, float> capability{"1", "competence in the KET, 1 the frontier"};
  KetColumn<ResearchId, std::uint8_t> research_line{
      "1", "1 where the institute has adopted the KET as a line of research"};
  Column<ResearchId, MonthIndex> first_award{"month",
                                             "when the institute first had a part in a funded project"};
  std::vector<std::vector<float>> sector_relevance;  //!< by institute and sector [1]

  [[nodiscard]] std::size_t count() const { return id.size(); }
};

//! Development agencies, cluster organisations and chambers.
struct Intermediaries {
  std::vector<std::string> id;
  Column<IntermediaryId, StableKey> key{"1", "identity that keys draws"};
  Column<IntermediaryId, CountryId> country{"1", "country"};
  Column<IntermediaryId, Position> position{"km", "place on the map"};
  Column<IntermediaryId, float> staff{"1", "people"};
  KetColumn<IntermediaryId, float> expertise{"1", "competence in advising on the KET, 1 the best"};
  KetColumn<IntermediaryId, std::uint8_t> advises{"1", "1 where the KET is part of its advice"};

  [[nodiscard]] std::size_t count() const { return id.size(); }
};

}  // namespace ketsim
