// What a comparison notes of its worlds, as bytes: for journals of work that may be interrupted. Private to
// experiment.
#pragma once

#include "ketsim/base/byte_stream.hpp"
#include "twin_study.hpp"

namespace ketsim {

template <class Stream>
void stream(Stream& bytes, Snapshot& s) {
  bytes(s.key, s.region, s.sector, s.size, s.reached_by, s.stage, s.waits, s.adopted_in, s.paid_by, s.awarded,
        s.public_money, s.private_money, s.partners_match);
}

template <class Stream>
void stream(Stream& bytes, AwardEffect& effect) {
  bytes(effect.direct, effect.indirect);
}

template <class Stream>
void stream(Stream& bytes, WorldHistory& history) {
  bytes(history.horizons, history.coalitions, history.borderless, history.award_effects);
}

template <class Stream>
void stream(Stream& bytes, TwinEffect& e) {
  bytes(e.pairs, e.firms, e.pairs_by, e.pairs_by_instrument, e.months_by, e.awards_by_region,
        e.awards_by_instrument, e.displaced_by_cause, e.accelerated, e.deadweight_money, e.only_with,
        e.only_without, e.months_gained, e.public_money, e.private_money, e.partners_match, e.award_gini);
}

template <class Stream>
void stream(Stream& bytes, Findings& findings) {
  bytes(findings.effects, findings.net_shares, findings.money_shares, findings.border_cost,
        findings.award_effects);
}

}  // namespace ketsim
