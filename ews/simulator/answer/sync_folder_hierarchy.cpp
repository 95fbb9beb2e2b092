#include "ews/simulator/answer/sync_folder_hierarchy.hpp"

#include <fmt/format.h>

#include "ews/simulator/folder_fields.hpp"
#include "ews/simulator/limits.hpp"

namespace ews::simulator {

namespace {

Outcome<FolderPlace> own_root(Call& call) {
    if (call.mailbox == nullptr)
        return Refusal{"ErrorMissingEmailAddress", "The account has no mailbox of its own."};
    return FolderPlace{call.mailbox, &call.mailbox->distinguished("msgfolderroot")};
}

void write_change(
    pugi::xml_node changes, const FolderPlace& root, const Change& change, const Shape& shape
) {
    const auto* const folder = root.mailbox->folder_of(change.serial);
    if (change.kind == ChangeKind::deleted) {
        auto id = changes.append_child("t:Delete").append_child("t:FolderId");
        add_attribute(id, "Id", root.mailbox->folder_id(change.serial));
        return;
    }
    if (folder == nullptr || !root.mailbox->is_below(*folder, *root.folder)) return;
    const auto* const name = change.kind == ChangeKind::created ? "t:Create" : "t:Update";
    write_folder(changes.append_child(name), *root.mailbox, *folder, shape);
}

}  // namespace

void sync_folder_hierarchy(Call& call) {
    const auto shape = read_shape(child(call.request, "FolderShape"));
    auto place =
        child(call.request, "SyncFolderId") ? find_folder_in(call, "SyncFolderId") : own_root(call);
    if (place.has_error()) {
        add_error(call, place.error());
        return;
    }
    const auto scope =
        fmt::format("hierarchy:{}:{}", call.organization.sync_generation, place->folder->id);
    const auto state = child_text(call.request, "SyncState");
    const auto& log = place->mailbox->hierarchy_log();
    auto page = log.page(scope, state, limits::sync_page);
    if (page.has_error() && call.organization.ways.grommunio)
        page = log.page(scope, "", limits::sync_page);
    if (page.has_error()) {
        add_error(call, page.error());
        return;
    }
    auto message = add_success(call);
    add_text(message, "m:SyncState", page->state);
    add_text(message, "m:IncludesLastFolderInRange", bool_text(page->last));
    auto changes = message.append_child("m:Changes");
    // Oldest first, so that a parent comes before its children.
    for (auto at = page->changes.rbegin(); at != page->changes.rend(); ++at)
        write_change(changes, *place, *at, shape);
}

}  // namespace ews::simulator
