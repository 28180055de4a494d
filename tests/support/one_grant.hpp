// A world with one grant for projects, whose firms all know of it, are interested, have money and fear no risk
// (a wait then makes what comes later worth less to each of them).
#pragma once

#include <memory>
#include <string>

#include "support/small_world.hpp"

namespace ketsim {

//! Its only call closes in the month `call`; the grant is announced as the world begins, in 2016-01.
class OneGrant {
 public:
  OneGrant(const std::string& call, Overrides changes, std::uint32_t replicate = 0)
      : simulation_(with_grant(call, std::move(changes)), 1, replicate), context_(simulation_.context()) {
    for (std::size_t i = 0; i < world().firms.count(); ++i) {
      const FirmId firm(i);
      world().firms.cash[firm] = to_money(1e6);
      world().tell_of_programme(firm, ProgrammeId(0));
      if (world().firms.stage(firm, ket) != Stage::interested)
        world().change_stage(firm, ket, Stage::interested, Trigger::founding);
    }
  }

  World& world() { return simulation_.world(); }
  Context& context() { return context_; }
  void step(const std::string& process) { process_of(context_.setup, process)->step(context_); }

  static constexpr KetId ket{3};  //!< in which they are interested

 private:
  static std::shared_ptr<Setup> with_grant(const std::string& call, Overrides changes) {
    changes.insert(changes.end(),
                   {"firms.risk_aversion=0", "time.start=2016-01", "time.end=2022-12", "horizons=[2022-12]",
                    "programmes={scheme: {owner: state, budget: 2000000, start: 2016-01, end: "
                    "2023-01, policies: {grant: {instrument: project_grant, share: 0.9, window: "
                    "{announced: 2016-01, calls: [" +
                        call + "]}}}}}"});
    return setup_of("no_programme.yaml", changes);
  }

  Simulation simulation_;
  Context context_;
};

}  // namespace ketsim
