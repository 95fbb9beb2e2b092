// What can be done to the items of a mailbox.
#include "ews/simulator/mailbox.hpp"

namespace ews::simulator {

Item& Mailbox::place(Item item, const Folder& folder) {
    auto& target = edit_folder(folder);
    item.serial = next_serial_++;
    item.id = item_id(item.serial);
    item.version = next_version_++;
    item.folder = target.serial;
    item.article = target.next_article++;
    item.modified = now();
    item.changed.clear();
    if (item.search_key.empty()) item.search_key = guid_of(item.id);
    target.items.insert(item.serial);
    target.unread += item.is_read ? 0U : 1U;
    target.touched = item.modified;
    serials_[item.id] = item.serial;
    logs_[target.serial].record(ChangeKind::created, item.serial);
    return items_[item.serial] = std::move(item);
}

void Mailbox::take_out(const Item& item) {
    auto& folder = folders_.at(item.folder);
    folder.items.erase(item.serial);
    folder.unread -= item.is_read ? 0U : 1U;
    ++folder.deleted;
    folder.touched = now();
    logs_[folder.serial].record(ChangeKind::deleted, item.serial);
    serials_.erase(item.id);
    items_.erase(item.serial);
}

const Item& Mailbox::add(Item item, const Folder& folder, bool new_mail) {
    const auto& placed = place(std::move(item), folder);
    tell_item(EventKind::created, placed);
    if (new_mail) tell_item(EventKind::new_mail, placed);
    tell_count(placed.folder);
    return placed;
}

const Item& Mailbox::update(const Item& item, const std::vector<FieldChange>& changes) {
    auto& edited = items_.at(item.serial);
    const auto was_read = edited.is_read;
    edited.version = next_version_++;
    auto only_read_flag = true;
    for (const auto& change : changes) {
        change.apply(edited);
        edited.changed[change.field] = edited.version;
        only_read_flag &= change.field == "message:IsRead";
    }
    edited.modified = now();
    auto& folder = folders_.at(edited.folder);
    folder.touched = edited.modified;
    const auto kind = only_read_flag ? ChangeKind::read_flag : ChangeKind::updated;
    logs_[folder.serial].record(kind, edited.serial);
    tell_item(EventKind::modified, edited);
    if (was_read != edited.is_read) {
        folder.unread += was_read ? 1U : 0U;
        folder.unread -= was_read ? 0U : 1U;
        tell_count(folder.serial);
    }
    return edited;
}

const Item& Mailbox::move(const Item& item, const Folder& to) {
    const auto old = item;
    take_out(item);
    const auto& placed = place(old, to);
    tell_item(EventKind::moved, placed, &old);
    tell_count(old.folder);
    if (placed.folder != old.folder) tell_count(placed.folder);
    return placed;
}

const Item& Mailbox::copy(const Item& item, const Folder& to) {
    const auto old = item;
    const auto& placed = place(old, to);
    tell_item(EventKind::copied, placed, &old);
    tell_count(placed.folder);
    return placed;
}

void Mailbox::remove(const Item& item, DeleteType type) {
    const auto& trash = distinguished("deleteditems");
    const auto& dumpster = distinguished("recoverableitemsdeletions");
    if (type == DeleteType::to_deleted_items && item.folder != trash.serial) {
        move(item, trash);
        return;
    }
    const auto old = item;
    take_out(item);
    if (type == DeleteType::hard || old.folder == dumpster.serial) {
        tell_item(EventKind::deleted, old);
    } else {
        tell_soft_delete(place(old, dumpster), old);
    }
    tell_count(old.folder);
}

}  // namespace ews::simulator
