// What a world names is there. Private to engine.
#pragma once

#include "ketsim/engine/audit.hpp"

namespace ketsim {

//! Tables have their rows, lists their length, references lead somewhere; throws AuditFailure. Bytes of a
//! stranger that pass make a world that can be gone through.
void audit_references(const World& world, std::size_t programmes, std::size_t policies);

}  // namespace ketsim
