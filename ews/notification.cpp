#include "ews/notification.hpp"

#include <algorithm>
#include <utility>

namespace ews {
namespace {

constexpr std::pair<std::string_view, EventKind> kinds[] = {
    {"NewMailEvent", EventKind::new_mail},
    {"CreatedEvent", EventKind::created},
    {"MovedEvent", EventKind::moved},
    {"CopiedEvent", EventKind::copied},
    {"ModifiedEvent", EventKind::modified},
    {"DeletedEvent", EventKind::deleted},
};

EventKind kind_of(std::string_view name) {
    for (const auto& [text, kind] : kinds)
        if (text == name) return kind;
    return EventKind::other;
}

std::optional<ItemId> item_id(pugi::xml_node node) {
    if (!node) return std::nullopt;
    return read_item_id(node);
}

std::optional<FolderId> folder_id(pugi::xml_node node) {
    if (!node) return std::nullopt;
    return read_folder_id(node);
}

Event read_event(pugi::xml_node node) {
    Event event;
    event.kind = kind_of(local_name(node));
    event.at = time(child(node, "TimeStamp"));
    event.item = item_id(child(node, "ItemId"));
    event.old_item = item_id(child(node, "OldItemId"));
    event.folder = folder_id(child(node, "FolderId"));
    event.old_folder = folder_id(child(node, "OldFolderId"));
    event.parent = folder_id(child(node, "ParentFolderId"));
    event.old_parent = folder_id(child(node, "OldParentFolderId"));
    return event;
}

}  // namespace

std::string_view to_text(EventKind kind) {
    for (const auto& [text, known] : kinds)
        if (known == kind) return text;
    return "OtherEvent";
}

Notification read_notification(pugi::xml_node node) {
    Notification notification;
    for (auto part : elements(node)) {
        const auto name = local_name(part);
        if (name == "SubscriptionId") {
            notification.subscription.id = trimmed_text(part);
        } else if (name.ends_with("Event") && name != "StatusEvent") {
            notification.events.push_back(read_event(part));
        }
    }
    return notification;
}

std::vector<SubscriptionId> read_refused(pugi::xml_node message) {
    std::vector<SubscriptionId> refused;
    for (auto node : elements(child(message, "ErrorSubscriptionIds"), "SubscriptionId"))
        refused.push_back({trimmed_text(node)});
    return refused;
}

std::vector<FolderId> folders_of(const Event& event) {
    std::vector<FolderId> folders;
    for (const auto* folder :
         {&event.folder, &event.old_folder, &event.parent, &event.old_parent}) {
        if (!*folder) continue;
        if (std::find(folders.begin(), folders.end(), **folder) == folders.end())
            folders.push_back(**folder);
    }
    return folders;
}

}  // namespace ews
