// Latin hypercube: n points, of which each n-th part of every factor's range holds exactly one (McKay,
// Beckman and Conover 1979, Technometrics 21:239). Of all n, that is: a design with more points is another
// one.
#include <numeric>

#include "ketsim/engine/design.hpp"
#include "ketsim/rng/samplers.hpp"

namespace ketsim {
namespace {

enum class Placement : std::uint8_t { random, centred };

struct LatinHypercubeParameters {
  std::int64_t points = 100;
  Placement placement = Placement::random;
};

const Schema<LatinHypercubeParameters>& latin_hypercube_schema() {
  using P = LatinHypercubeParameters;
  static const Schema<P> schema =
      Schema<P>("latin_hypercube",
                "Random points, one in each n-th part of every factor's range (McKay et al. 1979)")
          .integer(&P::points, {.name = "points",
                                .unit = "1",
                                .range = {1, most_design_points},
                                .doc = "number of points",
                                .source = "setting",
                                .grade = Grade::setting})
          .choice(&P::placement, {"random", "centred"},
                  {.name = "placement",
                   .unit = "",
                   .doc = "where in its part of the range a point lies: anywhere, or in the middle",
                   .source = "setting",
                   .grade = Grade::setting});
  return schema;
}

class LatinHypercube final : public Design {
 public:
  using Parameters = LatinHypercubeParameters;
  explicit LatinHypercube(const Parameters& parameters) : parameters_(parameters) {}

  std::vector<DesignPoint> points(const DesignInput& input, const Location& where,
                                  Diagnostics& problems) const override {
    if (!check_point_count(static_cast<double>(parameters_.points), input.factors.size(), "take fewer points",
                           where, problems))
      return {};
    std::vector<DesignPoint> points(static_cast<std::size_t>(parameters_.points));
    for (const Factor& factor : input.factors) {
      const std::vector<double> column = quantiles(factor, input.seed);
      for (std::size_t p = 0; p < points.size(); ++p) points[p].values.push_back(factor.at(column[p]));
    }
    return points;
  }

 private:
  //! One in each stratum, in random order. The draws belong to the factor's name: another factor beside it
  //! changes nothing.
  [[nodiscard]] std::vector<double> quantiles(const Factor& factor, std::uint64_t seed) const {
    Stream draw = Randomness(seed, 0).stream(Purpose::sweep_design, hash_text(factor.name()));
    std::vector<double> column(static_cast<std::size_t>(parameters_.points));
    std::iota(column.begin(), column.end(), 0.0);
    for (std::size_t left = column.size(); left > 1; --left) {
      const auto chosen = uniform_int(draw, 0, static_cast<std::int64_t>(left) - 1);
      std::swap(column[left - 1], column[static_cast<std::size_t>(chosen)]);
    }
    for (double& u : column) {
      // 32 random bits: with the stratum's number below 2^20 they fit a double, and no point is rounded into
      // the next stratum.
      const double inside =
          parameters_.placement == Placement::centred ? 0.5 : (static_cast<double>(draw()) + 0.5) * 0x1p-32;
      u = (u + inside) / static_cast<double>(column.size());
    }
    return column;
  }

  Parameters parameters_;
};

const RegisterDesign<LatinHypercube> registered{latin_hypercube_schema()};

}  // namespace
}  // namespace ketsim
