// Work that was kept and is read again: can these scenarios have given it? A checksum tells of damage, not of
// what somebody else wrote: where all lengths and places fit, nothing leads out of a table. Private to
// experiment.
#pragma once

#include <cstddef>
#include <vector>

#include "ketsim/experiment/twins.hpp"
#include "ketsim/results/sink.hpp"

namespace ketsim {

//! Firms of these regions, sectors, KETs and instruments, with money that adds up without overflow.
[[nodiscard]] bool fits(const Snapshot& snapshot, const EffectShape& shape);
//! Broken down by these parts.
[[nodiscard]] bool fits(const TwinEffect& effect, const EffectShape& shape);
//! Columns of the table, equally long.
[[nodiscard]] bool fits(const Rows& rows, const RowTable& table);
//! A world's values by series, over all months.
[[nodiscard]] bool fits(const std::vector<std::vector<double>>& values, const ResultHeader& header);

}  // namespace ketsim
