// Broadcast campaign: a wave through media and the trade press. It reaches every target firm a little: each
// wave adds a small dose to what brings awareness of the policy's KETs, and tells a share of the firms that
// the programme exists. Nobody is reached in person.
#include "ketsim/engine/process.hpp"
#include "ketsim/rng/samplers.hpp"

namespace ketsim {
namespace {

struct BroadcastCampaignParameters {
  double cost = 25000.0;
  double dose = 0.004;
  double programme_share = 0.03;
};

const Schema<BroadcastCampaignParameters>& broadcast_campaign_schema() {
  using P = BroadcastCampaignParameters;
  static const Schema<P> schema =
      Schema<P>("broadcast_campaign", "Broadcast campaign: media tell all firms of KETs and of the programme")
          .real(&P::cost, {.name = "cost",
                           .unit = "EUR",
                           .range = {100, 1e7},
                           .plausible = {10e3, 60e3},
                           .doc = "cost of one wave",
                           .source = "assumption",
                           .grade = Grade::assumption})
          .real(&P::dose, {.name = "dose",
                           .unit = "1",
                           .range = {0, 60},
                           .plausible = {0.001, 0.02},
                           .doc = "integrated hazard of awareness that one wave adds, for each KET",
                           .source = "assumption, a month of ordinary media (awareness.media_rate)",
                           .grade = Grade::assumption})
          .real(&P::programme_share,
                {.name = "programme_share",
                 .unit = "1",
                 .range = {0, 1},
                 .plausible = {0.01, 0.1},
                 .doc = "share of target firms that learn of the programme from one wave",
                 .source = "assumption",
                 .grade = Grade::assumption});
  return schema;
}

class BroadcastCampaign final : public Instrument {
 public:
  using Parameters = BroadcastCampaignParameters;
  explicit BroadcastCampaign(const Parameters& parameters) : p_(parameters) {}

  double cost_of_act() const override { return p_.cost; }

  bool act(Context& context, PolicyState& policy, std::uint32_t wave) const override {
    World& world = context.world;
    const Hazard dose = to_hazard(p_.dose);
    bool anybody = false;
    for (std::size_t i = 0; i < world.firms.count(); ++i) {
      const FirmId firm(i);
      if (!world.firms.alive[firm] || !context.is_target(policy, firm)) continue;
      anybody = true;
      for (std::size_t k = 0; k < world.ket_count(); ++k) {
        if (world.firms.stage(firm, KetId(k)) == Stage::unaware && context.is_target(policy, KetId(k)) &&
            accumulate(world.firms.resistance(firm, KetId(k)), dose))
          world.change_stage(firm, KetId(k), Stage::aware, Trigger::campaign);
      }
      Stream draw = world.randomness.stream(Purpose::campaign_news, world.firms.key[firm] ^ policy.key, wave);
      if (bernoulli(draw, p_.programme_share)) world.tell_of_programme(firm, policy.programme);
    }
    return anybody;
  }

 private:
  BroadcastCampaignParameters p_;
};

const RegisterInstrument<BroadcastCampaign> registered{broadcast_campaign_schema()};

}  // namespace
}  // namespace ketsim
