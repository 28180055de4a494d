// Grid: every combination of the levels of all factors (a full factorial design). The last factor changes
// fastest.
#include <algorithm>

#include "ketsim/engine/design.hpp"

namespace ketsim {
namespace {

struct GridParameters {
  std::int64_t levels = 3;
};

const Schema<GridParameters>& grid_schema() {
  using P = GridParameters;
  static const Schema<P> schema =
      Schema<P>("grid", "Every combination of the levels of all factors")
          .integer(&P::levels,
                   {.name = "levels",
                    .unit = "1",
                    .range = {2, 1000},
                    .doc = "values of each continuous factor, evenly from end to end; factors with "
                           "values or whole numbers take all of them",
                    .source = "setting",
                    .grade = Grade::setting});
  return schema;
}

class Grid final : public Design {
 public:
  using Parameters = GridParameters;
  explicit Grid(const Parameters& parameters) : levels_(static_cast<std::size_t>(parameters.levels)) {}

  std::vector<DesignPoint> points(const DesignInput& input, const Location& where,
                                  Diagnostics& problems) const override {
    double count = 1.0;
    for (const Factor& factor : input.factors) count *= static_cast<double>(levels_of(factor));
    if (!check_point_count(count, input.factors.size(),
                           "take fewer levels, or list values of factors with whole numbers", where,
                           problems))
      return {};
    std::vector<DesignPoint> points(1);
    for (const Factor& factor : input.factors) points = crossed(points, factor);
    return points;
  }

 private:
  [[nodiscard]] std::size_t levels_of(const Factor& factor) const {
    return factor.levels() > 0 ? factor.levels() : levels_;
  }

  [[nodiscard]] std::string level(const Factor& factor, std::size_t level) const {
    return factor.levels() > 0 ? factor.level(level)
                               : factor.at(static_cast<double>(level) / static_cast<double>(levels_ - 1));
  }

  //! Each point with each level of one more factor.
  [[nodiscard]] std::vector<DesignPoint> crossed(const std::vector<DesignPoint>& points,
                                                 const Factor& factor) const {
    std::vector<DesignPoint> longer;
    longer.reserve(points.size() * levels_of(factor));
    for (const DesignPoint& point : points) {
      for (std::size_t l = 0; l < levels_of(factor); ++l) {
        longer.push_back(point);
        longer.back().values.push_back(level(factor, l));
      }
    }
    return longer;
  }

  std::size_t levels_;
};

const RegisterDesign<Grid> registered{grid_schema()};

}  // namespace
}  // namespace ketsim
