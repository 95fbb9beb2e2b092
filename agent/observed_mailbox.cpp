#include "agent/observed_mailbox.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "agent/drop_folders.hpp"
#include "agent/limits.hpp"

namespace agent {

std::vector<std::string> ObservedMailbox::as_marked(
    const std::string& item, std::vector<std::string> categories
) const {
    const auto known = marked_.find(item);
    return known == marked_.end() ? categories : merge(std::move(categories), known->second);
}

awaitable<Result<Folders>> ObservedMailbox::ensure_folders(rules::Policy policy) {
    const std::vector<DropFolder> wanted = drop_folders(policy);
    Result<Folders> found = co_await mailbox_->find_folders(std::move(policy));
    if (!found) co_return found;
    for (const DropFolder& folder : wanted) {
        const bool there = std::ranges::find(found->watched, folder.name, &WatchedFolder::name) != found->watched.end();
        if (!folder.wanted || there) continue;
        found->warnings.push_back(fmt::format("there is no '{}'; it is not made while observing", folder.name));
    }
    co_return found;
}

awaitable<Result<void>> ObservedMailbox::rename_folder(std::string, std::string) { co_return Result<void>{}; }

awaitable<Result<Folders>> ObservedMailbox::find_folders(rules::Policy policy) {
    Result<Folders> folders = co_await mailbox_->find_folders(std::move(policy));
    co_return folders;
}

awaitable<Result<Changes>> ObservedMailbox::changes(WatchedFolder folder, std::string sync_state) {
    Result<Changes> changes = co_await mailbox_->changes(std::move(folder), std::move(sync_state));
    if (!changes) co_return changes;
    for (ChangedItem& item : changes->items) {
        item.categories = as_marked(item.id, std::move(item.categories));
    }
    co_return changes;
}

awaitable<Result<std::unique_ptr<Watch>>> ObservedMailbox::watch(std::vector<WatchedFolder> folders) {
    Result<std::unique_ptr<Watch>> watch = co_await mailbox_->watch(std::move(folders));
    co_return watch;
}

awaitable<Result<MailItem>> ObservedMailbox::fetch(std::string item) {
    Result<MailItem> mail = co_await mailbox_->fetch(item);
    if (mail) mail->categories = as_marked(item, std::move(mail->categories));
    co_return mail;
}

awaitable<MailName> ObservedMailbox::name_of(std::string item) {
    MailName name = co_await mailbox_->name_of(std::move(item));
    co_return name;
}

awaitable<Result<std::optional<std::string>>> ObservedMailbox::original_of(std::string item, Place place) {
    Result<std::optional<std::string>> original = co_await mailbox_->original_of(std::move(item), place);
    co_return original;
}

awaitable<Result<std::optional<std::string>>> ObservedMailbox::find_marked(
    std::optional<Place> place, std::string mark
) {
    Result<std::optional<std::string>> item = co_await mailbox_->find_marked(place, std::move(mark));
    co_return item;
}

awaitable<Result<void>> ObservedMailbox::mark(std::string item, Marking marking) {
    if (marked_.size() >= limits::observed_items) marked_.clear();
    Marking& known = marked_[std::move(item)];
    known.categories_remove = merge(std::move(known.categories_remove), {marking.categories_remove, {}, ""});
    known.categories_add = merge(std::move(known.categories_add), marking);
    co_return Result<void>{};
}

awaitable<Result<void>> ObservedMailbox::move(std::string, Place) { co_return Result<void>{}; }

awaitable<Result<void>> ObservedMailbox::purge(std::string) { co_return Result<void>{}; }

awaitable<Result<void>> ObservedMailbox::discard(std::string) { co_return Result<void>{}; }

}  // namespace agent
