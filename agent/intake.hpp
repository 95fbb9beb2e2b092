// Which changes in a watched folder ask for a mail to be taken. In a drop folder every mail does; in Inbox and Sent
// Items what is new there, or what its user gives the category of the policy. Pure; used by the listener. The rules
// look at the categories once more when the mail is read: they may have changed by then.
#pragma once

#include <vector>

#include "agent/journal.hpp"
#include "agent/mailbox.hpp"
#include "rules/policy.hpp"

namespace agent {

/// `progress` is that before the changes: what a reading from the beginning shows is new only if it came, or was
/// changed, after FolderProgress::since (full seconds, as Exchange tells them).
std::vector<NewItem> asked_for(
    const rules::Policy& policy,
    const WatchedFolder& folder,
    const std::vector<ChangedItem>& items,
    const FolderProgress& progress
);

}  // namespace agent
