#include "ews/folder_sync.hpp"

#include <iterator>
#include <utility>

#include "ews/limits.hpp"

namespace ews {

boost::asio::awaitable<Result<FolderChanges>> sync_folder(
    Client& client, FolderId folder, SyncState state, ItemShape shape
) {
    FolderChanges all;
    all.state = std::move(state);
    while (!all.is_complete && all.changes.size() < limits::sync_changes) {
        SyncFolderItems request{folder, all.state, shape};
        auto page = co_await client.call(std::move(request));
        if (!page) co_return page.error();
        // A page that brings neither changes nor a new state would come for ever.
        const bool stands_still = page->changes.empty() && page->state == all.state;
        all.is_complete = page->is_last || stands_still;
        all.state = std::move(page->state);
        std::move(page->changes.begin(), page->changes.end(), std::back_inserter(all.changes));
    }
    co_return all;
}

}  // namespace ews
