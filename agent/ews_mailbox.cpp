#include "agent/ews_mailbox.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "agent/ews_watch.hpp"
#include "agent/limits.hpp"
#include "ews/category_list.hpp"
#include "ews/folder_sync.hpp"
#include "ews/operations/create_folder.hpp"
#include "ews/operations/delete_folder.hpp"
#include "ews/operations/delete_item.hpp"
#include "ews/operations/find_folder.hpp"
#include "ews/operations/find_item.hpp"
#include "ews/operations/get_item.hpp"
#include "ews/operations/move_item.hpp"
#include "ews/operations/update_item.hpp"
#include "mime/ascii.hpp"
#include "rules/categories.hpp"

namespace agent {

namespace {

/// The answer for the one thing that was asked about.
template <class T>
ews::Result<T> only(ews::Result<std::vector<ews::Result<T>>> reply) {
    if (!reply) return reply.error();
    if (reply->size() == 1) return std::move(reply->front());
    return ews::Error{
        ews::errc::protocol, "", "the server answered for another number of items than asked", {}
    };
}

ews::FolderRef folder_of(Mailbox::Place place) {
    return place == Mailbox::Place::sent_items ? ews::DistinguishedFolder::sentitems
                                               : ews::DistinguishedFolder::inbox;
}

/// Exchange takes "CRM" and "crm" for the same name.
const ews::Folder* named(const std::vector<ews::Folder>& folders, const std::string& name) {
    const auto found = std::find_if(folders.begin(), folders.end(), [&name](const ews::Folder& one) {
        return mime::equal(one.display_name, name);
    });
    return found == folders.end() ? nullptr : &*found;
}

/// What is there, less what shall go, plus what shall come; order kept, each once.
std::vector<std::string> merge(std::vector<std::string> categories, const Marking& marking) {
    const auto is_in = [](const std::vector<std::string>& list, const std::string& one) {
        return std::any_of(list.begin(), list.end(), [&one](const std::string& other) {
            return rules::same_category(one, other);
        });
    };
    std::erase_if(categories, [&](const std::string& one) {
        return is_in(marking.categories_remove, one) && !is_in(marking.categories_add, one);
    });
    for (const std::string& one : marking.categories_add) {
        if (!is_in(categories, one)) categories.push_back(one);
    }
    return categories;
}

std::vector<ews::Category> categories_of(const rules::Policy& policy) {
    return {
        {policy.category.name, policy.category.colour},
        {policy.categories.complete, 4},         // green
        {policy.categories.missing_matches, 1},  // orange
        {policy.categories.error, 0}             // red
    };
}

}  // namespace

EwsMailbox::EwsMailbox(http::Transport& transport, ews::ClientOptions options)
    : client_(transport, std::move(options)) {}

awaitable<Result<std::vector<ews::Folder>>> EwsMailbox::children(ews::FolderRef parent) {
    std::vector<ews::Folder> folders;
    ews::FindFolder find{parent};
    bool last = false;
    while (!last) {
        ews::FindFolder page = find;
        ews::Result<ews::FoundFolders> found = co_await client_.call(std::move(page));
        if (!found) co_return from(found.error());
        std::move(found->folders.begin(), found->folders.end(), std::back_inserter(folders));
        last = found->is_last || found->next_offset <= find.offset;
        find.offset = found->next_offset;
    }
    co_return folders;
}

awaitable<Result<ews::FolderId>> EwsMailbox::ensure_child(
    ews::FolderRef parent, const std::vector<ews::Folder>& present, std::string name
) {
    if (const ews::Folder* found = named(present, name)) co_return found->id;
    ews::CreateFolder create{parent, {{name}}};
    auto reply = co_await client_.call(std::move(create));
    ews::Result<ews::FolderId> made = only(std::move(reply));
    if (made) co_return *made;
    if (made.error().code != ews::errc::folder_exists) co_return from(made.error());
    auto again = co_await children(std::move(parent));  // somebody was quicker
    if (!again) co_return again.error();
    if (const ews::Folder* found = named(*again, name)) co_return found->id;
    co_return from(made.error());
}

awaitable<Result<void>> EwsMailbox::remove_unwanted(
    const std::vector<ews::Folder>& present, DropFolder folder, Folders& result
) {
    const ews::Folder* found = named(present, folder.name);
    if (found == nullptr) co_return Result<void>{};
    if (found->total + found->children > 0) {
        result.warnings.push_back(fmt::format(
            "'{}' is no longer wanted by the policy but holds {} mails or folders; move them away and it goes",
            folder.name,
            found->total + found->children
        ));
        co_return Result<void>{};
    }
    ews::DeleteFolder remove{{found->id}, ews::DeleteType::move_to_deleted_items};
    auto reply = co_await client_.call(std::move(remove));
    ews::Result<void> removed = only(std::move(reply));
    if (!removed && removed.error().code != ews::errc::folder_not_found) {
        co_return from(removed.error());
    }
    co_return Result<void>{};
}

awaitable<Result<Folders>> EwsMailbox::ensure_folders(rules::Policy policy) {
    Folders result;
    std::vector<ews::Category> categories = categories_of(policy);
    ews::Result<bool> known = co_await ews::ensure_categories(client_, std::move(categories));
    if (!known && from(known.error()).code == errc::denied) co_return from(known.error());
    if (!known) result.warnings.push_back("category list: " + known.error().text);

    const ews::FolderRef top(ews::DistinguishedFolder::msgfolderroot);
    auto at_top = co_await children(top);
    if (!at_top) co_return at_top.error();
    auto master = co_await ensure_child(top, *at_top, policy.category.name);
    if (!master) co_return master.error();
    const ews::FolderRef parent(*master);
    auto present = co_await children(parent);
    if (!present) co_return present.error();
    const std::vector<DropFolder> folders = drop_folders(policy);
    for (const DropFolder& folder : folders) {
        if (!folder.wanted) {
            Result<void> removed = co_await remove_unwanted(*present, folder, result);
            if (!removed) co_return removed.error();
            continue;
        }
        Result<ews::FolderId> id = co_await ensure_child(parent, *present, folder.name);
        if (!id) co_return id.error();
        result.watched.push_back({id->id, folder.name, folder.role});
    }
    co_return result;
}

awaitable<Result<Changes>> EwsMailbox::changes(std::string folder, std::string sync_state) {
    ews::FolderId id{std::move(folder), ""};
    ews::SyncState state{std::move(sync_state)};
    auto found = co_await ews::sync_folder(client_, std::move(id), std::move(state));
    if (!found && found.error().code == ews::errc::folder_not_found) {
        co_return Error{errc::subscription_lost, "a drop folder was deleted; it is made again", {}};
    }
    if (!found) co_return from(found.error());
    Changes changes;
    changes.sync_state = found->state.state;
    changes.complete = found->is_complete;
    for (const ews::ItemChange& change : found->changes) {
        if (change.kind == ews::ItemChange::Kind::created ||
            change.kind == ews::ItemChange::Kind::updated) {
            changes.items.push_back(change.item.id);
        }
    }
    std::reverse(changes.items.begin(), changes.items.end());  // oldest first
    co_return changes;
}

awaitable<Result<std::unique_ptr<Watch>>> EwsMailbox::watch(std::vector<WatchedFolder> folders) {
    Result<std::unique_ptr<Watch>> watch = co_await watch_folders(client_, std::move(folders));
    co_return watch;
}

awaitable<Result<ews::Item>> EwsMailbox::get(std::string item, bool with_mime) {
    ews::GetItem get;
    get.items.push_back({std::move(item), ""});
    get.shape.mime = with_mime;
    auto reply = co_await client_.call(std::move(get));
    ews::Result<ews::Item> found = only(std::move(reply));
    if (!found) co_return from(found.error());
    co_return std::move(*found);
}

awaitable<Result<MailItem>> EwsMailbox::fetch(std::string item) {
    Result<ews::Item> found = co_await get(std::move(item), true);
    if (!found) co_return found.error();
    if (!found->mime) {
        co_return Error{errc::permanent, "Exchange gives no MIME for this item (" + found->kind + ")", {}};
    }
    MailItem mail;
    mail.mime = std::move(*found->mime);
    mail.categories = std::move(found->categories);
    co_return mail;
}

awaitable<Result<void>> EwsMailbox::mark(std::string item, Marking marking) {
    Error last;
    for (int i = 0; i < limits::conflict_tries; ++i) {
        Result<ews::Item> found = co_await get(item, false);
        if (!found) co_return found.error();
        ews::ItemUpdate update;
        update.item = found->id;
        update.kind = found->kind;
        const std::vector<std::string> categories = merge(found->categories, marking);
        if (categories != found->categories) update.categories = categories;
        const std::string* state = ews::state_of(*found);
        if (!marking.mark.empty() && (state == nullptr || *state != marking.mark)) {
            update.state = marking.mark;
        }
        if (!update.categories && !update.state) co_return Result<void>{};
        ews::UpdateItem request;
        request.updates.push_back(std::move(update));
        auto reply = co_await client_.call(std::move(request));
        ews::Result<ews::ItemId> updated = only(std::move(reply));
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
    ews::Result<std::optional<ews::ItemId>> moved = only(std::move(reply));
    if (!moved) co_return from(moved.error());
    co_return Result<void>{};
}

awaitable<Result<void>> EwsMailbox::purge(std::string item) {
    ews::DeleteItem request{{{std::move(item), ""}}, ews::DeleteType::hard_delete};
    auto reply = co_await client_.call(std::move(request));
    ews::Result<void> deleted = only(std::move(reply));
    if (!deleted) co_return from(deleted.error());
    co_return Result<void>{};
}

awaitable<Result<bool>> EwsMailbox::is_there(Place place, std::string mark) {
    ews::FindItem request{folder_of(place)};
    request.restriction = ews::is_equal_to(ews::state_property(), std::move(mark));
    request.page = 1;
    auto found = co_await client_.call(std::move(request));
    if (!found) co_return from(found.error());
    co_return !found->items.empty();
}

}  // namespace agent
