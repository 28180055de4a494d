// What a world names is there: tables have their rows, lists their length, references lead somewhere. The
// other checks of the audit, and every process, rely on it.
#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <string>
#include <type_traits>
#include <utility>

#include <fmt/format.h>

#include "audit_references.hpp"

namespace ketsim {
namespace {

template <class T>
constexpr int values_of = std::numeric_limits<int>::max();  // of a number: as many as it has
template <>
constexpr int values_of<Stage> = stage_count;
template <>
constexpr int values_of<Trigger> = static_cast<int>(Trigger::exit) + 1;
template <>
constexpr int values_of<Origin> = static_cast<int>(Origin::spin_off) + 1;
template <>
constexpr int values_of<SizeClass> = size_class_count;
template <>
constexpr int values_of<LineStage> = static_cast<int>(LineStage::running) + 1;
template <>
constexpr int values_of<AdviceStage> = static_cast<int>(AdviceStage::advising) + 1;
template <>
constexpr int values_of<OrganisationTrigger> = static_cast<int>(OrganisationTrigger::lack_of_demand) + 1;
template <>
constexpr int values_of<ProjectKind> = static_cast<int>(ProjectKind::advance) + 1;
template <>
constexpr int values_of<ProposalStatus> = static_cast<int>(ProposalStatus::unused) + 1;
template <>
constexpr int values_of<ProjectStatus> = static_cast<int>(ProjectStatus::failed) + 1;
template <>
constexpr int values_of<ContactKind> = static_cast<int>(ContactKind::collaboration) + 1;

[[noreturn]] void fail(const std::string& entity, const char* what) {
  throw AuditFailure(fmt::format("{}: {}", entity, what));
}

class References {
 public:
  References(const World& world, std::size_t policies) : world_(world), policies_(policies) {}

  // References that must lead somewhere, and those that may be none.
  [[nodiscard]] bool is_there(FirmId id) const { return id.index() < world_.firms.count(); }
  [[nodiscard]] bool is_there(KetId id) const { return id.index() < world_.ket_count(); }
  [[nodiscard]] bool is_there(ResearchId id) const { return id.index() < world_.research.count(); }
  [[nodiscard]] bool is_there(PolicyId id) const { return id.index() < policies_; }
  [[nodiscard]] bool is_there(ProposalId id) const { return id.index() < world_.proposals.size(); }
  [[nodiscard]] bool is_there(CountryId id) const { return id.index() < world_.geography->countries.size(); }
  [[nodiscard]] bool is_there(Actor actor) const {
    switch (actor.kind) {
      case ActorKind::firm:
        return is_there(actor.firm());
      case ActorKind::research:
        return is_there(actor.research());
      case ActorKind::intermediary:
        return actor.row < world_.intermediaries.count();
    }
    return false;
  }
  template <class T>
  requires std::is_enum_v<T>
  [[nodiscard]] bool is_there(T value) const { return static_cast<int>(value) < values_of<T>; }
  [[nodiscard]] bool is_there(const Member& member) const {
    return is_there(member.actor) && is_none_or_there(member.advanced_by);
  }
  template <class T>
  [[nodiscard]] bool is_none_or_there(T id) const {
    return !id.is_valid() || is_there(id);
  }
  template <class... T>
  [[nodiscard]] bool are_there(const T&... references) const {
    return (is_there(references) && ...);
  }
  template <class T>
  [[nodiscard]] bool all_there(const std::vector<T>& references) const {
    return std::ranges::all_of(references, [this](const T& reference) { return is_there(reference); });
  }

 private:
  const World& world_;
  std::size_t policies_;
};

//! Streams a table: each column has a value for every row, and each value is one of those of its kind.
class Columns {
 public:
  Columns(const References& references, std::string table, std::size_t rows, std::size_t kets)
      : references_(references), table_(std::move(table)), rows_(rows), kets_(kets) {}

  template <class... T>
  void operator()(T&... parts) {
    (look(parts), ...);
  }

