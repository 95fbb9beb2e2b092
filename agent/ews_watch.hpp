// Streaming notifications of one mailbox as agent::Watch: subscribes, and says in which folders something
// happened. Apart from agent/ews_mailbox because it lives as long as a connection, not as a mailbox.
#pragma once

#include <memory>
#include <vector>

#include "agent/mailbox.hpp"
#include "ews/client.hpp"

namespace agent {

/// Subscribes to the folders. The client outlives the watch.
awaitable<Result<std::unique_ptr<Watch>>> watch_folders(
    ews::Client& client, std::vector<WatchedFolder> folders
);

}  // namespace agent
