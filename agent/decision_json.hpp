// A Decision as JSON: what `explain --json` and `replay --json` print (a contract, man mailferry(1)) and what
// the journal keeps until the effects are done. Writing and reading are inverse.
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "rules/decision.hpp"

namespace agent {

boost::json::object to_json(const rules::Decision& decision);

/// Nothing if `text` is not what to_json wrote.
std::optional<rules::Decision> decision_from_json(std::string_view text);

/// The same with what fills fields and body cut to limits::kept_text: once the CRM has confirmed, the mail itself is
/// there, and the journal only has to tell why.
rules::Decision abridged(rules::Decision decision);

}  // namespace agent