 private:
  template <class Id, class T>
  void look(Column<Id, T>& column) {
    look_at(std::span<const T>(column.data(), column.size()), column.meaning());
  }
  template <class Id, class T>
  void look(KetColumn<Id, T>& column) {
    if (column.kets() != kets_) fail(column.meaning());
    for (std::size_t k = 0; k < kets_; ++k) look_at(column.of(KetId(k)), column.meaning());
  }
  template <class Id, class T>
  void look(SparseColumn<Id, T>& column) {
    if (!column.is_sound(rows_, [this](const T& value) { return is_value(value); })) fail(column.meaning());
  }
  template <class Id, class T>
  void look(SparseKetColumn<Id, T>& column) {
    if (column.kets() != kets_) fail(column.meaning());
    for (std::size_t k = 0; k < kets_; ++k) look(column.of(KetId(k)));
  }
  void look(FirmKeys& keys) {
    if (keys.size() != rows_) fail("identity");
  }
  template <class T>
  void look(std::vector<T>& list) {
    if (list.size() != rows_) fail("a list");
  }

  template <class T>
  void look_at(std::span<const T> values, std::string_view meaning) {
    if (values.size() != rows_ || !std::ranges::all_of(values, [this](const T& v) { return is_value(v); }))
      fail(meaning);
  }
  template <class T>
  [[nodiscard]] bool is_value(const T& value) const {
    if constexpr (std::is_enum_v<T>)
      return references_.is_there(value);
    else if constexpr (requires { value.is_valid(); })
      return references_.is_none_or_there(value);
    else if constexpr (std::is_floating_point_v<T>)
      return !std::isnan(value);
    else
      return true;
  }
  [[noreturn]] void fail(std::string_view meaning) const {
    throw AuditFailure(
        fmt::format("{}: what is held as \"{}\" fits neither rows nor technologies", table_, meaning));
  }

