// A polynomial by its coefficients, for the portable functions.
#pragma once

#include <array>
#include <cstddef>

namespace ketsim::detail {

//! The value of c[0] + c[1] x + c[2] x^2 + ... (Horner).
template <std::size_t N>
double polynomial(const std::array<double, N>& coefficients, double x) {
  double value = coefficients[N - 1];
  for (std::size_t i = N - 1; i-- > 0;) value = value * x + coefficients[i];
  return value;
}

}  // namespace ketsim::detail
