// The mail of a job, for an admin who wants to see it: from the mailbox where it still lies there, else as the CRM has
// archived it.
#pragma once

#include <string>

#include "agent/config.hpp"
#include "agent/error.hpp"
#include "agent/journal.hpp"

namespace agent {

/// Its bytes. errc::gone, with a word on what may have become of it, where it is neither here nor there.
Result<std::string> mail_of(const Config& config, const Job& job);

}  // namespace agent
