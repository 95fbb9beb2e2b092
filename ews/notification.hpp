// What an event stream tells: that something happened to an item or folder, not what it looks like
// now.
// https://learn.microsoft.com/exchange/client-developer/exchange-web-services/notification-subscriptions-mailbox-events-and-ews-in-exchange
#pragma once

#include <optional>
#include <pugixml.hpp>
#include <string_view>
#include <vector>

#include "ews/ids.hpp"
#include "ews/xml.hpp"

namespace ews {

enum class EventKind { new_mail, created, moved, copied, modified, deleted, other };
std::string_view to_text(EventKind kind);

/// Of item or folder exactly one is set; of the old ones only for moved and copied.
struct Event {
    EventKind kind = EventKind::other;
    std::optional<Time> at;
    std::optional<ItemId> item, old_item;
    std::optional<FolderId> folder, old_folder;
    std::optional<FolderId> parent, old_parent;
    bool operator==(const Event&) const = default;
};

/// The events of one subscription; a mere heartbeat has none.
struct Notification {
    SubscriptionId subscription;
    std::vector<Event> events;
    bool operator==(const Notification&) const = default;
};

Notification read_notification(pugi::xml_node notification);
/// The subscriptions that the error of such a response message is about; none where it does not
/// say.
std::vector<SubscriptionId> read_refused(pugi::xml_node message);
/// Every folder the event names, as itself, as parent or as former parent.
std::vector<FolderId> folders_of(const Event& event);

}  // namespace ews
