// A programme with one policy only, before its first month: what one act does, and what it costs.
#pragma once

#include <gtest/gtest.h>

#include "support/small_world.hpp"

namespace ketsim {

inline constexpr ProgrammeId rocket{0};

class OnePolicy : public testing::Test {
 protected:
  //! ROCKET with nothing but a policy `only`; more policies may follow in the text, as `{...}, other: {...}`.
  void begin(const std::string& policy, const Overrides& more = {}) {
    Overrides changes{"time.start=2016-04", "time.end=2016-12", "horizons=[2016-12]",
                      "programmes[rocket].policies={only: " + policy + "}"};
    changes.insert(changes.end(), more.begin(), more.end());
    simulation_ = std::make_unique<Simulation>(setup_of("rocket.yaml", changes), 1, 0);
  }
  World& world() { return simulation_->world(); }
  Firms& firms() { return world().firms; }
  bool act(std::uint32_t number = 0) {
    Context context = simulation_->context();
    PolicyState& policy = policy_of(context, "only");
    return policy.instrument->act(context, policy, number);
  }
  void step(const std::string& process) {
    Context context = simulation_->context();
    process_of(context.setup, process)->step(context);
  }
  std::vector<FirmId> reached() {
    std::vector<FirmId> list;
    for (std::size_t i = 0; i < firms().count(); ++i) {
      if (firms().first_reached[FirmId(i)] != never) list.emplace_back(i);
    }
    return list;
  }
  //! All firms in one stage of all KETs.
  void set_all(Stage stage) {
    for (std::size_t k = 0; k < world().ket_count(); ++k) {
      for (std::size_t i = 0; i < firms().count(); ++i) {
        if (firms().stage(FirmId(i), KetId(k)) != stage)
          world().change_stage(FirmId(i), KetId(k), stage, Trigger::founding);
      }
    }
    world().changes.clear();
  }
  [[nodiscard]] Money paid() { return world().ledger.paid(rocket); }

  std::unique_ptr<Simulation> simulation_;
};

//! What management alone is paid in the nine months of these runs.
inline Money management(const Simulation& simulation) {
  const Programme& programme = *simulation.policies()[0].owner;
  return share_of(share_of(to_money(programme.budget), programme.management_share), 9.0 / 48.0);
}

}  // namespace ketsim
