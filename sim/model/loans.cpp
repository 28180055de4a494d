#include "ketsim/model/loans.hpp"

#include "ketsim/base/portable_math.hpp"

namespace ketsim {

double annuity_payment(double yearly_rate, double months) {
  const double r = yearly_rate / 12.0;
  if (months <= 0.0) return 1.0;
  // r / (1 - (1 + r)^-n), by expm1 and log1p so that small rates lose no digits.
  return r > 0.0 ? -r / portable_expm1(-months * portable_log(1.0 + r)) : 1.0 / months;
}

double interest_saved(double yearly_rate, double market_rate, double months) {
  if (months <= 0.0) return 0.0;
  return 1.0 - annuity_payment(yearly_rate, months) / annuity_payment(market_rate, months);
}

}  // namespace ketsim
