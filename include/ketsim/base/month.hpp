// Calendar months: the time step of the simulation.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace ketsim {

//! A calendar month, counted from January of year 0.
struct Month {
  int count = 0;

  [[nodiscard]] constexpr int year() const { return count / 12; }
  [[nodiscard]] constexpr int month_of_year() const { return count % 12 + 1; }
  [[nodiscard]] std::string text() const;  //!< `2016-04`
  constexpr auto operator<=>(const Month&) const = default;
  constexpr Month operator+(int months) const { return {count + months}; }
  constexpr int operator-(Month other) const { return count - other.count; }
};

constexpr Month make_month(int year, int month_of_year) {
  return {year * 12 + month_of_year - 1};
}

//! Years whose days NumPy and pandas hold as times of nanoseconds, as xarray reads time axes.
inline constexpr int first_year = 1678;
inline constexpr int last_year = 2261;

//! Reads `YYYY-MM` in those years; nothing else, so that a day or a bare year is an error and not a guess.
[[nodiscard]] std::optional<Month> parse_month(std::string_view text);

//! Days from 1970-01-01 to the first day of the month (proleptic Gregorian calendar), for time axes.
[[nodiscard]] int days_since_epoch(Month month);

}  // namespace ketsim
