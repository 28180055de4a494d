// How a firm values a technology: expected value, risk, liquidity. Used by every decision and by every
// instrument, so that all routes are compared with one measure.
//
//   yearly benefit  b = benefit_share * cost_0 * relevance * affinity
//                         * (1 - rivalry * weight * share of rivals that use the KET)  [EUR/yr]
//   benefit   B = annuity * b  [EUR]
//   success   p = floor + (ceiling - floor) * min(1, knowledge / complexity)
//   evidence  n = own + peers that use the KET + nearby_evidence * share of users in the region
//                 + what demonstrators nearby have shown  [observations]
//   doubt     u = uncertainty / sqrt(1 + n)
//   adoption  A = B - C - risk_aversion * (u B)^2 / (2 W), W = cash + 12 monthly margins
//   trial     T = p V - risk_aversion * p (1 - p) V^2 / (2 W) - outlay, V = max(0, A) discounted
//
// Both are certainty equivalents, homogeneous of degree one in money: in another currency nobody decides
// otherwise. The mean-variance form is the second-order approximation of expected utility under constant
// relative risk aversion (Pratt 1964).
#pragma once

#include <algorithm>
#include <cmath>

#include "ketsim/engine/setup.hpp"

namespace ketsim {

[[nodiscard]] inline double adoption_cost(const World& world, FirmId firm, KetId ket) {  //!< now [EUR]
  return world.geography->ket(ket).cost[static_cast<std::size_t>(world.firms.size[firm])] *
         world.cost_factor[ket.index()];
}

class Valuation {
 public:
  explicit Valuation(const Scenario& scenario);

  //! Margin that the KETs in use add now: it falls as rivals take them up, too [EUR/month].
  [[nodiscard]] double ket_margin(const World& world, FirmId firm) const;
  //! Of this year, KETs and instalments included, before losses to rivals [EUR/month].
  [[nodiscard]] double monthly_margin(const World& world, FirmId firm) const;
  //! What a firm can count on [EUR]: cash and a year's margin.
  [[nodiscard]] double wealth(const World& world, FirmId firm) const;
  //! Yearly benefit over the cost of adoption at the start, for a firm of affinity 1 [1/yr].
  [[nodiscard]] double benefit_share(const World& world, std::size_t sector, KetId ket) const;
  [[nodiscard]] double yearly_benefit(const World& world, FirmId firm, KetId ket) const;  //!< [EUR/yr]
  [[nodiscard]] double annuity() const { return annuity_; }  //!< years' worth of a yearly benefit [yr]
  [[nodiscard]] double benefit(const World& world, FirmId firm, KetId ket) const;  //!< present value [EUR]
  [[nodiscard]] double success_chance(const World& world, FirmId firm, KetId ket, double knowledge) const;
  [[nodiscard]] double evidence(const World& world, FirmId firm, KetId ket) const;  //!< [observations]
  //! Certainty equivalent of adopting, after `more_evidence` and with a benefit raised by `gain` [EUR].
  [[nodiscard]] double adoption(const World& world, FirmId firm, KetId ket, double more_evidence,
                                double gain) const;
  [[nodiscard]] double discount(double months) const;  //!< factor on money that comes in so many months
  //! Worth of trying first: on success the firm adopts if that pays. `outlay` is lost on failure [EUR].
  [[nodiscard]] double trial(const World& world, FirmId firm, KetId ket, double success, double more_evidence,
                             double gain, double outlay, double months) const;
  //! Belief in an award: mean of a Beta distribution with the prior of the settings, updated by what the firm
  //! saw.
  [[nodiscard]] double award_belief(const World& world, FirmId firm) const;

 private:
  DecisionSettings decisions_;
  double annuity_;
};

// Called for many pairs every month: inline.

inline double Valuation::benefit_share(const World& world, std::size_t sector, KetId ket) const {
  const Ket& technology = world.geography->ket(ket);
  return technology.benefit_share * technology.relevance[sector] *
         (1.0 -
          decisions_.rivalry * world.geography->market_weight[sector] * world.rivals[ket.index()][sector]);
}

inline double Valuation::yearly_benefit(const World& world, FirmId firm, KetId ket) const {
  const Firms& firms = world.firms;
  return world.geography->ket(ket).cost[static_cast<std::size_t>(firms.size[firm])] *
         static_cast<double>(firms.affinity(firm, ket)) * benefit_share(world, firms.sector[firm], ket);
}

inline double Valuation::success_chance(const World& world, FirmId, KetId ket, double knowledge) const {
  const double complexity = world.geography->ket(ket).complexity;
  const double mastered = complexity > 0.0 ? std::min(1.0, knowledge / complexity) : 1.0;
  return decisions_.success_floor + (decisions_.success_ceiling - decisions_.success_floor) * mastered;
}

}  // namespace ketsim
