// In which time zone a user lives, as the CRM knows it: the schedule of a policy is that of each user's own day. Used by
// the agent and by `mailferry policy sync-now`, which has to know whether it is blackout there.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <string>

#include "agent/error.hpp"
#include "crm/directory.hpp"

namespace agent {

/// The IANA name that the user of that address has in the CRM, as it stands there; "" where there is none.
/// @param mailbox  comparable address
boost::asio::awaitable<Result<std::string>> user_time_zone(crm::Directory& directory, std::string mailbox);

}  // namespace agent
