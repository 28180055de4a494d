// Money in whole cents, so that books close exactly.
#pragma once

#include <cmath>
#include <compare>
#include <cstdint>

#include "ketsim/base/contracts.hpp"

namespace ketsim {

//! An amount of money [cent]. Euro amounts become cents once, by to_money; from then on arithmetic is exact.
struct Money {
  std::int64_t cents = 0;

  constexpr auto operator<=>(const Money&) const = default;
  constexpr Money operator+(Money other) const { return {cents + other.cents}; }
  constexpr Money operator-(Money other) const { return {cents - other.cents}; }
  constexpr Money operator-() const { return {-cents}; }
  constexpr Money& operator+=(Money other) {
    cents += other.cents;
    return *this;
  }
  constexpr Money& operator-=(Money other) {
    cents -= other.cents;
    return *this;
  }
  [[nodiscard]] constexpr double euros() const { return static_cast<double>(cents) / 100.0; }
};

//! Rounds to the nearest cent, halves away from zero. Amounts beyond 9e13 EUR break the contract.
inline Money to_money(double euros) {
  expect(euros > -9e13 && euros < 9e13, "an amount of money fits into 64 bits of cents");
  return {static_cast<std::int64_t>(std::floor(euros * 100.0 + 0.5))};
}

//! Share of an amount, rounded to the nearest cent.
inline Money share_of(Money amount, double share) {
  return {static_cast<std::int64_t>(std::floor(static_cast<double>(amount.cents) * share + 0.5))};
}

constexpr Money min(Money a, Money b) {
  return b < a ? b : a;
}
constexpr Money max(Money a, Money b) {
  return a < b ? b : a;
}

}  // namespace ketsim
