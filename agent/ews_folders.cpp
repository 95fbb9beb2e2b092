#include "agent/ews_folders.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "ews/category_list.hpp"
#include "ews/only.hpp"
#include "ews/operations/create_folder.hpp"
#include "ews/operations/delete_folder.hpp"
#include "ews/operations/find_folder.hpp"
#include "ews/operations/get_folder.hpp"
#include "ews/operations/update_folder.hpp"
#include "mime/ascii.hpp"

namespace agent {

namespace {

/// Exchange takes "CRM" and "crm" for the same name.
const ews::Folder* named(const std::vector<ews::Folder>& folders, const std::string& name) {
    const auto found = std::find_if(folders.begin(), folders.end(), [&name](const ews::Folder& one) {
        return mime::equal(one.display_name, name);
    });
    return found == folders.end() ? nullptr : &*found;
}

std::vector<ews::Category> categories_of(const rules::Policy& policy) {
    return {
        {policy.category.name, policy.category.colour},
        {policy.categories.complete, 4},         // green
        {policy.categories.missing_matches, 1},  // orange
        {policy.categories.error, 0},            // red
        {policy.categories.pending, 3}           // yellow
    };
}

}  // namespace

awaitable<Result<std::vector<ews::Folder>>> EwsFolders::children(ews::FolderRef parent, bool deep) {
    std::vector<ews::Folder> folders;
    ews::FindFolder find{parent, deep};
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

awaitable<Result<ews::FolderId>> EwsFolders::ensure_child(
    ews::FolderRef parent, const std::vector<ews::Folder>& present, std::string name
) {
    if (const ews::Folder* found = named(present, name)) co_return found->id;
    ews::CreateFolder create{parent, {{name}}};
    auto reply = co_await client_.call(std::move(create));
    ews::Result<ews::FolderId> made = ews::only(std::move(reply));
    if (made) co_return *made;
    if (made.error().code != ews::errc::folder_exists) co_return from(made.error());
    auto again = co_await children(std::move(parent));  // somebody was quicker
    if (!again) co_return again.error();
    if (const ews::Folder* found = named(*again, name)) co_return found->id;
    co_return from(made.error());
}

awaitable<Result<void>> EwsFolders::remove_unwanted(
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
    Result<void> removed = co_await remove(found->id);
    co_return removed;
}

awaitable<Result<void>> EwsFolders::remove(ews::FolderId folder) {
    ews::DeleteFolder request{{std::move(folder)}, ews::DeleteType::move_to_deleted_items};
    auto reply = co_await client_.call(std::move(request));
    ews::Result<void> removed = ews::only(std::move(reply));
    if (!removed && removed.error().code != ews::errc::folder_not_found) {
        co_return from(removed.error());
    }
    co_return Result<void>{};
}

awaitable<Result<Folders>> EwsFolders::ensure(rules::Policy policy) {
    Folders result;
    std::vector<ews::Category> categories = categories_of(policy);
    ews::Result<bool> known = co_await ews::ensure_categories(client_, std::move(categories));
    if (!known && from(known.error()).code == errc::denied) co_return from(known.error());
    if (!known) result.warnings.push_back("category list: " + known.error().text);
    Result<void> made = co_await ensure_drop_folders(policy, result);
    if (!made) co_return made.error();
    Result<void> added = co_await add_captured(policy, result);
    if (!added) co_return added.error();
    co_return result;
}

awaitable<Result<void>> EwsFolders::ensure_drop_folders(const rules::Policy& policy, Folders& result) {
    const std::vector<DropFolder> folders = drop_folders(policy);
    const ews::FolderRef top(ews::DistinguishedFolder::msgfolderroot);
    auto at_top = co_await children(top);
    if (!at_top) co_return at_top.error();
    const bool wanted = std::ranges::any_of(folders, &DropFolder::wanted);
    if (!wanted && named(*at_top, policy.category.name) == nullptr) co_return Result<void>{};
    auto master = co_await ensure_child(top, *at_top, policy.category.name);
    if (!master) co_return master.error();
    const ews::FolderRef parent(*master);
    auto present = co_await children(parent);
    if (!present) co_return present.error();
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
    const ews::Folder* there = named(*at_top, policy.category.name);
    const bool was_ours = std::ranges::any_of(folders, [&](const DropFolder& folder) {
        return named(*present, folder.name) != nullptr;  // an empty folder of the user's own stays
    });
    if (wanted || !was_ours || there == nullptr || there->total > 0) co_return Result<void>{};
    present = co_await children(parent);
    if (!present) co_return present.error();
    if (!present->empty()) co_return Result<void>{};
    Result<void> removed = co_await remove(there->id);
    co_return removed;
}

awaitable<Result<std::vector<ews::Folder>>> EwsFolders::all() {
    const ews::FolderRef top(ews::DistinguishedFolder::msgfolderroot);
    auto folders = co_await children(top, true);
    co_return folders;
}

awaitable<Result<void>> EwsFolders::rename(std::string from, std::string to) {
    const ews::FolderRef top(ews::DistinguishedFolder::msgfolderroot);
    auto at_top = co_await children(top);
    if (!at_top) co_return at_top.error();
    const ews::Folder* present = named(*at_top, from);
    if (present == nullptr) co_return Result<void>{};
    if (named(*at_top, to) != nullptr && !mime::equal(from, to)) {
        co_return Error{
            errc::denied,
            fmt::format(
                "the folder '{0}' is to be renamed to '{1}', but there is a folder '{1}' already: have that one renamed or "
                "removed",
                from,
                to
            ),
            {}
        };
    }
    ews::UpdateFolder request;
    request.updates.push_back({present->id, std::move(to)});
    auto reply = co_await client_.call(std::move(request));
    ews::Result<ews::FolderId> renamed = ews::only(std::move(reply));
    if (!renamed) co_return agent::from(renamed.error());
    co_return Result<void>{};
}

awaitable<Result<Folders>> EwsFolders::find(rules::Policy policy) {
    Folders result;
    const ews::FolderRef top(ews::DistinguishedFolder::msgfolderroot);
    auto at_top = co_await children(top);
    if (!at_top) co_return at_top.error();
    std::vector<ews::Folder> present;
    if (const ews::Folder* master = named(*at_top, policy.category.name)) {
        auto found = co_await children(master->id);
        if (!found) co_return found.error();
        present = std::move(*found);
    }
    for (const DropFolder& folder : drop_folders(policy)) {
        const ews::Folder* found = named(present, folder.name);
        if (found != nullptr && folder.wanted) {
            result.watched.push_back({found->id.id, folder.name, folder.role});
        }
    }
    Result<void> added = co_await add_captured(policy, result);
    if (!added) co_return added.error();
    co_return result;
}

/// Inbox and Sent Items, where the policy captures their mail.
awaitable<Result<void>> EwsFolders::add_captured(const rules::Policy& policy, Folders& result) {
    std::vector<rules::Role> roles;
    ews::GetFolder request;
    const auto want = [&](rules::Role::Door door, ews::DistinguishedFolder folder) {
        roles.push_back({door, rules::RecordKind::email, ""});
        request.folders.emplace_back(folder);
    };
    if (policy.inbox.enabled) want(rules::Role::Door::inbox, ews::DistinguishedFolder::inbox);
    if (policy.sent_items.enabled) {
        want(rules::Role::Door::sent_items, ews::DistinguishedFolder::sentitems);
    }
    if (roles.empty()) co_return Result<void>{};
    auto folders = co_await client_.call(std::move(request));
    if (!folders) co_return from(folders.error());
    for (std::size_t i = 0; i < folders->size(); ++i) {
        const ews::Result<ews::Folder>& folder = (*folders)[i];
        if (!folder) co_return from(folder.error());
        result.watched.push_back({folder->id.id, folder->display_name, roles.at(i)});
    }
    co_return Result<void>{};
}

}  // namespace agent
