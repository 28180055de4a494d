// World: everything that one replicate of one scenario consists of.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "ketsim/model/facilities.hpp"
#include "ketsim/model/firms.hpp"
#include "ketsim/model/geography.hpp"
#include "ketsim/model/ledger.hpp"
#include "ketsim/model/loans.hpp"
#include "ketsim/model/organisations.hpp"
#include "ketsim/model/projects.hpp"
#include "ketsim/model/stage_change.hpp"
#include "ketsim/model/ties.hpp"
#include "ketsim/rng/draws.hpp"
#include "ketsim/rng/stream.hpp"

namespace ketsim {

//! A firm that enters in the month.
struct Entry {
  FirmId firm;
  KetId ket;  //!< of a spin-off: the technology that it is founded on
};
template <class Stream>
void stream(Stream& bytes, Entry& entry) {
  bytes(entry.firm, entry.ket);
}

//! One firm's (or institute's) part in an award, kept for the month in which it is made.
struct Award {
  PolicyId policy;
  ProjectKind kind = ProjectKind::innovation_project;
  KetId ket;
  Actor actor;
  Money amount;  //!< grant, loan or reserve
};
template <class Stream>
void stream(Stream& bytes, Award& a) {
  bytes(a.policy, a.kind, a.ket, a.actor, a.amount);
}

struct World {
  World(std::shared_ptr<const Geography> shared_geography, Randomness luck)
      : geography(std::move(shared_geography)), randomness(luck) {}

  std::shared_ptr<const Geography> geography;
  Randomness randomness;
  Draws draws = Draws::thresholds;  //!< how luck is tied to time
  MonthIndex month = 0;             //!< months since the start of the run

  Firms firms;
  ResearchInstitutes research;
  Intermediaries intermediaries;
  std::shared_ptr<const SoughtTies> sought = std::make_shared<const SoughtTies>();
  PeerTies peers;
  Contacts contacts;
  std::vector<Proposal> proposals;
  std::vector<Project> projects;
  Ledger ledger;
  std::vector<Loan> loans;  //!< not yet paid back, in the order in which they were taken
  std::vector<ProposalId>
      awaiting_start;  //!< support awarded to firms whose other applications are not decided yet

  Money private_investment;  //!< own pilots and adoption so far, without parts in projects

  std::vector<double> cost_factor;             //!< cost of each KET now over that at the start [1]
  std::vector<std::vector<double>> rivals;     //!< share of firms that use it, by KET and sector [1]
  std::vector<std::int64_t> users;             //!< firms that use each KET
  std::vector<std::vector<double>> ecosystem;  //!< share of living firms that use it, by KET and region [1]
  Facilities facilities;
  std::vector<std::vector<std::int64_t>> users_in_sector;  //!< the same by KET and sector
  std::int64_t living = 0;                                 //!< firms alive
  std::vector<std::int64_t> living_in_sector;              //!< the same by sector

  std::vector<std::vector<FirmId>>
      audience;  //!< firms that know each programme, in the order in which they learnt of it
  std::vector<std::size_t> passed_on;  //!< of each audience, so many firms have passed the news on

  std::vector<StageChange> changes;   //!< of this month
  std::vector<Award> awards;          //!< of this month
  std::vector<Entry> entries;         //!< of this month, spin-offs among them
  std::vector<FirmId> exits;          //!< of this month
  std::vector<FirmId> newly_reached;  //!< SMEs first reached in person this month
  BorderTally border_tally;           //!< of proposals begun this month

  [[nodiscard]] std::size_t ket_count() const { return geography->kets.size(); }
  [[nodiscard]] CountryId country_of(FirmId firm) const {
    return geography->region(firms.region_of(firm)).country;
  }
  [[nodiscard]] CountryId country_of(Actor actor) const {
    if (actor.kind == ActorKind::firm) return country_of(actor.firm());
    return actor.kind == ActorKind::research ? research.country[actor.research()]
                                             : intermediaries.country[IntermediaryId(actor.row)];
  }
  [[nodiscard]] Position position_of(Actor actor) const;
  [[nodiscard]] StableKey key_of(Actor actor) const;
  [[nodiscard]] bool is_sme(Actor actor) const {
    return actor.kind == ActorKind::firm && firms.size[actor.firm()] != SizeClass::large;
  }
  [[nodiscard]] bool crosses_border(Actor a, Actor b) const { return country_of(a) != country_of(b); }

