// One message and what was decided about it, as `explain --json`, `replay --json` and `compare --json` print it:
// a contract, keys are added but never renamed (man mailferry(1)).
#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "agent/read_mail.hpp"
#include "rules/decision.hpp"

namespace agent {

boost::json::object treated_json(
    const std::string& file, const ReadMail& read, const rules::Decision& decision, bool applied
);

}  // namespace agent
