#include "ketsim/results/recorder.hpp"

#include <algorithm>
#include <array>

#include "ketsim/base/contracts.hpp"

namespace ketsim {

std::string name(SeriesKind kind) {
  constexpr std::array names{"flow", "stock", "ratio"};
  return names[static_cast<std::size_t>(kind)];
}

std::size_t cells_of(const Series& series, const std::vector<Dimension>& dimensions) {
  std::size_t cells = 1;
  for (const std::string& wanted : series.dimensions) {
    const auto found = std::ranges::find(dimensions, wanted, &Dimension::name);
    expect(found != dimensions.end(), "a series names known dimensions only");
    cells *= found->labels.size();
  }
  return cells;
}

Recorder::Recorder(std::vector<Series> series, const std::vector<Dimension>& dimensions, std::size_t months)
    : series_(std::move(series)), follower_(series_.size()) {
  for (std::size_t s = 0; s < series_.size(); ++s) {
    cells_.push_back(cells_of(series_[s], dimensions));
    values_.emplace_back(cells_[s] * months, 0.0);
    expect(rows_.emplace(series_[s].name, s).second, "names of series are unique");
  }
}

// Observers ask for the same series in the same order every month, so the one that came next last time is
// tried first.
std::size_t Recorder::row(std::string_view series) {
  std::size_t& follower = follower_[last_];
  if (series_[follower].name != series) {
    const auto found = rows_.find(series);
    expect(found != rows_.end(), "only declared series are recorded");
    follower = found->second;
  }
  return last_ = follower;
}

std::span<double> Recorder::now(std::string_view series) {
  const std::size_t s = row(series);
  return std::span(values_[s]).subspan(month_ * cells_[s], cells_[s]);
}

std::span<double> Recorder::carried(std::string_view series) {
  const std::span<double> cells = now(series);
  if (month_ > 0) std::copy_n(cells.data() - cells.size(), cells.size(), cells.data());
  return cells;
}

}  // namespace ketsim
