#include "ketsim/model/geography.hpp"

#include <cmath>

#include "ketsim/base/portable_math.hpp"

namespace ketsim {

const std::vector<std::string>& size_class_names() {
  static const std::vector<std::string> names{"micro", "small", "medium", "large"};
  return names;
}

double distance_km(Position a, Position b) {
  const double dx = static_cast<double>(a.x) - static_cast<double>(b.x);
  const double dy = static_cast<double>(a.y) - static_cast<double>(b.y);
  return std::sqrt(dx * dx + dy * dy);
}

Position Geography::project(double longitude, double latitude) const {
  constexpr double km_per_degree = 111.195;  // of a sphere of radius 6371 km
  constexpr double radians = 0.017453292519943295;
  const double squeeze = portable_cos(static_cast<double>(origin_degrees.y) * radians);
  return {static_cast<float>((longitude - static_cast<double>(origin_degrees.x)) * km_per_degree * squeeze),
          static_cast<float>((latitude - static_cast<double>(origin_degrees.y)) * km_per_degree)};
}

}  // namespace ketsim
