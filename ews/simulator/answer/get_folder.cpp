#include "ews/simulator/answer/get_folder.hpp"

#include "ews/simulator/folder_fields.hpp"

namespace ews::simulator {

void get_folder(Call& call) {
    const auto shape = read_shape(child(call.request, "FolderShape"));
    for (const auto& id : elements(child(call.request, "FolderIds"))) {
        const auto place = find_folder(call, id);
        if (place.has_error()) {
            add_error(call, place.error(), "m:Folders");
            continue;
        }
        auto folders = add_success(call).append_child("m:Folders");
        write_folder(folders, *place->mailbox, *place->folder, shape);
    }
}

}  // namespace ews::simulator
