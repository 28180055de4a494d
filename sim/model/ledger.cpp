#include "ketsim/model/ledger.hpp"

#include <string>

#include <fmt/format.h>

#include "ketsim/base/contracts.hpp"
#include "ketsim/model/projects.hpp"

namespace ketsim {

Money Proposal::cost() const {
  Money sum;
  for (const Member& member : members) sum += member.cost;
  return sum;
}

Money Proposal::request() const {
  Money sum;
  for (const Member& member : members) sum += member.grant;
  return sum;
}

void Ledger::post(Account from, Account to, Money amount) {
  expect(amount >= Money{}, "amounts posted are not negative");
  balances_[from] -= amount;
  balances_[to] += amount;
  if (keeps_journal_) journal_.push_back({from, to, amount});
}

void Ledger::appropriate(ProgrammeId programme, Money amount) {
  post({AccountKind::funder, programme.row}, {AccountKind::unallocated, programme.row}, amount);
}

void Ledger::commit(ProgrammeId programme, Money amount) {
  expect(amount <= unallocated(programme), "a programme commits no more than it has unallocated");
  post({AccountKind::unallocated, programme.row}, {AccountKind::outstanding, programme.row}, amount);
  monthly_[programme.index()].committed += amount;
}

void Ledger::release(ProgrammeId programme, Money amount) {
  expect(amount <= outstanding(programme), "a programme releases no more than is outstanding");
  post({AccountKind::outstanding, programme.row}, {AccountKind::unallocated, programme.row}, amount);
  monthly_[programme.index()].released += amount;
}

void Ledger::pay(ProgrammeId programme, Money amount) {
  expect(amount <= outstanding(programme), "a programme pays no more than is outstanding");
  post({AccountKind::outstanding, programme.row}, {AccountKind::paid, programme.row}, amount);
  monthly_[programme.index()].paid += amount;
}

void Ledger::bear(Actor partner, ProjectId project, Money amount) {
  post({AccountKind::partner, partner.code()}, {AccountKind::project_cost, project.row}, amount);
  private_ += amount;
}

void Ledger::reimburse(Actor partner, ProjectId project, Money amount) {
  post({AccountKind::project_cost, project.row}, {AccountKind::partner, partner.code()}, amount);
  private_ -= amount;
}

void Ledger::lend(ProgrammeId programme, Money principal, Money equivalent) {
  pay(programme, principal);
  lending_[programme.index()].lent += principal;
  lending_[programme.index()].equivalent += equivalent;
}

void Ledger::repay(ProgrammeId programme, Money principal, Money interest) {
  Lending& lending = lending_[programme.index()];
  expect(principal <= lending.owed(), "no more is paid back than is owed");
  post({AccountKind::repayment, programme.row}, {AccountKind::unallocated, programme.row},
       principal + interest);
  lending.returned += principal;
  monthly_[programme.index()].repaid += principal + interest;
}

void Ledger::write_off(ProgrammeId programme, Money principal) {
  Lending& lending = lending_[programme.index()];
  expect(Money{} <= principal && principal <= lending.owed(), "no more is written off than is owed");
  lending.written_off += principal;
}

Money Ledger::public_cost(ProgrammeId programme) const {
  const Lending& loans = lending(programme);
  return paid(programme) + outstanding(programme) - loans.lent + loans.equivalent + loans.written_off;
}

Money Ledger::balance(Account account) const {
  const auto found = balances_.find(account);
  return found == balances_.end() ? Money{} : found->second;
}

Money Ledger::borne_by_partners() const {
  Money total;
  for (const auto& [account, amount] : balances_) {
    if (account.kind == AccountKind::partner) total -= amount;
  }
  return total;
}

Money Ledger::sum() const {
  Money total;
  for (const auto& [account, amount] : balances_) total += amount;
  return total;
}

void Ledger::check() const {
  if (sum() != Money{})
    throw ContractViolation(fmt::format("the books do not close: they sum to {} cents", sum().cents));
  for (std::size_t p = 0; p < monthly_.size(); ++p) {
    const ProgrammeId programme(p);
    const Money there = unallocated(programme) + outstanding(programme) + paid(programme);
    if (in(programme) != there || unallocated(programme) < Money{} || outstanding(programme) < Money{}) {
      throw ContractViolation(fmt::format(
          "programme {}: in {} cents, but unallocated {} + outstanding {} + paid {}", p, in(programme).cents,
          unallocated(programme).cents, outstanding(programme).cents, paid(programme).cents));
    }
  }
}

void Ledger::begin_month() {
  for (MonthlyMoney& month : monthly_) month = {};
  private_ = {};
}

}  // namespace ketsim
