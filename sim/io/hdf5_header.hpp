// What a result file says before any replicate: coordinates and the groups about its origin. Private to io.
#pragma once

#include "hdf5_variables.hpp"
#include "ketsim/results/sink.hpp"

namespace ketsim::hdf5 {

inline constexpr std::int32_t format_version = 1;  //!< raised when readers must change

//! With `title`; empty: of the scenarios.
void write_global_attributes(hid_t file, const ResultHeader& header, const std::string& title = {});
void add_scenarios(Axes& axes, const std::vector<ScenarioRecord>& scenarios);
void add_replicates(Axes& axes, std::uint32_t replicates, bool is_unlimited);
//! The coordinate `time`: the first days of the months.
void add_time(Axes& axes, const std::vector<Month>& months, const std::string& doc);
void add_coordinates(Axes& axes, const ResultHeader& header);
void write_provenance(hid_t file, const ResultHeader& header);
void write_inputs(hid_t file, const ResultHeader& header);
void write_parameters(hid_t file, const ResultHeader& header);
void write_record(hid_t file, const ResultHeader& header);

}  // namespace ketsim::hdf5
