// Saltelli: points from which first-order, total and second-order sensitivity indices are estimated, the
// shares of an output's variance that go back to each factor, alone or with others.
//
// Two samples A and B of the factors, both halves of one scrambled Sobol sequence in twice as many
// dimensions, and for each factor i the mixed sample AB_i: A with column i from B. First-order and total
// indices then come from (Saltelli et al. 2010, Comput. Phys. Commun. 181:259, Table 2, b and f)
//
//   V_i = mean of f(B) (f(AB_i) - f(A)),        E_i = mean of (f(A) - f(AB_i))^2 / 2,
//
// second-order ones from BA_i as well: B with column i from A (Saltelli 2002, CPC 145:280).
#include <bit>

#include <fmt/format.h>

#include "ketsim/engine/design.hpp"
#include "ketsim/rng/low_discrepancy.hpp"

namespace ketsim {
namespace {

struct SaltelliParameters {
  std::int64_t base_points = 128;
  bool second_order = false;
};

const Schema<SaltelliParameters>& saltelli_schema() {
  using P = SaltelliParameters;
  static const Schema<P> schema =
      Schema<P>("saltelli",
                "Points for variance-based sensitivity indices (Saltelli et al. 2010): base points times "
                "factors + 2, or 2 factors + 2")
          .integer(&P::base_points, {.name = "base_points",
                                     .unit = "1",
                                     .range = {2, most_design_points},
                                     .doc = "points of each of the two base samples, a power of two",
                                     .source = "setting",
                                     .grade = Grade::setting})
          .boolean(&P::second_order, {.name = "second_order",
                                      .unit = "",
                                      .doc = "true adds the points that indices of pairs of factors need",
                                      .source = "setting",
                                      .grade = Grade::setting});
  return schema;
}

using Values = std::vector<std::string>;

//! `values` with one of them from `other`.
Values mixed(Values values, const Values& other, std::size_t factor) {
  values[factor] = other[factor];
  return values;
}

class Saltelli final : public Design {
 public:
  using Parameters = SaltelliParameters;
  explicit Saltelli(const Parameters& parameters)
      : base_points_(static_cast<std::uint32_t>(parameters.base_points)),
        second_order_(parameters.second_order) {}

  std::vector<DesignPoint> points(const DesignInput& input, const Location& where,
                                  Diagnostics& problems) const override {
    const std::size_t factors = input.factors.size();
    const std::size_t per_row = (second_order_ ? 2 : 1) * factors + 2;
    const std::size_t before = problems.count();
    check_base_points(where, problems);
    if (2 * factors > ScrambledSobol::most_dimensions)
      problems.add(where, fmt::format("design: {} factors are more than {}, for which the sequence is known",
                                      factors, ScrambledSobol::most_dimensions / 2));
    check_point_count(static_cast<double>(base_points_) * static_cast<double>(per_row), factors,
                      "take fewer base_points", where, problems);
    if (problems.count() > before) return {};
    ScrambledSobol sequence(2 * factors, Randomness(input.seed, 0).key(Purpose::sweep_design));
    std::vector<DesignPoint> points;
    points.reserve(base_points_ * per_row);
    for (std::uint32_t row = 0; row < base_points_; ++row) add_row(row, sequence.next(), input, points);
    return points;
  }

 private:
  void check_base_points(const Location& where, Diagnostics& problems) const {
    if (std::has_single_bit(base_points_)) return;
    problems.add(where,
                 fmt::format("design.params.base_points = {} is no power of two, which the sequence needs "
                             "for its balance; take {} or {}",
                             base_points_, std::bit_floor(base_points_), std::bit_ceil(base_points_)));
  }

  void add_row(std::uint32_t row, const std::vector<double>& quantiles, const DesignInput& input,
               std::vector<DesignPoint>& points) const {
    const std::size_t factors = input.factors.size();
    const std::span all(quantiles);
    const Values a = values_at(input.factors, all.first(factors));
    const Values b = values_at(input.factors, all.last(factors));
    points.push_back({a, row, "A"});
    points.push_back({b, row, "B"});
    for (std::size_t f = 0; f < factors; ++f)
      points.push_back({mixed(a, b, f), row, "AB:" + input.factors[f].name()});
    for (std::size_t f = 0; second_order_ && f < factors; ++f)
      points.push_back({mixed(b, a, f), row, "BA:" + input.factors[f].name()});
  }

  std::uint32_t base_points_;
  bool second_order_;
};

const RegisterDesign<Saltelli> registered{saltelli_schema()};

}  // namespace
}  // namespace ketsim
