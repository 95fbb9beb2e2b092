// The events that changes of a mailbox raise; apart from mailbox.cpp, which keeps the state.
#include "ews/simulator/mailbox.hpp"

namespace ews::simulator {

void Mailbox::tell_item(EventKind kind, const Item& item, const Item* old) {
    Event event;
    event.kind = kind;
    event.id = item.id;
    event.parent = folder_id(item.folder);
    event.time = now();
    if (old != nullptr) {
        event.old_id = old->id;
        event.old_parent = folder_id(old->folder);
    }
    sink_(event);
}

/// https://learn.microsoft.com/en-us/exchange/client-developer/exchange-web-services/notification-subscriptions-mailbox-events-and-ews-in-exchange
void Mailbox::tell_soft_delete(const Item& item, const Item& old) {
    Event moved;
    moved.kind = EventKind::moved;
    moved.id = item.id;
    moved.parent = folder_id(item.folder);
    moved.old_id = old.id;
    moved.old_parent = folder_id(old.folder);
    moved.time = now();
    moved.audience = Audience::folder_subscriptions;
    sink_(moved);
    Event deleted;
    deleted.kind = EventKind::deleted;
    deleted.id = old.id;
    deleted.parent = moved.old_parent;
    deleted.time = moved.time;
    deleted.audience = Audience::whole_mailbox_subscriptions;
    sink_(deleted);
    sink_(deleted);  // the search folder AllItems loses it as well
}

void Mailbox::tell_folder(EventKind kind, const Folder& folder, std::uint64_t old_parent) {
    Event event;
    event.kind = kind;
    event.is_folder = true;
    event.id = folder.id;
    event.parent = folder_id(folder.parent);
    event.time = now();
    if (old_parent != 0) {
        event.old_id = folder.id;
        event.old_parent = folder_id(old_parent);
    }
    sink_(event);
}

void Mailbox::tell_count(std::uint64_t serial) {
    const auto& folder = folders_.at(serial);
    Event event;
    event.kind = EventKind::modified;
    event.is_folder = true;
    event.id = folder.id;
    event.parent = folder_id(folder.parent);
    event.unread = folder.unread;
    event.time = now();
    sink_(event);
}

}  // namespace ews::simulator
