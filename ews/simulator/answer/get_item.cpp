#include "ews/simulator/answer/get_item.hpp"

#include "ews/simulator/item_fields.hpp"

namespace ews::simulator {

void get_item(Call& call) {
    const auto shape = read_shape(child(call.request, "ItemShape"));
    for (const auto& id : elements(child(call.request, "ItemIds"))) {
        const auto place = find_item(call, id);
        if (place.has_error()) {
            add_error(call, place.error(), "m:Items");
            continue;
        }
        auto items = add_success(call).append_child("m:Items");
        write_item(items, *place->mailbox, *place->item, shape, Detail::full);
    }
}

}  // namespace ews::simulator
