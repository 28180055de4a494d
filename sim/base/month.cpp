#include "ketsim/base/month.hpp"

#include <chrono>

#include <fmt/format.h>

namespace ketsim {

std::string Month::text() const {
  return fmt::format("{:04}-{:02}", year(), month_of_year());
}

std::optional<Month> parse_month(std::string_view text) {
  if (text.size() != 7 || text[4] != '-') return std::nullopt;
  int digits[6]{};
  int n = 0;
  for (std::size_t i : {0U, 1U, 2U, 3U, 5U, 6U}) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    digits[n++] = text[i] - '0';
  }
  const int year = ((digits[0] * 10 + digits[1]) * 10 + digits[2]) * 10 + digits[3];
  const int month = digits[4] * 10 + digits[5];
  if (month < 1 || month > 12 || year < first_year || year > last_year) return std::nullopt;
  return make_month(year, month);
}

int days_since_epoch(Month month) {
  using namespace std::chrono;
  const year_month_day first{year{month.year()},
                             std::chrono::month{static_cast<unsigned>(month.month_of_year())}, day{1}};
  return static_cast<int>(sys_days{first}.time_since_epoch().count());
}

}  // namespace ketsim
