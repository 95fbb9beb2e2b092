#include "agent/find_original.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>
#include <vector>

#include "agent/limits.hpp"
#include "ews/operations/find_folder.hpp"
#include "ews/operations/find_item.hpp"
#include "ews/operations/get_folder.hpp"

namespace agent {

namespace {

using boost::asio::awaitable;
using Original = std::optional<std::string>;

bool is_same_mail(const ews::Item& copy, const ews::Item& other) {
    return other.id != copy.id && other.internet_message_id == copy.internet_message_id &&
           other.received == copy.received && other.is_from_me == copy.is_from_me;
}

awaitable<Result<Original>> search(
    ews::Client& client, const ews::Item& copy, std::vector<ews::FolderRef> folders
) {
    ews::FindItem request{std::move(folders), ews::mail_shape()};
    request.restriction = ews::is_equal_to(ews::message_id_property(), copy.internet_message_id);
    auto reply = co_await client.call(std::move(request));
    if (!reply) co_return from(reply.error());
    for (const ews::Result<ews::FoundItems>& found : *reply) {
        if (!found) continue;  // a folder that is gone, or that we may not look into
        for (const ews::Item& item : found->items) {
            if (is_same_mail(copy, item)) co_return Original(item.id.id);
        }
    }
    co_return Original();
}

/// Searched already, or nobody keeps mail there.
constexpr std::array left_out{
    ews::DistinguishedFolder::deleteditems,
    ews::DistinguishedFolder::inbox,
    ews::DistinguishedFolder::sentitems,
    ews::DistinguishedFolder::junkemail,
    ews::DistinguishedFolder::drafts,
    ews::DistinguishedFolder::outbox};

/// Of those the folders that the mailbox has.
awaitable<Result<std::vector<ews::Folder>>> known_folders(ews::Client& client) {
    ews::GetFolder request;
    for (const auto folder : left_out) request.folders.emplace_back(folder);
    auto reply = co_await client.call(std::move(request));
    if (!reply) co_return from(reply.error());
    std::vector<ews::Folder> folders;
    for (ews::Result<ews::Folder>& folder : *reply) {
        folders.push_back(folder ? std::move(*folder) : ews::Folder{});
    }
    co_return folders;
}

awaitable<Result<std::vector<ews::Folder>>> all_folders(ews::Client& client) {
    ews::FindFolder find{ews::DistinguishedFolder::msgfolderroot};
    find.deep = true;
    std::vector<ews::Folder> folders;
    bool last = false;
    while (!last) {
        ews::FindFolder page = find;
        ews::Result<ews::FoundFolders> found = co_await client.call(std::move(page));
        if (!found) co_return from(found.error());
        std::ranges::move(found->folders, std::back_inserter(folders));
        last = found->is_last || found->next_offset <= find.offset;
        find.offset = found->next_offset;
    }
    co_return folders;
}

/// `ids` and all that lies below them.
std::set<std::string> with_subfolders(std::set<std::string> ids, const std::vector<ews::Folder>& all) {
    for (std::size_t before = 0; before != ids.size();) {
        before = ids.size();
        for (const ews::Folder& folder : all) {
            if (ids.contains(folder.parent.id)) ids.insert(folder.id.id);
        }
    }
    return ids;
}

awaitable<Result<std::vector<ews::FolderRef>>> other_folders(
    ews::Client& client, const std::set<std::string>& own
) {
    Result<std::vector<ews::Folder>> known = co_await known_folders(client);
    if (!known) co_return known.error();
    Result<std::vector<ews::Folder>> all = co_await all_folders(client);
    if (!all) co_return all.error();
    std::set<std::string> out;
    if (!known->empty() && !known->front().id.id.empty()) out.insert(known->front().id.id);
    out = with_subfolders(std::move(out), *all);
    out.insert(own.begin(), own.end());
    for (const ews::Folder& folder : *known) out.insert(folder.id.id);
    std::vector<ews::FolderRef> others;
    for (const ews::Folder& folder : *all) {
        const bool is_mail = folder.folder_class.empty() || folder.folder_class.starts_with("IPF.Note");
        if (is_mail && !out.contains(folder.id.id)) others.emplace_back(folder.id);
    }
    co_return others;
}

}  // namespace

awaitable<Result<Original>> find_original(
    ews::Client& client, const ews::Item& copy, const std::set<std::string>& own
) {
    if (copy.internet_message_id.empty()) co_return Original();
    std::vector<ews::FolderRef> likely;
    likely.emplace_back(ews::DistinguishedFolder::inbox);
    likely.emplace_back(ews::DistinguishedFolder::sentitems);
    Result<Original> found = co_await search(client, copy, std::move(likely));
    if (!found || *found) co_return found;
    Result<std::vector<ews::FolderRef>> others = co_await other_folders(client, own);
    if (!others) co_return others.error();
    for (std::size_t at = 0; at < others->size(); at += limits::searched_folders) {
        const std::size_t count = std::min(limits::searched_folders, others->size() - at);
        const auto begin = others->begin() + static_cast<std::ptrdiff_t>(at);
        std::vector<ews::FolderRef> some(begin, begin + static_cast<std::ptrdiff_t>(count));
        found = co_await search(client, copy, std::move(some));
        if (!found || *found) co_return found;
    }
    co_return Original();
}

}  // namespace agent
