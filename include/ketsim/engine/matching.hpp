// Deferred acceptance (Gale and Shapley 1962), leads proposing: many partners to one lead, one lead to a
// partner. One more lead can only worsen the matches of other leads. The order of the leads matters only to a
// partner that likes two of them equally: it takes the earlier one.
#pragma once

#include <cstdint>
#include <vector>

namespace ketsim {

struct MatchingLead {
  std::size_t places = 0;             //!< partners wanted
  std::vector<std::uint32_t> wishes;  //!< partners, best first
  std::vector<double> welcome;        //!< what each wished-for partner thinks of this lead, higher is better
};

//! For each lead the partners that it gets, in the order of its wishes.
[[nodiscard]] std::vector<std::vector<std::uint32_t>> deferred_acceptance(
    const std::vector<MatchingLead>& leads);

}  // namespace ketsim
