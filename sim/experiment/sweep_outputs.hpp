// What a sweep keeps of each world: some series, by spans of months, and as totals unless margins are asked
// for. Private to experiment.
#pragma once

#include <vector>

#include "ketsim/engine/setup.hpp"
#include "ketsim/results/series.hpp"
#include "ketsim/scenario/sweep.hpp"

namespace ketsim {

class SweepOutputs {
 public:
  SweepOutputs(const SweepSettings& settings, const Setup& setup);

  //! Those kept, with the dimensions that they keep.
  [[nodiscard]] const std::vector<Series>& series() const { return series_; }
  //! Labels of the dimensions that they keep.
  [[nodiscard]] const std::vector<Dimension>& dimensions() const { return dimensions_; }
  //! Last month of each span.
  [[nodiscard]] std::vector<Month> time() const;
  //! Values of a world by series, [span][kept dimensions...], from those of its recorder.
  [[nodiscard]] std::vector<std::vector<double>> keep(const std::vector<std::vector<double>>& recorded) const;
  //! Were these values, by series, kept by these outputs?
  [[nodiscard]] bool are_kept(const std::vector<std::vector<double>>& values) const;
  //! Number of values of a series in a world.
  [[nodiscard]] std::size_t size(std::size_t series) const { return spans() * shapes_[series].kept; }

 private:
  struct Shape {
    std::size_t source;  //!< place among the recorder's series
    std::size_t cells;   //!< of a month there
    std::size_t kept;    //!< of a span here: 1 or as many
  };
  [[nodiscard]] std::size_t spans() const { return (months_ + every_ - 1) / every_; }

  Month start_;
  std::size_t months_;
  std::size_t every_;
  std::vector<Series> series_;
  std::vector<Shape> shapes_;
  std::vector<Dimension> dimensions_;
};

}  // namespace ketsim
