#include "ews/simulator/answer/move_folder.hpp"

#include "ews/simulator/folder_fields.hpp"

namespace ews::simulator {

namespace {

Outcome<const Folder*> move_one(Call& call, const pugi::xml_node& id) {
    const auto to = find_folder_in(call, "ToFolderId");
    if (to.has_error()) return to.error();
    const auto place = find_folder(call, id);
    if (place.has_error()) return place.error();
    if (place->mailbox != to->mailbox)
        return Refusal{"ErrorMoveCopyFailed", "Folders stay in their mailbox."};
    return place->mailbox->move_folder(*place->folder, *to->folder);
}

}  // namespace

void move_folder(Call& call) {
    for (const auto& id : elements(child(call.request, "FolderIds"))) {
        const auto moved = move_one(call, id);
        if (moved.has_error())
            add_error(call, moved.error(), "m:Folders");
        else
            write_folder_id_only(add_success(call).append_child("m:Folders"), **moved);
    }
}

}  // namespace ews::simulator
