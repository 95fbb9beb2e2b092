// Learns what changed in a folder since last time: the truth behind the events. Pages through
// SyncFolderItems. Used after every (re)connection, after every event, and now and then anyhow.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <vector>

#include "ews/client.hpp"
#include "ews/operations/sync_folder_items.hpp"

namespace ews {

struct FolderChanges {
    std::vector<ItemChange> changes;  ///< as the server sends them: new to old
    SyncState state;                  ///< store it together with what was made of the changes
    bool is_complete = false;         ///< no: call again with `state`
    bool operator==(const FolderChanges&) const = default;
};

/// errc::invalid_sync_state: call again with an empty state. An item reported here may be gone
/// already.
boost::asio::awaitable<Result<FolderChanges>> sync_folder(
    Client& client, FolderId folder, SyncState state, ItemShape shape = {}
);

}  // namespace ews
