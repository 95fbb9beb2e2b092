// A decision as text for an admin: what is done first, why afterwards. Used by `mailferry explain`
// and the tests; the JSON form is the agent's.
#pragma once

#include <string>

#include "rules/decision.hpp"

namespace rules {

/// Plain text, lines end in LF; values of the mail stand on one line each.
std::string explain(const Decision& decision);

}  // namespace rules
