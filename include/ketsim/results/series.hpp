// Declared outputs: one declaration a series drives recorder, file, reference page and charts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace ketsim {

//! How values of a series combine over time.
enum class SeriesKind : std::uint8_t {
  flow,   //!< what happened in the month: sums over time are totals
  stock,  //!< what stands at the end of the month
  ratio,  //!< a share or index: neither sums
};

//! A labelled axis beyond scenario, replicate and time: region, sector, ket ...
struct Dimension {
  std::string name;
  std::string doc;
  std::vector<std::string> labels;
};

//! What is said of an output. Its values have the shape [time][dimensions...], row-major.
struct Series {
  std::string name{};  //!< snake_case, as in the file
  std::string unit{};  //!< CF-like; "1" for counts
  SeriesKind kind = SeriesKind::flow;
  std::vector<std::string>
      dimensions{};     //!< beyond scenario, replicate, time; they partition, so that sums are totals
  std::string doc{};    //!< one sentence: its definition
  std::string chart{};  //!< heading of the chart that it belongs to; empty for none
};

[[nodiscard]] std::string name(SeriesKind kind);

//! Values of a month; that all its dimensions are among `dimensions` is the contract.
[[nodiscard]] std::size_t cells_of(const Series& series, const std::vector<Dimension>& dimensions);

}  // namespace ketsim
