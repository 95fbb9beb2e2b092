#include "agent/ews_mailbox.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "agent/ews_watch.hpp"
#include "agent/find_original.hpp"
#include "agent/limits.hpp"
#include "ews/folder_sync.hpp"
#include "ews/only.hpp"
#include "ews/operations/delete_item.hpp"
#include "ews/operations/find_item.hpp"
#include "ews/operations/get_item.hpp"
#include "ews/operations/move_item.hpp"
#include "ews/operations/update_item.hpp"

namespace agent {

namespace {

ews::FolderRef folder_of(Mailbox::Place place) {
    return place == Mailbox::Place::sent_items ? ews::DistinguishedFolder::sentitems
                                               : ews::DistinguishedFolder::inbox;
}

}  // namespace

EwsMailbox::EwsMailbox(
    http::Transport& transport, ews::ClientOptions options, std::shared_ptr<ews::StreamGroups> streams
)
    : client_(transport, std::move(options)), folders_(client_), streams_(std::move(streams)) {
    if (!streams_) streams_ = std::make_shared<ews::StreamGroups>();
}

awaitable<Result<Folders>> EwsMailbox::ensure_folders(rules::Policy policy) {
    Result<Folders> folders = co_await folders_.ensure(std::move(policy));
    co_return folders;
}

awaitable<Result<void>> EwsMailbox::rename_folder(std::string from, std::string to) {
    Result<void> renamed = co_await folders_.rename(std::move(from), std::move(to));
    co_return renamed;
}

awaitable<Result<Folders>> EwsMailbox::find_folders(rules::Policy policy) {
    Result<Folders> folders = co_await folders_.find(std::move(policy));
    co_return folders;
}

awaitable<Result<Changes>> EwsMailbox::changes(WatchedFolder folder, std::string sync_state) {
    ews::FolderId id{std::move(folder.id), ""};
    ews::SyncState state{std::move(sync_state)};
    ews::ItemShape shape;
    if (is_automatic(folder.role)) shape = ews::change_shape();
    auto found =
        co_await ews::sync_folder(client_, std::move(id), std::move(state), std::move(shape));
    if (!found && found.error().code == ews::errc::folder_not_found) {
        co_return Error{errc::subscription_lost, "a watched folder was deleted; it is looked for again", {}};
    }
    if (!found) co_return from(found.error());
    Changes changes;
    changes.sync_state = found->state.state;
    changes.complete = found->is_complete;
    for (ews::ItemChange& change : found->changes) {
        const bool created = change.kind == ews::ItemChange::Kind::created;
        if (!created && change.kind != ews::ItemChange::Kind::updated) continue;
        changes.items.push_back(
            {std::move(change.item.id),
             created,
             std::move(change.categories),
             change.received.value_or(Time{}),
             change.modified.value_or(Time{})}
        );
    }
    std::reverse(changes.items.begin(), changes.items.end());  // oldest first
    co_return changes;
}

awaitable<Result<std::unique_ptr<Watch>>> EwsMailbox::watch(std::vector<WatchedFolder> folders) {
    Result<std::unique_ptr<Watch>> watch = co_await watch_folders(*streams_, client_, std::move(folders));
    co_return watch;
}

awaitable<Result<ews::Item>> EwsMailbox::get(std::string item, bool with_mime) {
    ews::GetItem get;
    get.items.push_back({std::move(item), ""});
    get.shape.mime = with_mime;
    auto reply = co_await client_.call(std::move(get));
    ews::Result<ews::Item> found = ews::only(std::move(reply));
    if (!found) co_return from(found.error());
    co_return std::move(*found);
}

awaitable<Result<MailItem>> EwsMailbox::fetch(std::string item) {
    Result<ews::Item> found = co_await get(std::move(item), true);
    if (!found) co_return found.error();
    if (!found->mime) {
        co_return Error{
            errc::permanent,
            "Exchange cannot give this item (" + found->kind +
                ") as a mail; move it out of the folder, or forward it and drop that",
            {}
        };
    }
    MailItem mail;
    mail.mime = std::move(*found->mime);
    mail.categories = std::move(found->categories);
    co_return mail;
}

awaitable<Result<std::optional<std::string>>> EwsMailbox::original_of(std::string item, Place place) {
    Result<ews::Item> copy = co_await get(std::move(item), false);
    if (!copy) co_return copy.error();
    Result<std::optional<std::string>> original =
        co_await find_original(client_, *copy, folder_of(place));
    co_return original;
}

namespace {

/// What has to be written so that the item is marked; nothing where it is already.
std::optional<ews::ItemUpdate> update_of(const ews::Item& found, const Marking& marking) {
    ews::ItemUpdate update;
    update.item = found.id;
    update.kind = found.kind;
    const std::vector<std::string> categories = merge(found.categories, marking);
    if (categories != found.categories) update.categories = categories;
    const std::string* state = ews::state_of(found);
    if (!marking.mark.empty() && (state == nullptr || *state != marking.mark)) {
        update.state = marking.mark;
    }
    if (!update.categories && !update.state) return std::nullopt;
    return update;
}

}  // namespace

awaitable<Result<void>> EwsMailbox::mark_all(std::vector<MarkedItem> items) {
    ews::GetItem get;
    for (const MarkedItem& one : items) get.items.push_back({one.item, ""});
    auto found = co_await client_.call(std::move(get));
    if (!found) co_return from(found.error());
    ews::UpdateItem request;
    for (std::size_t i = 0; i < std::min(found->size(), items.size()); ++i) {
        const ews::Result<ews::Item>& item = (*found)[i];
        if (!item) continue;
        if (auto update = update_of(*item, items[i].marking)) request.updates.push_back(std::move(*update));
    }
    if (request.updates.empty()) co_return Result<void>{};
    auto updated = co_await client_.call(std::move(request));
    if (!updated) co_return from(updated.error());
    co_return Result<void>{};
}

awaitable<Result<void>> EwsMailbox::mark(std::string item, Marking marking) {
    Error last;
    for (int i = 0; i < limits::conflict_tries; ++i) {
        Result<ews::Item> found = co_await get(item, false);
        if (!found) co_return found.error();
        std::optional<ews::ItemUpdate> update = update_of(*found, marking);
        if (!update) co_return Result<void>{};
        ews::UpdateItem request;
        request.updates.push_back(std::move(*update));
        auto reply = co_await client_.call(std::move(request));
        ews::Result<ews::ItemId> updated = ews::only(std::move(reply));
        if (updated) co_return Result<void>{};
        last = from(updated.error());
        const ews::errc code = updated.error().code;
        if (code != ews::errc::conflict && code != ews::errc::stale_change_key) break;
    }
    co_return last;
}

awaitable<Result<void>> EwsMailbox::move(std::string item, Place to) {
    ews::MoveItem request{folder_of(to), {{std::move(item), ""}}};
    auto reply = co_await client_.call(std::move(request));
    ews::Result<std::optional<ews::ItemId>> moved = ews::only(std::move(reply));
    if (!moved) co_return from(moved.error());
    co_return Result<void>{};
}

awaitable<Result<void>> EwsMailbox::purge(std::string item) {
    Result<void> deleted = co_await remove(std::move(item), ews::DeleteType::hard_delete);
    co_return deleted;
}

awaitable<Result<void>> EwsMailbox::discard(std::string item) {
    Result<void> deleted = co_await remove(std::move(item), ews::DeleteType::move_to_deleted_items);
    co_return deleted;
}

awaitable<Result<void>> EwsMailbox::remove(std::string item, ews::DeleteType how) {
    ews::DeleteItem request{{{std::move(item), ""}}, how};
    auto reply = co_await client_.call(std::move(request));
    ews::Result<void> deleted = ews::only(std::move(reply));
    if (!deleted) co_return from(deleted.error());
    co_return Result<void>{};
}

awaitable<Result<std::optional<std::string>>> EwsMailbox::find_marked(
    std::optional<Place> place, std::string mark
) {
    std::vector<ews::FolderRef> folders;
    if (place) {
        folders.push_back(folder_of(*place));
    } else {
        auto all = co_await folders_.all();
        if (!all) co_return all.error();
        for (ews::Folder& folder : *all) folders.emplace_back(std::move(folder.id));
    }
    std::optional<std::string> item;
    while (!folders.empty() && !item) {
        const std::size_t many = std::min(folders.size(), limits::folders_at_once);
        ews::FindItem request;
        const auto rest = folders.end() - static_cast<std::ptrdiff_t>(many);
        request.folders.assign(rest, folders.end());
        folders.erase(rest, folders.end());
        request.restriction = ews::is_equal_to(ews::state_property(), mark);
        request.page = 1;
        auto reply = co_await client_.call(std::move(request));
        if (!reply) co_return from(reply.error());
        for (ews::Result<ews::FoundItems>& found : *reply) {
            // A folder that cannot be searched, or is gone by now, hides nothing in the others.
            if (!found && place) co_return from(found.error());
            if (found && !found->items.empty()) item = std::move(found->items.front().id.id);
        }
    }
    co_return item;
}

}  // namespace agent
