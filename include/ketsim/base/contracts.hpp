// Contracts for programmers: what a function expects of its caller and ensures to it.
// Users' mistakes are not contract violations: those go to Diagnostics, all at once (see diagnostics.hpp).
#pragma once

#include <stdexcept>
#include <string>

namespace ketsim {

//! A broken contract: a mistake in ketsim itself, never in its input. The run stops with exit code 1.
class ContractViolation : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

//! Precondition: throws ContractViolation when the caller broke it.
inline void expect(bool condition, const char* what) {
  if (!condition) [[unlikely]]
    throw ContractViolation(std::string("expected: ") + what);
}

//! Postcondition or invariant: throws ContractViolation when ketsim broke it.
inline void ensure(bool condition, const char* what) {
  if (!condition) [[unlikely]]
    throw ContractViolation(std::string("not ensured: ") + what);
}

}  // namespace ketsim
