#include "ews/simulator/answer/delete_folder.hpp"

namespace ews::simulator {

void delete_folder(Call& call) {
    const auto type = read_delete_type(call.request);
    for (const auto& id : elements(child(call.request, "FolderIds"))) {
        const auto place = find_folder(call, id);
        if (type.has_error() || place.has_error()) {
            add_error(call, type.has_error() ? type.error() : place.error());
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
