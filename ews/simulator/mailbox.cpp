#include "ews/simulator/mailbox.hpp"

#include <array>
#include <cassert>

#include "ews/simulator/identifier.hpp"

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

}  // namespace

Mailbox::Mailbox(std::string address, EventSink sink)
    : address_(std::move(address)), guid_(guid_of(lower(address_) + run_tag())), sink_(std::move(sink)) {
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

}  // namespace ews::simulator
