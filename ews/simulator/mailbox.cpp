#include "ews/simulator/mailbox.hpp"

#include <array>
#include <cassert>
#include <utility>

#include "ews/simulator/identifier.hpp"
#include "ews/simulator/limits.hpp"

namespace ews::simulator {

namespace {

struct Standard {
    const char* id;
    const char* parent;
    const char* name;
    const char* folder_class;
};

/// The folders of a fresh mailbox, parents first.
constexpr std::array standard_folders{
    Standard{"root", "", "Root", ""},
    Standard{"msgfolderroot", "root", "Top of Information Store", "IPF.Note"},
    Standard{"searchfolders", "root", "Finder", ""},
    Standard{"recoverableitemsroot", "root", "Recoverable Items", "IPF.Note"},
    Standard{"recoverableitemsdeletions", "recoverableitemsroot", "Deletions", "IPF.Note"},
    Standard{"inbox", "msgfolderroot", "Inbox", "IPF.Note"},
    Standard{"drafts", "msgfolderroot", "Drafts", "IPF.Note"},
    Standard{"sentitems", "msgfolderroot", "Sent Items", "IPF.Note"},
    Standard{"deleteditems", "msgfolderroot", "Deleted Items", "IPF.Note"},
    Standard{"outbox", "msgfolderroot", "Outbox", "IPF.Note"},
    Standard{"junkemail", "msgfolderroot", "Junk Email", "IPF.Note"},
    Standard{"calendar", "msgfolderroot", "Calendar", "IPF.Appointment"},
    Standard{"contacts", "msgfolderroot", "Contacts", "IPF.Contact"},
    Standard{"tasks", "msgfolderroot", "Tasks", "IPF.Task"},
    Standard{"notes", "msgfolderroot", "Notes", "IPF.StickyNote"},
    Standard{"journal", "msgfolderroot", "Journal", "IPF.Journal"},
};

template <class Map>
auto find_in(Map& map, std::uint64_t serial) -> decltype(&map.begin()->second) {
    const auto found = map.find(serial);
    return found == map.end() ? nullptr : &found->second;
}

Refusal name_taken() {
    return {"ErrorFolderExists", "A folder with the specified name already exists."};
}

}  // namespace

Mailbox::Mailbox(std::string address, EventSink sink)
    : address_(std::move(address)), guid_(guid_of(lower(address_))), sink_(std::move(sink)) {
    for (const auto& standard : standard_folders) {
        const auto parent = distinguished_.find(standard.parent);
        auto& folder = add_folder(
            parent == distinguished_.end() ? 0 : parent->second,
            standard.name,
            standard.folder_class
        );
        folder.distinguished = standard.id;
        distinguished_[standard.id] = folder.serial;
    }
}

std::string Mailbox::item_id(std::uint64_t serial) const {
    return write_id(guid_, 'I', serial);
}
std::string Mailbox::folder_id(std::uint64_t serial) const {
    return write_id(guid_, 'F', serial);
}

const Folder* Mailbox::folder_of(std::uint64_t serial) const {
    return find_in(folders_, serial);
}
const Item* Mailbox::item_of(std::uint64_t serial) const {
    return find_in(items_, serial);
}

const Folder* Mailbox::find_folder(std::string_view id) const {
    const auto found = serials_.find(std::string(id));
    return found == serials_.end() ? nullptr : folder_of(found->second);
}

const Item* Mailbox::find_item(std::string_view id) const {
    const auto found = serials_.find(std::string(id));
    return found == serials_.end() ? nullptr : item_of(found->second);
}

const Folder* Mailbox::find_distinguished(std::string_view name) const {
    const auto found = distinguished_.find(std::string(name));
    return found == distinguished_.end() ? nullptr : folder_of(found->second);
}

const Folder& Mailbox::distinguished(std::string_view name) const {
    const auto* const folder = find_distinguished(name);
    assert(folder != nullptr);
    return *folder;
}

const Folder* Mailbox::find_child(const Folder& parent, std::string_view display_name) const {
    for (const auto& [serial, folder] : folders_)
        if (folder.parent == parent.serial &&
            equal_ignoring_case(folder.display_name, display_name))
            return &folder;
    return nullptr;
}

bool Mailbox::is_below(const Folder& folder, const Folder& ancestor) const {
    for (const auto* at = folder_of(folder.parent); at != nullptr; at = folder_of(at->parent))
        if (at->serial == ancestor.serial) return true;
    return false;
}

std::vector<const Folder*> Mailbox::folders_below(const Folder& parent, bool deep) const {
    std::vector<const Folder*> result;
    for (const auto& [serial, folder] : folders_)
        if (folder.parent == parent.serial || (deep && is_below(folder, parent)))
            result.push_back(&folder);
    return result;
}

std::vector<const Item*> Mailbox::items(const Folder& folder) const {
    std::vector<const Item*> result;
    for (const auto serial : folder.items) result.push_back(item_of(serial));
    return result;
}

const ChangeLog& Mailbox::items_log(const Folder& folder) const {
    static const ChangeLog nothing;
    const auto* const log = find_in(logs_, folder.serial);
    return log == nullptr ? nothing : *log;
}

Folder& Mailbox::edit_folder(const Folder& folder) {
    return folders_.at(folder.serial);
}

Folder& Mailbox::add_folder(std::uint64_t parent, std::string name, std::string folder_class) {
    Folder folder;
    folder.serial = next_serial_++;
    folder.id = folder_id(folder.serial);
    folder.version = next_version_++;
    folder.parent = parent;
    folder.display_name = std::move(name);
    folder.folder_class = std::move(folder_class);
    folder.touched = now();
    serials_[folder.id] = folder.serial;
    hierarchy_.record(ChangeKind::created, folder.serial);
    return folders_[folder.serial] = std::move(folder);
}

Outcome<const Folder*> Mailbox::create_folder(
    const Folder& parent, std::string name, std::string folder_class
) {
    if (name.empty() || name.size() > limits::folder_name_bytes)
        return Refusal{"ErrorFolderSave", "The name of the folder is empty or too long."};
    if (find_child(parent, name) != nullptr) return name_taken();
    const auto& folder = add_folder(parent.serial, std::move(name), std::move(folder_class));
    tell_folder(EventKind::created, folder);
    return &folder;
}

Outcome<const Folder*> Mailbox::rename_folder(const Folder& folder, std::string name) {
    const auto* const parent = folder_of(folder.parent);
    const auto* const other = parent == nullptr ? nullptr : find_child(*parent, name);
    if (other != nullptr && other != &folder) return name_taken();
    auto& edited = edit_folder(folder);
    edited.display_name = std::move(name);
    edited.version = next_version_++;
    hierarchy_.record(ChangeKind::updated, folder.serial);
    tell_folder(EventKind::modified, folder);
    return &folder;
}

Outcome<const Folder*> Mailbox::move_folder(const Folder& folder, const Folder& to) {
    if (!folder.distinguished.empty() || folder.serial == to.serial || is_below(to, folder))
        return Refusal{"ErrorMoveCopyFailed", "The folder cannot be moved there."};
    if (find_child(to, folder.display_name) != nullptr) return name_taken();
    auto& edited = edit_folder(folder);
    const auto old_parent = std::exchange(edited.parent, to.serial);
    edited.version = next_version_++;
    hierarchy_.record(ChangeKind::updated, folder.serial);
    tell_folder(EventKind::moved, folder, old_parent);
    return &folder;
}

Outcome<void> Mailbox::delete_folder(const Folder& folder, DeleteType type) {
    if (!folder.distinguished.empty())
        return Refusal{
            "ErrorDeleteDistinguishedFolder", "Distinguished folders cannot be deleted."};
    if (type == DeleteType::to_deleted_items) {
        auto moved = move_folder(folder, distinguished("deleteditems"));
        if (moved.has_error()) return moved.error();
        return {};
    }
    for (const auto* each : folders_below(folder, false))
        if (auto deleted = delete_folder(*each, type); deleted.has_error()) return deleted;
    for (const auto* each : items(folder)) take_out(*each);
    tell_folder(EventKind::deleted, folder);
    hierarchy_.record(ChangeKind::deleted, folder.serial);
    logs_.erase(folder.serial);
    serials_.erase(folder.id);
    folders_.erase(folder.serial);
    return {};
}

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
