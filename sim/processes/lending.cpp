// Lending: firms pay their loans back, month by month; a firm that closes leaves its lender with the loss.
//
//   interest = owed * rate / 12, the rest of the payment goes on the principal [EUR/month]
// Payments are part of the firm's outgoings (process finance). What a programme lent comes back to it, with
// the interest, and can be lent again while the policy is open. A guarantor pays its share of what is owed in
// a default, first from what it has reserved; what a guarantee costs beyond that is appropriated, since it
// must be honoured.
#include <algorithm>

#include "ketsim/engine/process.hpp"

namespace ketsim {
namespace {

class Lending final : public Process {
 public:
  using Parameters = ProcessParameters;
  Lending(const Setup&, const Parameters&) {}

  void step(Context& context) override {
    for (Loan& loan : context.world.loans) {
      if (context.world.firms.alive[loan.firm])
        pay(context, loan);
      else
        lose(context, loan);
    }
    std::erase_if(context.world.loans, [](const Loan& loan) { return loan.owed == Money{}; });
  }

 private:
  static void pay(Context& context, Loan& loan) {
    const Money interest = share_of(loan.owed, loan.monthly_rate);
    const bool is_last = --loan.payments <= 0;
    const Money principal = is_last ? loan.owed : min(max(loan.payment - interest, Money{}), loan.owed);
    loan.owed -= principal;
    if (loan.lender.is_valid()) {
      PolicyState& policy = context.policy(loan.lender);
      context.world.ledger.repay(policy.programme, principal, interest);
      policy.committed -= principal;
    }
    if (loan.owed == Money{}) {
      context.world.firms.instalments.edit(loan.firm) -= loan.payment;
      free_reserve(context, loan);
    }
  }

  static void lose(Context& context, Loan& loan) {
    Ledger& ledger = context.world.ledger;
    if (loan.lender.is_valid()) ledger.write_off(context.policy(loan.lender).programme, loan.owed);
    if (loan.guarantor.is_valid()) {
      const ProgrammeId programme = context.policy(loan.guarantor).programme;
      const Money due = share_of(loan.owed, loan.guaranteed);
      if (loan.reserve < due) {
        ledger.appropriate(programme, due - loan.reserve);
        ledger.commit(programme, due - loan.reserve);
      }
      ledger.pay(programme, due);
      loan.reserve -= min(loan.reserve, due);
    }
    free_reserve(context, loan);
    loan.owed = {};
  }

  static void free_reserve(Context& context, Loan& loan) {
    if (!loan.guarantor.is_valid()) return;
    PolicyState& policy = context.policy(loan.guarantor);
    context.world.ledger.release(policy.programme, loan.reserve);
    policy.committed -= loan.reserve;
    loan.reserve = {};
  }
};

const Schema<ProcessParameters>& lending_schema() {
  static const Schema<ProcessParameters> schema =
      Schema<ProcessParameters>("lending", "Firms pay their loans back; firms that close do not")
          .boolean(&ProcessParameters::enabled, enabled_declaration());
  return schema;
}

const RegisterProcess<Lending> registered{lending_schema(), Phase::account, 20, "loans, firms alive",
                                          "loans, instalments, ledger"};

}  // namespace
}  // namespace ketsim
