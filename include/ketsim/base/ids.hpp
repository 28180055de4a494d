// Typed row numbers: a FirmId never indexes a table of regions.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>

namespace ketsim {

//! A dense row number in the table of `Tag`. Cheap to copy; valid only inside one world.
template <class Tag>
struct Id {
  std::uint32_t row = none;
  static constexpr std::uint32_t none = 0xffffffffU;

  constexpr Id() = default;
  constexpr explicit Id(std::size_t r) : row(static_cast<std::uint32_t>(r)) {}
  [[nodiscard]] constexpr bool is_valid() const { return row != none; }
  [[nodiscard]] constexpr std::size_t index() const { return row; }
  constexpr auto operator<=>(const Id&) const = default;
};

using CountryId = Id<struct CountryTag>;
using RegionId = Id<struct RegionTag>;
using SectorId = Id<struct SectorTag>;
using KetId = Id<struct KetTag>;
using FirmId = Id<struct FirmTag>;
using ResearchId = Id<struct ResearchTag>;          //!< a university or research institute
using IntermediaryId = Id<struct IntermediaryTag>;  //!< a development agency, cluster organisation or chamber
using ProgrammeId = Id<struct ProgrammeTag>;
using PolicyId = Id<struct PolicyTag>;  //!< numbered across all programmes, in the order of the scenario
using ProposalId = Id<struct ProposalTag>;
using ProjectId = Id<struct ProjectTag>;

//! Identity that keys draws and files: the same organisation in every world, whatever its row.
using StableKey = std::uint64_t;

}  // namespace ketsim
