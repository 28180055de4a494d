// Loans: what firms borrowed for an investment, from a bank or from a programme, and pay back month by month.
#pragma once

#include "ketsim/model/firms.hpp"

namespace ketsim {

//! An annuity: equal payments of interest and principal until nothing is owed.
struct Loan {
  FirmId firm;
  PolicyId lender;            //!< none: a bank
  PolicyId guarantor;         //!< policy that stands for a part of a bank's loan; none: nobody
  Money owed;                 //!< principal not yet paid back
  Money payment;              //!< each month, interest and principal
  int payments = 0;           //!< still to come; the last one settles what rounding has left [1]
  double monthly_rate = 0.0;  //!< interest [1/month]
  double guaranteed = 0.0;    //!< share of what is owed that the guarantor pays in a default [1]
  Money reserve;              //!< of the guarantor, for the expected loss: outstanding until the loan ends
};
template <class Stream>
void stream(Stream& bytes, Loan& l) {
  bytes(l.firm, l.lender, l.guarantor, l.owed, l.payment, l.payments, l.monthly_rate, l.guaranteed,
        l.reserve);
}

//! Monthly payment of an annuity [1 / month] per unit of principal, over `months` at `yearly_rate`.
[[nodiscard]] double annuity_payment(double yearly_rate, double months);

//! Present value at `market_rate` of what a borrower saves against a loan of the market [1] per unit of
//! principal: one less the payments' worth. Negative for a loan dearer than the market's.
[[nodiscard]] double interest_saved(double yearly_rate, double market_rate, double months);

}  // namespace ketsim