  //! Moves a firm to another stage, logs it and tells the firm's peers (their exposures change).
  void change_stage(FirmId firm, KetId ket, Stage to, Trigger trigger);
  //! The first half of it: the firm's own row alone, so that firms of different rows can move at the same
  //! time. Not from rejected to aware, which begins another attempt.
  StageChange move(FirmId firm, KetId ket, Stage to, Trigger trigger);
  //! The second half, for what firms decided on at the same time; leaves the blocks empty. Of one KET, unless
  //! no peer feels it (as when firms become interested).
  void publish(ChangesByBlock& blocks);
  //! Counts a firm of the row among the living; it knows nothing and nobody yet.
  void open(FirmId firm);
  //! Firms leave for good: their pairs are gone, their contacts carry nothing, nobody advises them.
  void close(std::span<const FirmId> leavers);
  void close(FirmId firm) { close(std::span(&firm, 1)); }
  //! Exposures of all firms from the stages of their ties: after ties have changed.
  void count_exposures();
  //! Users of each KET from the stages of all firms: when they are founded.
  void count_users();
  //! Keys draws of a pair beside the firm's own key: KET, attempt, and months since the last change of stage,
  //! so that what comes of an attempt does not depend on how often the firm thought about it before. Month by
  //! month: month_code.
  [[nodiscard]] std::uint32_t attempt_code(FirmId firm, KetId ket) const;
  //! The same for what each month decides by itself: KET (none for the firm as a whole) and month.
  [[nodiscard]] std::uint32_t month_code(KetId ket = KetId(0)) const;
  //! The same for what a proposal, project or pilot meets: KET and attempt; month by month also when it
  //! began.
  [[nodiscard]] std::uint32_t event_code(KetId ket, std::uint8_t attempt, MonthIndex begun) const;
  [[nodiscard]] std::uint32_t event_code(const Proposal& proposal) const {
    return event_code(proposal.ket, proposal.attempt, proposal.submitted);
  }
  //! A new threshold for the next step of a pair: Exp(1), keyed by firm, purpose and attempt_code.
  void draw_resistance(FirmId firm, KetId ket, Purpose purpose);
  //! The firm hears of a programme.
  void tell_of_programme(FirmId firm, ProgrammeId programme);
  [[nodiscard]] bool knows_programme(FirmId firm, ProgrammeId programme) const {
    return (firms.programmes_known[firm] >> programme.row & 1U) != 0;
  }
  //! Notes that a programme met the firm in person, by an act of the policy.
  void reach(FirmId firm, ProgrammeId programme, PolicyId policy);
  //! Notes an award for the KET: whether it is the first, of whom, and its money.
  void note_award(FirmId firm, KetId ket, PolicyId policy, Money amount);

  //! All that changes, and what founding made of the setup; geography and draws are those of the setup.
  template <class Stream>
  friend void stream(Stream& bytes, World& w) {
    bytes(w.month, w.firms, w.research, w.intermediaries, w.contacts, w.proposals, w.projects, w.ledger,
          w.loans, w.awaiting_start, w.private_investment, w.cost_factor, w.rivals, w.users, w.ecosystem,
          w.facilities, w.users_in_sector, w.living, w.living_in_sector, w.audience, w.passed_on, w.changes,
          w.awards, w.entries, w.exits, w.newly_reached, w.border_tally);
    stream_network(bytes, w);
  }

 private:
  template <class Stream>
  static void stream_network(Stream& bytes, World& w) {
    SoughtTies sought;
    TieEnds ends;
    if constexpr (Stream::is_reading) {
      bytes(sought, ends);
      w.sought = std::make_shared<const SoughtTies>(std::move(sought));
      w.peers = PeerTies(std::move(ends));
    } else {
      bytes(*w.sought, w.peers.ends());
    }
  }

  void publish_from(std::size_t first);

  ExposureSpread exposures_;
};

}  // namespace ketsim
