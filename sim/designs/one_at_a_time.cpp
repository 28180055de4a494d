// One at a time: from a base point in the middle of all ranges, one factor takes its levels while the others
// stay. It shows each factor's curve through the base; of interactions it shows nothing.
#include "ketsim/engine/design.hpp"

namespace ketsim {
namespace {

struct OneAtATimeParameters {
  std::int64_t levels = 5;
};

const Schema<OneAtATimeParameters>& one_at_a_time_schema() {
  using P = OneAtATimeParameters;
  static const Schema<P> schema =
      Schema<P>("one_at_a_time", "Each factor through its levels, all others in the middle of their ranges")
          .integer(&P::levels,
                   {.name = "levels",
                    .unit = "1",
                    .range = {2, 100000},
                    .doc = "values of each continuous factor, evenly from end to end; factors with "
                           "values or whole numbers take all of them",
                    .source = "setting",
                    .grade = Grade::setting});
  return schema;
}

class OneAtATime final : public Design {
 public:
  using Parameters = OneAtATimeParameters;
  explicit OneAtATime(const Parameters& parameters) : levels_(static_cast<std::size_t>(parameters.levels)) {}

  std::vector<DesignPoint> points(const DesignInput& input, const Location& where,
                                  Diagnostics& problems) const override {
    double count = 1.0;
    for (const Factor& factor : input.factors) count += static_cast<double>(levels_of(factor));
    if (!check_point_count(count, input.factors.size(),
                           "take fewer levels, or list values of factors with whole numbers", where,
                           problems))
      return {};
    const std::vector<std::string> base =
        values_at(input.factors, std::vector<double>(input.factors.size(), 0.5));
    std::vector<DesignPoint> points{{base, 0, "base"}};
    for (std::size_t f = 0; f < input.factors.size(); ++f) move(input.factors[f], base, f, points);
    return points;
  }

 private:
  [[nodiscard]] std::size_t levels_of(const Factor& factor) const {
    return factor.levels() > 0 ? factor.levels() : levels_;
  }

  //! All levels of one factor but that of the base, which is there already.
  void move(const Factor& factor, const std::vector<std::string>& base, std::size_t f,
            std::vector<DesignPoint>& points) const {
    for (std::size_t l = 0; l < levels_of(factor); ++l) {
      std::string value = factor.levels() > 0
                              ? factor.level(l)
                              : factor.at(static_cast<double>(l) / static_cast<double>(levels_ - 1));
      if (value == base[f]) continue;
      points.push_back({base, 0, factor.name()});
      points.back().values[f] = std::move(value);
    }
  }

  std::size_t levels_;
};

const RegisterDesign<OneAtATime> registered{one_at_a_time_schema()};

}  // namespace
}  // namespace ketsim
