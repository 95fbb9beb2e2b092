// Event streams whose subscriptions stand in the journal while they may live at the server, so that
// the next start gives back what a crash has left. Apart from agent/ferry because what is noted is
// another thing than who is served.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "agent/clock.hpp"
#include "agent/journal_thread.hpp"
#include "ews/stream_groups.hpp"

namespace agent {

using Leftovers = std::map<std::string, std::vector<Subscription>>;  ///< by mailbox

/// What an earlier life has left of these mailboxes; that of others is forgotten.
Result<Leftovers> leftovers_of(Journal& journal, const std::vector<std::string>& mailboxes);

/// What is noted is on disk before anything else that is asked of the journal afterwards, so before
/// a folder is read. Journal and clock outlive the streams.
std::shared_ptr<ews::StreamGroups> noted_streams(
    JournalThread& journal, const Clock& clock, ews::StreamPaces paces = {}
);

/// To be called once, before the mailbox joins; does nothing where nothing is left.
void hand_in(ews::StreamGroups& streams, Leftovers& leftovers, const std::string& mailbox);

}  // namespace agent
