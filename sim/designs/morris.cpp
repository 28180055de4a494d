// Morris: trajectories through the space of factors that screen many factors at little cost (Morris 1991,
// Technometrics 33:161; Campolongo, Cariboni and Saltelli 2007, Environ. Model. Softw. 22:1509).
//
// Each factor has `levels` quantiles 0, 1/(levels - 1) ... 1. A trajectory starts at a random one of each and
// moves one factor after another, in random order, by delta = levels / (2 (levels - 1)), that is by half of
// the levels: from the lower half up, from the upper half down, so that it stays inside and all levels are as
// likely. The change of an output over delta is an elementary effect of the factor; the mean of its amount
// over the trajectories ranks factors, its spread shows interactions and curvature.
#include <algorithm>
#include <numeric>

#include <fmt/format.h>

#include "ketsim/engine/design.hpp"
#include "ketsim/rng/samplers.hpp"

namespace ketsim {
namespace {

struct MorrisParameters {
  std::int64_t trajectories = 20;
  std::int64_t levels = 4;
};

const Schema<MorrisParameters>& morris_schema() {
  using P = MorrisParameters;
  static const Schema<P> schema =
      Schema<P>("morris",
                "Trajectories that move one factor after another, to screen many (Morris 1991): trajectories "
                "times factors + 1")
          .integer(&P::trajectories, {.name = "trajectories",
                                      .unit = "1",
                                      .range = {2, most_design_points},
                                      .doc = "number of trajectories; 10 to 50 are usual",
                                      .source = "setting",
                                      .grade = Grade::setting})
          .integer(&P::levels, {.name = "levels",
                                .unit = "1",
                                .range = {2, 1000},
                                .doc = "quantiles of each factor that are tried, an even number",
                                .source = "setting",
                                .grade = Grade::setting});
  return schema;
}

class Morris final : public Design {
 public:
  using Parameters = MorrisParameters;
  explicit Morris(const Parameters& parameters)
      : trajectories_(static_cast<std::uint32_t>(parameters.trajectories)),
        levels_(static_cast<std::size_t>(parameters.levels)) {}

  std::vector<DesignPoint> points(const DesignInput& input, const Location& where,
                                  Diagnostics& problems) const override {
    const std::size_t before = problems.count();
    if (levels_ % 2 != 0)
      problems.add(where,
                   fmt::format("design.params.levels = {} is odd; moves by half of the levels need an even "
                               "number, as {}",
                               levels_, levels_ + 1));
    const double count =
        static_cast<double>(trajectories_) * (static_cast<double>(input.factors.size()) + 1.0);
    check_point_count(count, input.factors.size(), "take fewer trajectories", where, problems);
    if (problems.count() > before) return {};
    std::vector<DesignPoint> points;
    points.reserve(static_cast<std::size_t>(count));
    for (std::uint32_t t = 0; t < trajectories_; ++t) add_trajectory(t, input, points);
    return points;
  }

 private:
  void add_trajectory(std::uint32_t trajectory, const DesignInput& input,
                      std::vector<DesignPoint>& points) const {
    const std::size_t factors = input.factors.size();
    std::vector<std::size_t> at;          // level of each factor
    std::vector<std::uint64_t> priority;  // in which order they move
    for (const Factor& factor : input.factors) {
      // Draws of the factor's own: another factor beside it changes neither its levels nor the others' order.
      Stream draw =
          Randomness(input.seed, 0).stream(Purpose::sweep_design, hash_text(factor.name()), trajectory);
      at.push_back(static_cast<std::size_t>(uniform_int(draw, 0, static_cast<std::int64_t>(levels_) - 1)));
      priority.push_back(random_bits(draw));
    }
    std::vector<std::size_t> order(factors);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t f) { return priority[f]; });
    points.push_back({values(input.factors, at), trajectory, "start"});
    for (const std::size_t f : order) {
      at[f] = (at[f] + levels_ / 2) % levels_;
      points.push_back({values(input.factors, at), trajectory, "step:" + input.factors[f].name()});
    }
  }

  [[nodiscard]] std::vector<std::string> values(const std::vector<Factor>& factors,
                                                const std::vector<std::size_t>& at) const {
    std::vector<double> quantiles;
    for (const std::size_t level : at)
      quantiles.push_back(static_cast<double>(level) / static_cast<double>(levels_ - 1));
    return values_at(factors, quantiles);
  }

  std::uint32_t trajectories_;
  std::size_t levels_;
};

const RegisterDesign<Morris> registered{morris_schema()};

}  // namespace
}  // namespace ketsim
