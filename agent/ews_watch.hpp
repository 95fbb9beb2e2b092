// Streaming notifications of one mailbox as agent::Watch: takes part in the event stream of its affinity group, and says
// in which folders something happened. Apart from agent/ews_mailbox because it lives as long as a subscription.
#pragma once

#include <memory>
#include <vector>

#include "agent/mailbox.hpp"
#include "ews/client.hpp"
#include "ews/stream_groups.hpp"

namespace agent {

/// Subscribes to the folders; read them now. Streams are those of the client's server and login; the client outlives the
/// watch. Where there is no stream the folders are hinted at now and then, and the log says why.
awaitable<Result<std::unique_ptr<Watch>>> watch_folders(
    ews::StreamGroups& streams, ews::Client& client, std::vector<WatchedFolder> folders
);

}  // namespace agent
