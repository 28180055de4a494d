// Where a lead finds partners: among its peers, their peers and its contacts, and, brokered by the programme,
// among all firms that know of it.
//
//   score = closeness * (0.3 + g(cognitive distance)) * fit / (1 + fit) * (1.5 if the firm asks to be asked)
//   fit   = affinity * relevance, g: engine/cooperation.hpp
#pragma once

#include <map>
#include <utility>
#include <vector>

#include "ketsim/engine/valuation.hpp"

namespace ketsim {

struct PartnerSearchSettings {
  double broker_closeness = 0.15;  //!< of firms that only the programme connects [1]
  double friend_of_friend = 0.5;   //!< share of closeness that passes from contacts to their contacts [1]
  std::size_t invitations = 3;     //!< firms that a lead can ask in a month
};

//! A firm that a lead reaches by itself.
struct Acquaintance {
  FirmId firm;
  double closeness = 0.0;  //!< to the lead, 0 to 1
};
[[nodiscard]] bool is_among(const std::vector<Acquaintance>& known, FirmId firm);

//! Whether work on the KET with others can be of interest to a firm.
[[nodiscard]] bool is_open_to(const World& world, FirmId firm, KetId ket);

//! A firm that a lead would ask.
struct Wish {
  double score = 0.0;
  StableKey key = 0;
  FirmId firm;
  double worth = 0.0;  //!< of joining, to the firm [EUR]
};

class PartnerSearch {
 public:
  PartnerSearch(const Scenario& scenario, const PartnerSearchSettings& settings);

  void begin_month() { pools_.clear(); }

  //! Peers, their peers and contacts, in the order of their rows.
  [[nodiscard]] std::vector<Acquaintance> acquaintances(const World& world, FirmId lead) const;

  //! Firms for whom joining is worth its cost, the best first: enough of them that no SME left out would be
  //! among the first `invitations`. `needs_other_side`: the rules ask for one from across the border.
  [[nodiscard]] std::vector<Wish> wishes(const Context& context, const Proposal& proposal, bool large_welcome,
                                         bool needs_other_side);

 private:
  struct Candidate {
    FirmId firm;
    double fit = 0.0;
    double waiting = 1.0;  //!< factor for those that ask to be asked
    double worth = 0.0;    //!< of joining, to the firm [EUR]
    [[nodiscard]] double promise() const { return fit / (1.0 + fit) * waiting; }
  };
  //! The firms that a programme can bring together with leads of one policy and KET. All these leads look
  //! through the same pool, each only as far as it can still find better ones, so that a search costs no more
  //! where more firms know the programme.
  struct Pool {
    std::vector<Candidate> rest;  //!< a heap, the most promising in front
    std::vector<Candidate> best;  //!< taken from it so far, in order; those for whom joining is worth it
  };
  struct Search;

  [[nodiscard]] bool may_join(const World& world, FirmId firm, KetId ket) const;
  [[nodiscard]] double worth_joining(const Context& context, const PolicyState& policy, FirmId firm,
                                     KetId ket) const;
  [[nodiscard]] Pool& pool_of(const Context& context, const PolicyState& policy, KetId ket);
  [[nodiscard]] const Candidate* take(const Context& context, const PolicyState& policy, KetId ket,
                                      Pool& pool, std::size_t place) const;

  PartnerSearchSettings settings_;
  std::int64_t most_engagements_;
  Valuation valuation_;
  std::map<std::pair<PolicyId, KetId>, Pool> pools_;  //!< of this month
};

}  // namespace ketsim
