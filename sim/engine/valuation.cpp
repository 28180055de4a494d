#include "ketsim/engine/valuation.hpp"

#include <algorithm>
#include <cmath>

#include "ketsim/base/portable_math.hpp"

namespace ketsim {

Valuation::Valuation(const Scenario& scenario) : decisions_(scenario.decisions) {
  const double r = decisions_.discount_rate;
  const double years = decisions_.benefit_years;
  annuity_ =
      r > 0.0 ? -portable_expm1(-r * years) / r : years;  // continuous annuity, as benefits come every month
}

double Valuation::ket_margin(const World& world, FirmId firm) const {
  if (world.firms.kets_used[firm] == 0) return 0.0;
  double sum = 0.0;
  for (std::size_t k = 0; k < world.ket_count(); ++k) {
    if (uses(world.firms.stage(firm, KetId(k)))) sum += yearly_benefit(world, firm, KetId(k)) / 12.0;
  }
  return sum;
}

double Valuation::monthly_margin(const World& world, FirmId firm) const {
  const Firms& firms = world.firms;
  return static_cast<double>(firms.base_margin[firm]) * static_cast<double>(firms.shock[firm]) +
         ket_margin(world, firm) - firms.instalments[firm].euros();
}

double Valuation::wealth(const World& world, FirmId firm) const {
  return std::max(world.firms.cash[firm].euros() + 12.0 * monthly_margin(world, firm), 1.0);
}

double Valuation::benefit(const World& world, FirmId firm, KetId ket) const {
  return annuity_ * yearly_benefit(world, firm, ket);
}

double Valuation::evidence(const World& world, FirmId firm, KetId ket) const {
  // Each peer that uses the KET is worth one observation at full strength of the tie.
  const double peers = static_cast<double>(world.firms.adopting_exposure(firm, ket)) / 255.0;
  const std::size_t region = world.firms.region[firm];
  const double nearby = decisions_.nearby_evidence * world.ecosystem[ket.index()][region];
  return static_cast<double>(world.firms.evidence(firm, ket)) + peers + nearby +
         world.facilities.evidence[ket.index()][region];
}

double Valuation::adoption(const World& world, FirmId firm, KetId ket, double more_evidence,
                           double gain) const {
  const double value = benefit(world, firm, ket) * (1.0 + gain);
  const double doubt =
      world.geography->ket(ket).uncertainty / std::sqrt(1.0 + evidence(world, firm, ket) + more_evidence);
  const double variance = value * value * doubt * doubt;
  const double risk =
      static_cast<double>(world.firms.risk_aversion[firm]) * variance / (2.0 * wealth(world, firm));
  return value - adoption_cost(world, firm, ket) - risk;
}

double Valuation::discount(double months) const {
  return portable_exp(-decisions_.discount_rate * months / 12.0);
}

double Valuation::trial(const World& world, FirmId firm, KetId ket, double success, double more_evidence,
                        double gain, double outlay, double months) const {
  const double then = adoption(world, firm, ket, more_evidence, gain);
  if (then <= 0.0) return -outlay;
  const double prize = then * discount(months);
  const double variance = prize * prize * success * (1.0 - success);
  const double risk =
      static_cast<double>(world.firms.risk_aversion[firm]) * variance / (2.0 * wealth(world, firm));
  return success * prize - risk - outlay;
}

double Valuation::award_belief(const World& world, FirmId firm) const {
  const double wins = decisions_.prior_wins + static_cast<double>(world.firms.belief_wins[firm]);
  const double losses = decisions_.prior_losses + static_cast<double>(world.firms.belief_losses[firm]);
  return wins + losses > 0.0 ? wins / (wins + losses) : 0.5;
}

}  // namespace ketsim
