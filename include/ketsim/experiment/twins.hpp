// What a policy changed: twin worlds that share every draw, compared pair of firm and KET by pair.
//
// Y0, Y1: the pair uses the KET (adopted or confirmed), and the firm is alive, in baseline and alternative at
// a horizon H. T0, T1: months of adoption, infinite if never. Initial adopters are left out, and firms that
// exist in one world only are reported apart. Definitions in sim/ODD.md, section 12.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "ketsim/experiment/snapshot.hpp"

namespace ketsim {

//! In which of the twin worlds the KET is in use. The first four partition the pairs that are compared.
enum class Outcome : std::uint8_t {
  in_both,
  only_with,     //!< additional
  only_without,  //!< displaced
  in_neither,
  // Not compared
  firm_only_with,     //!< the firm exists with the alternative only
  firm_only_without,  //!< the firm exists with the baseline only
  initial_adopter     //!< used the KET before the start, in either world
};
inline constexpr std::size_t compared_outcomes = 4;
[[nodiscard]] const std::vector<std::string>& outcome_names();  //!< of all seven
//! Of something used in the world without the policy, and in that with it.
[[nodiscard]] Outcome outcome_of(bool without, bool with);

//! How near the alternative came to a pair by the horizon.
enum class Exposure : std::uint8_t {
  paid,      //!< an award for the KET
  served,    //!< no award, but the firm was reached in person
  untouched  //!< neither
};
inline constexpr std::size_t exposure_count = 3;
[[nodiscard]] const std::vector<std::string>& exposure_names();

//! Where a displaced pair stands in the alternative's world instead: the first that holds.
enum class Cause : std::uint8_t { firm_left, rejected, discontinued, waiting, piloting, not_yet };
inline constexpr std::size_t cause_count = 6;
[[nodiscard]] const std::vector<std::string>& cause_names();

//! One pair of firm and KET in both worlds.
struct TwinPair {
  StableKey firm = 0;
  KetId ket;
  std::uint16_t region = 0;
  std::uint8_t sector = 0;
  SizeClass size = SizeClass::micro;
  Outcome outcome = Outcome::in_neither;
  Exposure exposure = Exposure::untouched;
  std::uint8_t instrument = Snapshot::no_instrument;  //!< that paid the pair first, else met the firm first
  MonthIndex adopted_without = never;
  MonthIndex adopted_with = never;
  int months_gained = 0;                                   //!< min(T0, H) - min(T1, H) [month]
  Money awarded;                                           //!< in the alternative's world
  Money awarded_without;                                   //!< in the baseline's
  std::uint8_t paid_without_by = Snapshot::no_instrument;  //!< instrument of its first award there
  Cause cause = Cause::not_yet;                            //!< of a displaced pair
};

//! Calls `visit` for every pair of the alternative's firms, row by row, then for those of firms that only the
//! baseline has.
void for_each_pair(const Snapshot& baseline, const Snapshot& alternative, std::size_t kets,
                   MonthIndex horizon, const std::function<void(const TwinPair&)>& visit);

//! Partitions of the pairs that effects are broken down by.
enum class Part : std::uint8_t { region, sector, ket, size_class };
inline constexpr std::size_t part_count = 4;
[[nodiscard]] const std::vector<std::string>& part_names();

//! Sizes of the dimensions that effects are broken down by.
struct EffectShape {
  std::array<std::size_t, part_count> parts{};
  std::size_t instruments = 0;
  std::vector<double> heads;  //!< inhabitants by region

  [[nodiscard]] std::size_t size_of(Part part) const { return parts[static_cast<std::size_t>(part)]; }
};
[[nodiscard]] EffectShape effect_shape(const Setup& setup);

//! What one replicate shows at one horizon.
struct TwinEffect {
  explicit TwinEffect(const EffectShape& shape);
  TwinEffect() = default;

  std::vector<double> pairs;                              //!< [outcome][exposure]
  std::vector<double> firms;                              //!< the same of firms: at least one KET
  std::array<std::vector<double>, part_count> pairs_by;   //!< [outcome][exposure][part]
  std::vector<double> pairs_by_instrument;                //!< [outcome][instrument], paid or served
  std::vector<double> net_by_region_and_sector;           //!< net additional adopters [region][sector]
  std::vector<double> net_by_region_and_size;             //!< the same [region][size class]
  std::array<std::vector<double>, part_count> months_by;  //!< months gained [part]
  std::vector<double> awards_by_region;                   //!< change of awards to firms [EUR]
  std::vector<double> awards_by_instrument;               //!< the same, by instrument of the first award
  std::vector<double> displaced_by_cause;

  double accelerated = 0.0;       //!< of the deadweight, those that came earlier
  double deadweight_money = 0.0;  //!< awards to the deadweight [EUR]
  double only_with = 0.0;         //!< pairs in use of firms that exist only with the alternative
  double only_without = 0.0;      //!< pairs in use of firms that exist only without
  double months_gained = 0.0;     //!< summed over pairs [month]
  double public_money = 0.0;      //!< M1 - M0 [EUR]
  double private_money = 0.0;     //!< the same of private money [EUR]
  double partners_match = 0.0;    //!< of it, partners' own money in funded projects [EUR]
  double award_gini = 0.0;        //!< of the alternative's awards per inhabitant, over regions [1]

  //! Pairs of the region in both worlds, whatever became of them.
  [[nodiscard]] double pairs_of_region(std::size_t region) const;
  [[nodiscard]] double count(Outcome outcome, Exposure exposure) const;
  [[nodiscard]] double count(Outcome outcome) const;
  [[nodiscard]] double firm_count(Outcome outcome) const;
  [[nodiscard]] double additional() const { return count(Outcome::only_with); }
  [[nodiscard]] double displaced() const { return count(Outcome::only_without); }
  [[nodiscard]] double net() const { return additional() - displaced(); }
  [[nodiscard]] double deadweight() const { return count(Outcome::in_both, Exposure::paid); }
  [[nodiscard]] double spillover() const { return count(Outcome::only_with, Exposure::untouched); }
  [[nodiscard]] double net_on(Exposure exposure) const {
    return count(Outcome::only_with, exposure) - count(Outcome::only_without, exposure);
  }
};

template <class Stream>
void stream(Stream& bytes, TwinEffect& e) {
  bytes(e.pairs, e.firms, e.pairs_by, e.pairs_by_instrument, e.net_by_region_and_sector,
        e.net_by_region_and_size, e.months_by, e.awards_by_region, e.awards_by_instrument,
        e.displaced_by_cause, e.accelerated, e.deadweight_money, e.only_with, e.only_without, e.months_gained,
        e.public_money, e.private_money, e.partners_match, e.award_gini);
}

[[nodiscard]] TwinEffect compare_twins(const Snapshot& baseline, const Snapshot& alternative,
                                       const EffectShape& shape, MonthIndex horizon);

}  // namespace ketsim
