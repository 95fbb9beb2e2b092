// What can be done to the folders of a mailbox.
#include <utility>

#include "ews/simulator/limits.hpp"
#include "ews/simulator/mailbox.hpp"

namespace ews::simulator {

namespace {

Refusal name_taken() {
    return {"ErrorFolderExists", "A folder with the specified name already exists."};
}

}  // namespace

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

}  // namespace ews::simulator
