// Sobol: the first points of a scrambled Sobol sequence (rng/low_discrepancy.hpp). A design with more points
// begins with those of the smaller one, so that a sweep can grow and keep its runs.
#include <fmt/format.h>

#include "ketsim/engine/design.hpp"
#include "ketsim/rng/low_discrepancy.hpp"

namespace ketsim {
namespace {

struct SobolParameters {
  std::int64_t points = 128;
};

const Schema<SobolParameters>& sobol_schema() {
  using P = SobolParameters;
  static const Schema<P> schema =
      Schema<P>("sobol",
                "Points that fill the space of factors evenly: a scrambled Sobol sequence (Joe and Kuo 2008)")
          .integer(&P::points, {.name = "points",
                                .unit = "1",
                                .range = {1, most_design_points},
                                .doc = "number of points; a power of two is best balanced",
                                .source = "setting",
                                .grade = Grade::setting});
  return schema;
}

class Sobol final : public Design {
 public:
  using Parameters = SobolParameters;
  explicit Sobol(const Parameters& parameters) : points_(static_cast<std::size_t>(parameters.points)) {}

  std::vector<DesignPoint> points(const DesignInput& input, const Location& where,
                                  Diagnostics& problems) const override {
    if (input.factors.size() > ScrambledSobol::most_dimensions) {
      problems.add(where, fmt::format("design: {} factors are more than {}, for which the sequence is known",
                                      input.factors.size(), ScrambledSobol::most_dimensions));
      return {};
    }
    if (!check_point_count(static_cast<double>(points_), input.factors.size(), "take fewer points", where,
                           problems))
      return {};
    ScrambledSobol sequence(input.factors.size(), Randomness(input.seed, 0).key(Purpose::sweep_design));
    std::vector<DesignPoint> points(points_);
    for (DesignPoint& point : points) point.values = values_at(input.factors, sequence.next());
    return points;
  }

 private:
  std::size_t points_;
};

const RegisterDesign<Sobol> registered{sobol_schema()};

}  // namespace
}  // namespace ketsim
