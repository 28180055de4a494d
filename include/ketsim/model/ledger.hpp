// The books: double entry in whole cents. Money of programmes and projects moves through post() alone, so
// that it can neither appear nor vanish, and no programme can spend what it has not got.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <vector>

#include "ketsim/base/ids.hpp"
#include "ketsim/base/money.hpp"
#include "ketsim/model/organisations.hpp"

namespace ketsim {

enum class AccountKind : std::uint8_t {
  funder,        //!< where a programme's money comes from (counter-account, negative balance)
  unallocated,   //!< of a programme: not yet committed
  outstanding,   //!< of a programme: committed and not yet paid
  paid,          //!< of a programme: paid out
  partner,       //!< own money of a named actor put into projects (counter-account)
  project_cost,  //!< cost of a project, by who bore it in the end
  repayment,     //!< of a programme: loans and advances that came back (counter-account, negative balance)
};

struct Account {
  AccountKind kind = AccountKind::funder;
  std::uint64_t index = 0;  //!< programme, project, or code of the actor
  constexpr auto operator<=>(const Account&) const = default;
};
template <class Stream>
void stream(Stream& bytes, Account& account) {
  bytes(account.kind, account.index);
}

//! What a month moved, for outputs.
struct MonthlyMoney {
  Money committed;  //!< unallocated to outstanding
  Money released;   //!< outstanding back to unallocated
  Money paid;       //!< outstanding to paid
  Money repaid;     //!< loans and advances that came back, with interest
};

//! One entry of the journal.
struct Posting {
  Account from;
  Account to;
  Money amount;
};
template <class Stream>
void stream(Stream& bytes, Posting& posting) {
  bytes(posting.from, posting.to, posting.amount);
}

//! What a programme has lent so far: off the double entry, for what loans cost the public in the end.
struct Lending {
  Money lent;         //!< principal paid out
  Money returned;     //!< principal paid back
  Money written_off;  //!< principal lost
  Money equivalent;   //!< gross grant equivalent of the loans: interest saved by the borrowers
  [[nodiscard]] Money owed() const { return lent - returned - written_off; }
};

class Ledger {
 public:
  explicit Ledger(std::size_t programmes = 0) : monthly_(programmes), lending_(programmes) {}

  [[nodiscard]] std::size_t programmes() const { return monthly_.size(); }
  void appropriate(ProgrammeId programme, Money amount);  //!< funder -> unallocated
  void commit(ProgrammeId programme, Money amount);   //!< unallocated -> outstanding; contract: it is there
  void release(ProgrammeId programme, Money amount);  //!< outstanding -> unallocated
  void pay(ProgrammeId programme, Money amount);      //!< outstanding -> paid
  void bear(Actor partner, ProjectId project, Money amount);  //!< partner -> project cost
  void reimburse(Actor partner, ProjectId project,
                 Money amount);  //!< a grant takes over cost that the partner bore

  //! outstanding -> paid, as a loan of this grant equivalent.
  void lend(ProgrammeId programme, Money principal, Money equivalent);
  //! Principal and interest come back: repayments raise what is in the programme.
  void repay(ProgrammeId programme, Money principal, Money interest);
  void write_off(ProgrammeId programme, Money principal);  //!< a loan that will not come back

  [[nodiscard]] Money balance(Account account) const;
  [[nodiscard]] Money unallocated(ProgrammeId programme) const {
    return balance({AccountKind::unallocated, programme.row});
  }
  [[nodiscard]] Money outstanding(ProgrammeId programme) const {
    return balance({AccountKind::outstanding, programme.row});
  }
  [[nodiscard]] Money paid(ProgrammeId programme) const {
    return balance({AccountKind::paid, programme.row});
  }
  [[nodiscard]] Money in(ProgrammeId programme) const {
    return -balance({AccountKind::funder, programme.row}) - balance({AccountKind::repayment, programme.row});
  }
  [[nodiscard]] const Lending& lending(ProgrammeId programme) const { return lending_[programme.index()]; }
  //! What the programme costs the public: paid and outstanding, loans at their grant equivalent and their
  //! losses.
  [[nodiscard]] Money public_cost(ProgrammeId programme) const;
  [[nodiscard]] Money borne_by_partners() const;  //!< own money in projects so far, net of reimbursements
  [[nodiscard]] Money sum() const;                //!< over all accounts: zero, always

  //! Identities of the books; a violation is a ContractViolation that names programme and amounts.
  void check() const;

  void begin_month();
  [[nodiscard]] const MonthlyMoney& month(ProgrammeId programme) const { return monthly_[programme.index()]; }
  [[nodiscard]] Money private_contribution() const {
    return private_;
  }  //!< of this month, net of reimbursements

  void keep_journal() { keeps_journal_ = true; }  //!< from now on, every posting, for audits
  [[nodiscard]] const std::vector<Posting>& journal() const { return journal_; }

  template <class Stream>
  friend void stream(Stream& bytes, Ledger& ledger) {
    bytes(ledger.balances_, ledger.monthly_, ledger.lending_, ledger.private_, ledger.keeps_journal_,
          ledger.journal_);
    if constexpr (Stream::is_reading) {
      if (ledger.lending_.size() != ledger.monthly_.size())
        throw DamagedBytes("books of different programmes");
    }
  }

 private:
  void post(Account from, Account to, Money amount);

  std::map<Account, Money> balances_;
  std::vector<MonthlyMoney> monthly_;
  std::vector<Lending> lending_;
  Money private_;
  bool keeps_journal_ = false;
  std::vector<Posting> journal_;
};

}  // namespace ketsim
