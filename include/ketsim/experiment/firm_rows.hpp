// Firm by firm: the long tables behind `--firms`.
#pragma once

#include "ketsim/experiment/twins.hpp"
#include "ketsim/results/sink.hpp"

namespace ketsim {

//! Table `twins` of a comparison: one row per alternative, replicate, horizon, firm and KET.
[[nodiscard]] RowTable twin_table();
//! One alternative in one replicate at one horizon; the firms of both worlds, and then those of one only.
void add_twin_rows(Rows& rows, std::uint32_t alternative, std::uint32_t replicate, std::size_t horizon,
                   const Snapshot& baseline, const Snapshot& with, std::size_t kets, MonthIndex month);

//! Table `firm_states` of a run: one row per scenario, replicate, firm and KET, as it stands after the last
//! month.
[[nodiscard]] RowTable firm_table();
void add_firm_rows(Rows& rows, std::uint32_t scenario, std::uint32_t replicate, const World& world);

//! No rows yet.
[[nodiscard]] Rows empty_rows(const RowTable& table);

}  // namespace ketsim
