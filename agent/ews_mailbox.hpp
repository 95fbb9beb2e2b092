// A mailbox on an Exchange server, as the agent wants it (agent/mailbox.hpp): translates into EWS operations
// and EWS errors into what the agent does about them.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "agent/ews_folders.hpp"
#include "agent/mailbox.hpp"
#include "ews/client.hpp"
#include "ews/item.hpp"
#include "ews/operations/delete_item.hpp"
#include "ews/stream_groups.hpp"

namespace agent {

class EwsMailbox final : public Mailbox {
public:
    /// All calls come from the one thread of the io_context; the transport outlives the mailbox. `streams` are shared by
    /// the mailboxes of one server and login; without them the mailbox has a stream of its own.
    EwsMailbox(
        http::Transport& transport,
        ews::ClientOptions options,
        std::shared_ptr<ews::StreamGroups> streams = nullptr
    );

    awaitable<Result<Folders>> ensure_folders(rules::Policy policy) override;
    awaitable<Result<void>> rename_folder(std::string from, std::string to) override;
    awaitable<Result<Folders>> find_folders(rules::Policy policy) override;
    awaitable<Result<Changes>> changes(WatchedFolder folder, std::string sync_state) override;
    awaitable<Result<std::unique_ptr<Watch>>> watch(std::vector<WatchedFolder> folders) override;
    awaitable<Result<MailItem>> fetch(std::string item) override;
    awaitable<Result<std::optional<std::string>>> original_of(std::string item, Place place) override;
    awaitable<Result<void>> mark(std::string item, Marking marking) override;
    awaitable<Result<void>> mark_all(std::vector<MarkedItem> items) override;
    awaitable<Result<void>> move(std::string item, Place to) override;
    awaitable<Result<void>> purge(std::string item) override;
    awaitable<Result<void>> discard(std::string item) override;
    awaitable<Result<std::optional<std::string>>> find_marked(
        std::optional<Place> place, std::string mark
    ) override;

private:
    awaitable<Result<ews::Item>> get(std::string item, bool with_mime);
    awaitable<Result<void>> remove(std::string item, ews::DeleteType how);
    ews::Client client_;
    EwsFolders folders_;
    std::shared_ptr<ews::StreamGroups> streams_;
};

}  // namespace agent
