// Publicity: who hears that a programme exists. A standing scheme is known to many from its announcement on
// (the programme's known_share); partners tell their clients then, and those who know tell their peers.
// Meeting a programme in person (events, visits) tells too: that is the instruments' work.
#include <algorithm>

#include "ketsim/engine/process.hpp"
#include "ketsim/rng/samplers.hpp"

namespace ketsim {
namespace {

struct PublicityParameters : ProcessParameters {
  double client_share = 0.5;
  double word_of_mouth = 0.02;
};

const Schema<PublicityParameters>& publicity_schema() {
  using P = PublicityParameters;
  static const Schema<P> schema =
      Schema<P>("publicity", "Firms hear of a programme from its partners and from contacts")
          .boolean(&P::enabled, enabled_declaration())
          .real(&P::client_share,
                {.name = "client_share",
                 .unit = "1",
                 .range = {0, 1},
                 .plausible = {0.2, 0.8},
                 .doc = "share of the clients of a programme's partners that read its announcement",
                 .source = "assumption",
                 .grade = Grade::assumption})
          .real(&P::word_of_mouth,
                {.name = "word_of_mouth",
                 .unit = "1",
                 .range = {0, 1},
                 .plausible = {0.0, 0.1},
                 .doc = "chance that a firm that has heard of a programme passes it on, once, to a peer",
                 .source = "assumption",
                 .grade = Grade::assumption});
  return schema;
}

class Publicity final : public Process {
 public:
  using Parameters = PublicityParameters;
  Publicity(const Setup&, const Parameters& parameters) : parameters_(parameters) {}

  void step(Context& context) override {
    for (std::size_t p = 0; p < context.scenario().programmes.size(); ++p) {
      const ProgrammeId programme(p);
      const int announced = announcement(context, programme);
      if (context.month() == announced) announce(context, programme);
      if (context.month() > announced &&
          context.index_of(context.scenario().programmes[p].value.end) > context.month()) {
        const StableKey key = key_of(context, programme);
        for (const Entry& entry : context.world.entries) know_anyway(context, programme, key, entry.firm);
      }
      pass_on(context, programme);
    }
  }

 private:
  static StableKey key_of(const Context& context, ProgrammeId programme) {
    return hash_text(context.scenario().programmes[programme.index()].name);
  }

  static int announcement(const Context& context, ProgrammeId programme) {
    int earliest = INT16_MAX;
    for (const PolicyState& policy : context.policies) {
      if (policy.programme == programme &&
          (policy.budget > Money{} || policy.policy->allocation.rule == AllocationRule::entitlement))
        earliest = std::min(earliest, context.index_of(policy.policy->window.announced));
    }
    return std::max(earliest, 0);
  }

  static void know_anyway(Context& context, ProgrammeId programme, StableKey key, FirmId firm) {
    World& world = context.world;
    const double share = context.scenario().programmes[programme.index()].value.known_share;
    if (share <= 0.0 || !world.firms.alive[firm]) return;
    Stream draw = world.randomness.stream(Purpose::programme_news, world.firms.key[firm] ^ key, 1);
    if (bernoulli(draw, share)) world.tell_of_programme(firm, programme);
  }

  void announce(Context& context, ProgrammeId programme) const {
    World& world = context.world;
    const auto policy = std::ranges::find(context.policies, programme, &PolicyState::programme);
    if (policy == context.policies.end()) return;
    const StableKey key = key_of(context, programme);
    for (std::size_t i = 0; i < world.firms.count(); ++i) {
      const FirmId firm(i);
      know_anyway(context, programme, key, firm);
      const auto adviser = world.firms.client_of[firm];
      const bool client =
          std::ranges::any_of(policy->partners, [&](IntermediaryId id) { return id.row == adviser; });
      if (!client) continue;
      Stream draw = world.randomness.stream(Purpose::programme_news, world.firms.key[firm] ^ key);
      if (bernoulli(draw, parameters_.client_share)) world.tell_of_programme(firm, programme);
    }
  }

  // Firms that have learnt of the programme since last month tell their peers.
  void pass_on(Context& context, ProgrammeId programme) {
    World& world = context.world;
    std::size_t& told = world.passed_on[programme.index()];
    const StableKey key = key_of(context, programme);
    const std::size_t known = world.audience[programme.index()].size();
    for (; told < known; ++told) {
      const FirmId teller = world.audience[programme.index()][told];
      if (world.firms.alive[teller] == 0) continue;
      for (const std::uint32_t neighbour : world.peers.neighbours(teller)) {
        const FirmId firm(neighbour);
        Stream draw = world.randomness.stream(Purpose::word_of_mouth, world.firms.key[teller] ^ key,
                                              fold32(world.firms.key[firm]));
        if (bernoulli(draw, parameters_.word_of_mouth)) world.tell_of_programme(firm, programme);
      }
    }
  }

  PublicityParameters parameters_;
};

const RegisterProcess<Publicity> registered{publicity_schema(), Phase::inform, 20,
                                            "policies announced, clients, peer ties", "programmes known"};

}  // namespace
}  // namespace ketsim