  const References& references_;
  std::string table_;
  std::size_t rows_;
  std::size_t kets_;
};

template <class Table>
void check_table(const References& references, const std::string& name, const Table& table, std::size_t rows,
                 std::size_t kets) {
  Columns columns(references, name, rows, kets);
  stream(columns, const_cast<Table&>(table));  // it reads only
}

void check_firms(const World& world) {
  const Firms& firms = world.firms;
  for (std::size_t i = 0; i < firms.count(); ++i) {
    const FirmId firm(i);
    if (firms.region[firm] >= world.geography->regions.size() ||
        firms.sector[firm] >= world.geography->sectors.size() ||
        (firms.client_of[firm] != 255 && firms.client_of[firm] >= world.intermediaries.count()))
      fail(fmt::format("firm of row {}", i), "its region, sector or adviser is not there");
  }
}

template <class Ends>
void check_offsets(const Ends& ends, std::size_t ties, std::size_t firms, const char* what) {
  if (ends.offset.empty() || ends.offset.front() != 0 || ends.offset.back() != ties ||
      ends.offset.size() > firms + 1 || ends.strength.size() != ties || !std::ranges::is_sorted(ends.offset))
    fail(what, "the rows of the network do not fit its ties");
}

void check_network(const World& world) {
  const std::size_t firms = world.firms.count();
  const TieEnds& ends = world.peers.ends();
  check_offsets(ends, ends.neighbour.size(), firms, "ties of peers");
  if (ends.inverse_strength.size() + 1 != ends.offset.size())
    fail("ties of peers", "the rows of the network do not fit its ties");
  if (std::ranges::any_of(ends.neighbour, [&](std::uint32_t row) { return row >= firms; }))
    fail("ties of peers", "one leads to no firm");
  const SoughtTies& sought = *world.sought;
  check_offsets(sought, sought.partner.size(), firms, "sought ties");
  if (sought.given > sought.partner.size()) fail("sought ties", "more are given than there are");
  if (std::ranges::any_of(sought.partner,
                          [&](std::uint32_t row) { return row != SoughtTies::nobody && row >= firms; }))
    fail("sought ties", "one leads to no firm");
}

void check_lists(const World& world, const References& references) {
  for (std::size_t p = 0; p < world.proposals.size(); ++p) {
    const Proposal& proposal = world.proposals[p];
    const bool advances = !proposal.advances.is_valid() || proposal.advances.index() < world.projects.size();
    if (!references.are_there(proposal.policy, proposal.kind, proposal.ket, proposal.lead, proposal.status) ||
        !advances || !references.all_there(proposal.members))
      fail(fmt::format("proposal {}", p), "it names what is not there");
  }
  for (std::size_t p = 0; p < world.projects.size(); ++p) {
    const Project& project = world.projects[p];
    const auto is_member = [&](std::uint32_t member) { return member < project.members.size(); };
    const bool tasks = std::ranges::all_of(
        project.tasks, [&](const Task& task) { return is_member(task.client) && is_member(task.supplier); });
    if (!references.are_there(project.proposal, project.policy, project.kind, project.ket, project.lead,
                              project.status) ||
        !tasks || !references.all_there(project.members))
      fail(fmt::format("project {}", p), "it names what is not there");
  }
  for (const Loan& loan : world.loans) {
    if (!references.is_there(loan.firm) || !references.is_none_or_there(loan.lender) ||
        !references.is_none_or_there(loan.guarantor))
      fail("a loan", "it names what is not there");
  }
  for (const Contact& contact : world.contacts.all()) {
    if (!references.are_there(contact.a, contact.b, contact.kind) || contact.a == contact.b)
      fail("a contact", "it names what is not there");
  }
}

void check_lists_of_month(const World& world, const References& references) {
  const auto change = [&](const StageChange& c) {
    return references.are_there(c.firm, c.ket, c.from, c.to, c.trigger);
  };
  const auto award = [&](const Award& a) { return references.are_there(a.policy, a.kind, a.ket, a.actor); };
  const auto entry = [&](const Entry& e) {
    return references.is_there(e.firm) && references.is_none_or_there(e.ket);
  };
  if (!std::ranges::all_of(world.changes, change) || !std::ranges::all_of(world.awards, award) ||
      !std::ranges::all_of(world.entries, entry) || !references.all_there(world.exits) ||
      !references.all_there(world.newly_reached) || !references.all_there(world.awaiting_start))
    fail("what happened in the month", "it names what is not there");
}

template <class T>
void check_size(const std::vector<std::vector<T>>& table, std::size_t rows, std::size_t columns,
                const char* what) {
  const bool fits = table.size() == rows &&
                    std::ranges::all_of(table, [&](const auto& row) { return row.size() == columns; });
  if (!fits) fail(what, "it has not one value for each");
}

void check_aggregates(const World& world, const References& references, std::size_t programmes) {
  const std::size_t kets = world.ket_count();
  const std::size_t sectors = world.geography->sectors.size();
  const std::size_t regions = world.geography->regions.size();
  check_size(world.users_in_sector, kets, sectors, "users by KET and sector");
  check_size(world.ecosystem, kets, regions, "shares of users by KET and region");
  check_size(world.facilities.evidence, kets, regions, "evidence by KET and region");
  check_size(world.rivals, kets, sectors, "shares of users by KET and sector");
  check_size(world.research.sector_relevance, world.research.count(), sectors, "relevance of institutes");
  if (world.users.size() != kets || world.cost_factor.size() != kets ||
      world.living_in_sector.size() != sectors)
    fail("counts of firms", "they are not of these technologies and sectors");
  if (world.audience.size() != programmes || world.passed_on.size() != programmes ||
      world.ledger.programmes() != programmes)
    fail("programmes", "they are not those of the scenario");
  for (std::size_t p = 0; p < programmes; ++p) {
    if (!references.all_there(world.audience[p]) || world.passed_on[p] > world.audience[p].size())
      fail("those who know a programme", "one of them is not there");
  }
  for (const Demonstrator& demonstrator : world.facilities.demonstrators) {
    if (!references.is_there(demonstrator.ket)) fail("a demonstrator", "its KET is not there");
  }
  for (const SharedLab& lab : world.facilities.labs) {
    if (!references.are_there(lab.policy, lab.host, lab.ket))
      fail("a laboratory", "it names what is not there");
  }
}

}  // namespace

void audit_references(const World& world, std::size_t programmes, std::size_t policies) {
  const References references(world, policies);
  const std::size_t kets = world.ket_count();
  check_table(references, "firms", world.firms, world.firms.count(), kets);
  check_table(references, "institutes", world.research, world.research.count(), kets);
  check_table(references, "intermediaries", world.intermediaries, world.intermediaries.count(), kets);
  check_firms(world);
  check_network(world);
  check_lists(world, references);
  check_lists_of_month(world, references);
  check_aggregates(world, references, programmes);
}

}  // namespace ketsim
