// Recorder: the values of every declared series of one replicate, month by month.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ketsim/results/series.hpp"

namespace ketsim {

class Recorder {
 public:
  //! Shapes follow from the series' dimensions; a dimension that is not among `dimensions` breaks the
  //! contract.
  Recorder(std::vector<Series> series, const std::vector<Dimension>& dimensions, std::size_t months);

  //! The cells of a series in the present month, row-major over its dimensions, zero until written.
  [[nodiscard]] std::span<double> now(std::string_view series);
  //! The same, started from the month before: for stocks that are kept up by changes.
  [[nodiscard]] std::span<double> carried(std::string_view series);
  void set_month(std::size_t month) { month_ = month; }
  [[nodiscard]] std::size_t month() const { return month_; }

  [[nodiscard]] const std::vector<Series>& series() const { return series_; }
  [[nodiscard]] std::vector<std::vector<double>>& values() { return values_; }

 private:
  [[nodiscard]] std::size_t row(std::string_view series);

  std::vector<Series> series_;
  std::vector<std::size_t> cells_;  //!< per month, by series
  std::vector<std::vector<double>> values_;
  std::map<std::string, std::size_t, std::less<>> rows_;
  std::vector<std::size_t> follower_;  //!< by series: the one that was asked for after it
  std::size_t last_ = 0;               //!< the series asked for last
  std::size_t month_ = 0;
};

}  // namespace ketsim
