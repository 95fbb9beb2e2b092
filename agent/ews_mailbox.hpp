// A mailbox on an Exchange server, as the agent wants it (agent/mailbox.hpp): translates into EWS operations
// and EWS errors into what the agent does about them.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "agent/big_mails.hpp"
#include "agent/ews_folders.hpp"
#include "agent/fetch_ahead.hpp"
#include "agent/known_items.hpp"
#include "agent/mailbox.hpp"
#include "agent/resolve_senders.hpp"
#include "ews/client.hpp"
#include "ews/item.hpp"
#include "ews/operations/delete_item.hpp"
#include "ews/operations/sync_folder_items.hpp"
#include "ews/operations/update_item.hpp"
#include "ews/stream_groups.hpp"

namespace agent {

class EwsMailbox final : public Mailbox {
public:
    /// All calls come from the one thread of the io_context; the transport outlives the mailbox. `streams` are shared by
    /// the mailboxes of one server and login; without them the mailbox has a stream of its own. `big_mails`, by which all
    /// mailboxes fetch large mails one after the other, outlives the mailbox too; without it each does as it likes.
    EwsMailbox(
        http::Transport& transport,
        ews::ClientOptions options,
        std::shared_ptr<ews::StreamGroups> streams = nullptr,
        BigMails* big_mails = nullptr
    );

    awaitable<Result<Folders>> ensure_folders(rules::Policy policy) override;
    awaitable<Result<void>> rename_folder(std::string from, std::string to) override;
    awaitable<Result<Folders>> find_folders(rules::Policy policy) override;
    awaitable<Result<Changes>> changes(WatchedFolder folder, std::string sync_state) override;
    awaitable<Result<std::unique_ptr<Watch>>> watch(std::vector<WatchedFolder> folders) override;
    void expect(std::vector<std::string> items) override { ahead_.expect(std::move(items)); }
    awaitable<Result<MailItem>> fetch(std::string item) override;
    awaitable<MailName> name_of(std::string item) override;
    awaitable<Result<std::optional<std::string>>> original_of(std::string item, Place place) override;
    awaitable<Result<void>> mark(std::string item, Marking marking) override;
    awaitable<Result<Results>> mark_each(std::vector<MarkedItem> items) override;
    awaitable<Result<Results>> move_each(std::vector<std::string> items, Place to) override;
    awaitable<Result<void>> move(std::string item, Place to) override;
    awaitable<Result<void>> purge(std::string item) override;
    awaitable<Result<void>> discard(std::string item) override;
    awaitable<Result<std::optional<std::string>>> find_marked(
        std::optional<Place> place, std::string mark
    ) override;

private:
    awaitable<Result<ews::Item>> get(std::string item);
    awaitable<ews::Result<ews::ItemId>> write(ews::ItemUpdate update, ews::ConflictResolution resolution);
    awaitable<Result<std::vector<Result<ItemState>>>> states_of(const std::vector<MarkedItem>& items);
    /// `mime` is none where the server gives none; then item.mime is none as well.
    struct Fetched {
        ews::Item item;
        std::optional<MailBytes> mime;
        FetchAhead::Moment since;  ///< the item was so then
    };
    awaitable<Result<Fetched>> get_with_mime(std::string item, bool has_turn);
    awaitable<Result<Fetched>> get_somehow(std::string item, bool has_turn);
    awaitable<Result<BigMails::Turn>> take_turn();
    awaitable<Result<MailBytes>> within_turn(MailBytes mime, BigMails::Turn turn);
    void note_sizes(const std::vector<ews::ItemChange>& changes, bool all_wanted);
    awaitable<Result<void>> remove(std::string item, ews::DeleteType how);
    ews::Client client_;
    EwsFolders folders_;
    ResolveSenders senders_;
    std::shared_ptr<ews::StreamGroups> streams_;
    BigMails* big_mails_;
    FetchAhead ahead_;
    KnownItems known_;
    std::map<std::string, std::uint64_t> sizes_;  ///< of large mails, by item, as far as a folder has told
};

}  // namespace agent
