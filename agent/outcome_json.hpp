// What the CRM has confirmed, as JSON: kept in the journal for the worker, shown by `queue show --json` and
// `replay --json`.
#pragma once

#include <boost/json/object.hpp>
#include <string_view>
#include <vector>

#include "agent/archive_mail.hpp"

namespace agent {

/// "left_out" is absent where nothing was.
boost::json::object to_json(const Archived& archived);

/// Of what to_json wrote: the CRM had the mail before (dropped twice, in two mailboxes, or the first answer was lost).
/// False for any other text.
bool mail_existed(std::string_view outcome);

/// Of what to_json wrote: records that were left out for want of a right. None for any other text; what an earlier version
/// wrote has none.
std::vector<LeftOut> left_out_of(std::string_view outcome);

}  // namespace agent
