// The engine: policy, mail and facts in; a question or a decision out. Pure and synchronous; the
// same input gives the same output whatever the order of the facts.
#pragma once

#include <variant>

#include "rules/decision.hpp"
#include "rules/facts.hpp"
#include "rules/mail.hpp"
#include "rules/policy.hpp"

namespace rules {

/// Asks (Need) until the facts suffice, then decides. Every Need names only what `facts` does not
/// hold.
std::variant<Need, Decision> evaluate(const Policy& policy, const Mail& mail, const Facts& facts);

}  // namespace rules
