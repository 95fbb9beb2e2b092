#include "ews/simulator/answer/delete_folder.hpp"

namespace ews::simulator {

namespace {

bool is_full(const FolderPlace& place) {
    return !place.folder->items.empty() ||
           !place.mailbox->folders_below(*place.folder, false).empty();
}

}  // namespace

void delete_folder(Call& call) {
    const auto type = read_delete_type(call.request);
    for (const auto& id : elements(child(call.request, "FolderIds"))) {
        const auto place = find_folder(call, id);
        if (type.has_error() || place.has_error()) {
            add_error(call, type.has_error() ? type.error() : place.error());
            continue;
        }
        if (call.organization.ways.grommunio && is_full(*place) &&
            *type != DeleteType::to_deleted_items) {
            add_error(call, {"ErrorCannotDeleteObject", "The folder is not empty."});
            continue;
        }
        const auto deleted = place->mailbox->delete_folder(*place->folder, *type);
        if (deleted.has_error())
            add_error(call, deleted.error());
        else
            add_success(call);
    }
}

}  // namespace ews::simulator
