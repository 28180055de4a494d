// Audit: what must hold of a world whatever happens in it, checked against a recount. For `--audit` and for
// tests: it costs several times what it watches.
#pragma once

#include <stdexcept>
#include <vector>

#include "ketsim/engine/setup.hpp"

namespace ketsim {

//! Something that must hold does not: a mistake in ketsim. what() names the entity, what it holds and what it
//! should.
class AuditFailure : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

//! References, books to the cent, counts that are kept up against recounts, and ranges; throws AuditFailure
//! at the first violation.
void audit(const World& world, const std::vector<PolicyState>& policies);

}  // namespace ketsim
