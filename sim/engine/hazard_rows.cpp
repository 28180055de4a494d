#include "ketsim/engine/hazard_rows.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>

#include "ketsim/base/contracts.hpp"
#include "ketsim/base/portable_math.hpp"

namespace ketsim {
namespace {

constexpr float most_by_series = 0.25F;
constexpr float units = 0x1p26F;  // of a hazard of 1
constexpr float most_units = 0x1p31F;

// -log(1 - p) = 2 artanh(z), z = p / (2 - p): for p <= 1/4 the next term is below 2e-8.
float hazard_of_chance(float p) {
  const float z = p / (2.0F - p);
  const float z2 = z * z;
  return 2.0F * z * (1.0F + z2 * (1.0F / 3.0F + z2 * (1.0F / 5.0F + z2 * (1.0F / 7.0F))));
}

float hazard_of_large_chance(float p) {
  return p < 1.0F ? static_cast<float>(-portable_log1p(-static_cast<double>(p)))
                  : std::numeric_limits<float>::infinity();
}

}  // namespace

void hazards_of_rates(Timing timing, std::size_t rows, float* rate) {
  if (timing == Timing::continuous) return;
  unsigned beyond = 0;  // a maximum of floats would have to keep their order, and would be no vector
  for (std::size_t i = 0; i < rows; ++i) beyond |= rate[i] > most_by_series ? 1U : 0U;
  if (beyond == 0) {
    for (std::size_t i = 0; i < rows; ++i) rate[i] = hazard_of_chance(rate[i]);
    return;
  }
  for (std::size_t i = 0; i < rows; ++i)
    rate[i] = rate[i] <= most_by_series ? hazard_of_chance(rate[i]) : hazard_of_large_chance(rate[i]);
}

void doses_of_hazards(std::size_t rows, const float* hazard, Hazard* dose) {
  for (std::size_t i = 0; i < rows; ++i) {
    const float exact = hazard[i] * units + 0.5F;
    const bool certain = !(exact < most_units);
    const auto whole = static_cast<std::int32_t>(certain ? 0.0F : exact);
    dose[i] = certain ? certain_hazard : static_cast<Hazard>(whole);
  }
}

std::size_t take_doses(Stage stage, std::size_t rows, const Stage* stages, const Hazard* dose,
                       Hazard* remaining, std::uint16_t* passed) {
  expect(rows <= rows_at_once, "so many rows at once");
  std::array<std::uint8_t, rows_at_once> passes{};
  for (std::size_t i = 0; i < rows; ++i) {
    const Hazard here = stages[i] == stage ? certain_hazard : 0;  // all bits, or none
    const Hazard before = remaining[i];
    const Hazard after = before - std::min(dose[i] & here, before);
    remaining[i] = after;
    passes[i] = static_cast<std::uint8_t>((after == 0 ? here : 0) & 1U);
  }
  // Few rows pass: look at eight at a time.
  std::size_t count = 0;
  for (std::size_t first = 0; first < rows; first += 8) {
    std::uint64_t any = 0;
    std::memcpy(&any, passes.data() + first, sizeof any);
    if (any == 0) continue;
    for (std::size_t i = first; i < first + 8; ++i) {
      passed[count] = static_cast<std::uint16_t>(i);
      count += passes[i];
    }
  }
  return count;
}

}  // namespace ketsim
