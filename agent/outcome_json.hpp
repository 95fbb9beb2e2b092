// What the CRM has confirmed, as JSON: kept in the journal, shown by `queue show --json`.
#pragma once

#include <boost/json/object.hpp>

#include "agent/archive_mail.hpp"

namespace agent {

boost::json::object to_json(const Archived& archived);

}  // namespace agent
