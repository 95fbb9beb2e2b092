#include "ews/simulator/answer/delete_item.hpp"

namespace ews::simulator {

void delete_item(Call& call) {
    const auto type = read_delete_type(call.request);
    for (const auto& id : elements(child(call.request, "ItemIds"))) {
        const auto place = find_item(call, id);
        if (type.has_error() || place.has_error()) {
            add_error(call, type.has_error() ? type.error() : place.error());
            continue;
        }
        const auto allowed = check_writable(*place->mailbox->folder_of(place->item->folder));
        if (allowed.has_error()) {
            add_error(call, allowed.error());
            continue;
        }
        place->mailbox->remove(*place->item, *type);
        add_success(call);
    }
}

}  // namespace ews::simulator
