// The identifiers of Exchange as distinct types, so that none is passed for another. All are
// opaque, case-sensitive text. An item's id changes when it is moved; a folder's id does not.
#pragma once

#include <compare>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace ews {

struct ItemId {
    std::string id;
    std::string change_key;  ///< version of the item; "" when unknown, a stub in notifications
};
struct FolderId {
    std::string id;
    std::string change_key;
};
// The same thing in another version is the same thing.
inline bool operator==(const ItemId& a, const ItemId& b) {
    return a.id == b.id;
}
inline auto operator<=>(const ItemId& a, const ItemId& b) {
    return a.id <=> b.id;
}
inline bool operator==(const FolderId& a, const FolderId& b) {
    return a.id == b.id;
}
inline auto operator<=>(const FolderId& a, const FolderId& b) {
    return a.id <=> b.id;
}

struct SubscriptionId {
    std::string id;
    auto operator<=>(const SubscriptionId&) const = default;
};
/// Where a synchronisation stands; "" means from the beginning.
struct SyncState {
    std::string state;
    auto operator<=>(const SyncState&) const = default;
};

/// Folders that every mailbox has; their display names are in the user's language.
enum class DistinguishedFolder {
    msgfolderroot,
    inbox,
    sentitems,
    drafts,
    outbox,
    deleteditems,
    junkemail,
    calendar,
    contacts,
    tasks,
};
std::string_view to_text(DistinguishedFolder folder);

/// A folder named either way; a distinguished one may be that of another mailbox (delegate rights).
struct FolderRef {
    FolderRef(FolderId id) : folder(std::move(id)) {}
    FolderRef(DistinguishedFolder name, std::string mailbox_address = {})
        : folder(name), mailbox(std::move(mailbox_address)) {}

    std::variant<FolderId, DistinguishedFolder> folder;
    std::string mailbox;  ///< SMTP address, "" for the caller's own
    bool operator==(const FolderRef&) const = default;
};

}  // namespace ews
