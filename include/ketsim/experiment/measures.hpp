// What a policy changed: twin worlds that share every draw, compared pair of firm and KET by pair.
//
// Y0, Y1: the pair uses the KET (adopted or confirmed), and the firm is alive, in baseline and alternative at
// a horizon. T0, T1: months of adoption. Initial adopters are left out, and firms that exist in one world
// only are reported apart. Definitions in sim/ODD.md.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ketsim/model/world.hpp"
#include "ketsim/results/sink.hpp"

namespace ketsim {

//! One world at one horizon, as far as comparisons need it.
struct Snapshot {
  std::vector<StableKey> key;          //!< by firm: the same firm in both worlds, whatever its row
  std::vector<std::uint8_t> uses;      //!< by KET and firm: 1 where the KET is in use
  std::vector<std::uint8_t> paid;      //!< by KET and firm: 1 where an award for it is or was in force
  std::vector<std::uint8_t> reached;   //!< by firm: 1 where a programme reached it in person
  std::vector<MonthIndex> adopted_in;  //!< by KET and firm: month of adoption if by now, else never
  Money public_money;                  //!< cost to the public, all programmes
  Money private_money;                 //!< own money of partners and firms in projects, pilots and adoption
};

[[nodiscard]] Snapshot take_snapshot(const World& world);

//! What one replicate shows at one horizon.
struct TwinEffect {
  double additional = 0.0;        //!< pairs that use the KET only with the alternative
  double displaced = 0.0;         //!< pairs that use it only without
  double deadweight = 0.0;        //!< pairs that use it either way and were paid
  double accelerated = 0.0;       //!< of the deadweight, those that came earlier
  double spillover = 0.0;         //!< additional ones neither paid nor reached
  double months_gained = 0.0;     //!< min(T0, H) - min(T1, H), summed [month]
  double only_with = 0.0;         //!< pairs that use it in firms that exist only with the alternative
  double only_without = 0.0;      //!< pairs that use it in firms that exist only without
  double additional_firms = 0.0;  //!< net additional firms with at least one KET
  double public_money = 0.0;      //!< M1 - M0 [EUR]
  double private_money = 0.0;     //!< the same of private money [EUR]
  [[nodiscard]] double net() const { return additional - displaced; }
};

[[nodiscard]] TwinEffect compare_twins(const Snapshot& baseline, const Snapshot& alternative,
                                       std::size_t kets, MonthIndex horizon);

//! Mean with its 95 % interval (Student's t over replicates); NaN bounds for a single replicate.
struct Interval {
  double mean = 0.0;
  double low = 0.0;
  double high = 0.0;
};
[[nodiscard]] Interval mean_interval(const std::vector<double>& values);

//! Ratio of means with Fieller's 95 % interval on paired values (Fieller 1954). Not defined (all NaN) where
//! the mean of the denominator cannot be told from zero.
[[nodiscard]] Interval fieller_interval(const std::vector<double>& numerator,
                                        const std::vector<double>& denominator);

//! 97.5 % quantile of Student's t.
[[nodiscard]] double student_quantile(double degrees_of_freedom);

//! All measures of a comparison: effects[alternative][horizon][replicate].
[[nodiscard]] std::vector<Measure> make_measures(
    const std::vector<std::vector<std::vector<TwinEffect>>>& effects);

}  // namespace ketsim
