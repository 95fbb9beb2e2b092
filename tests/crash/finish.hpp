// Lets the agent come to the end of its work without being killed, and looks at everything then.
#pragma once

#include <vector>

#include "tests/crash/expectation.hpp"
#include "tests/crash/mails.hpp"
#include "tests/crash/office.hpp"

namespace crash {

/// Starts the agent where it is not running, waits until the mails lie where they belong, stops it
/// in good order, and checks mailboxes, CRM and journal.
Findings finish(Office& office, const std::vector<Mail>& mails, const Life& life);

/// Until the mailboxes are as expected (true), or the agent has ended, or nothing happened for
/// `patience` (false).
bool await_mailboxes(Office& office, const std::vector<Mail>& mails);

/// Until every mailbox is listened to, or the agent has ended (false).
bool await_listening(Office& office);

/// The agent starts for the first time, makes its folders and stops.
Findings open_office(Office& office);

}  // namespace crash
