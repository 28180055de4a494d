// A call for proposals by hand: a rule of allocation, a budget, and proposals whose quality and request are
// known.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "ketsim/engine/awarding.hpp"
#include "support/small_world.hpp"

namespace ketsim {

//! A policy with calls (the first one closes now), its jury and its money, and nothing else of a month.
class Call {
 public:
  Call(const std::string& allocation, double budget, std::uint32_t replicate = 0,
       const std::string& calls = "[2016-04]")
      : simulation_(cached(allocation, budget, calls), 1, replicate), context_(simulation_.context()) {
    simulation_.world().ledger.appropriate(ProgrammeId(0), to_money(budget));
  }

  void propose(double quality, double request) {
    propose(quality, request, FirmId(simulation_.world().proposals.size()));
  }
  void propose(double quality, double request, FirmId lead) {
    World& world = simulation_.world();
    Proposal proposal;
    proposal.policy = PolicyId(0);
    proposal.ket = KetId(0);
    proposal.lead = lead;
    proposal.status = ProposalStatus::submitted;
    proposal.submitted = proposal.decision_due = 0;
    proposal.quality = quality;
    world.firms.cash[proposal.lead] = to_money(1e6);  // enough to carry the cost until claims are paid
    join_proposal(context_, proposal, actor(proposal.lead));
    proposal.members[0].cost = to_money(2.0 * request);
    proposal.members[0].grant = to_money(request);
    world.proposals.push_back(proposal);
  }

  //! Proposals that were awarded, by number.
  std::vector<std::size_t> winners() {
    process_of(context_.setup, "selection")->step(context_);
    std::vector<std::size_t> list;
    for (std::size_t p = 0; p < simulation_.world().proposals.size(); ++p) {
      if (simulation_.world().proposals[p].status == ProposalStatus::awarded) list.push_back(p);
    }
    return list;
  }

  World& world() { return simulation_.world(); }
  PolicyState& policy() { return context_.policies.front(); }

 private:
  static std::shared_ptr<Setup> cached(const std::string& allocation, double budget,
                                       const std::string& calls) {
    static std::map<std::string, std::shared_ptr<Setup>> setups;
    std::shared_ptr<Setup>& setup = setups[allocation + real_text(budget) + calls];
    if (!setup) {
      setup = setup_of(
          "rocket.yaml",
          {"time.start=2016-04", "time.end=2018-12", "horizons=[2018-12]", "population.agents=60",
           "programmes[rocket].budget=" + real_text(budget), "programmes[rocket].management_share=0",
           "programmes[rocket].policies={only: {instrument: project_grant, share: 1, window: {calls: " +
               calls + "}, allocation: " + allocation + "}}"});
    }
    return setup;
  }

  Simulation simulation_;
  Context context_;
};

}  // namespace ketsim
