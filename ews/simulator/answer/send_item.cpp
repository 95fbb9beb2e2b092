#include "ews/simulator/answer/send_item.hpp"

#include "ews/simulator/delivery.hpp"

namespace ews::simulator {

void send_item(Call& call) {
    const auto save = parse_bool(call.request.attribute("SaveItemToFolder").value());
    for (const auto& id : elements(child(call.request, "ItemIds"))) {
        const auto place = find_item(call, id);
        if (place.has_error()) {
            add_error(call, place.error());
            continue;
        }
        const auto content = place->item->content;
        place->mailbox->update(
            *place->item, {{"item:IsDraft", [](Item& item) { item.is_draft = false; }}}
        );
        if (save.value_or(true))
            place->mailbox->move(*place->item, place->mailbox->distinguished("sentitems"));
        else
            place->mailbox->remove(*place->item, DeleteType::hard);
        send(call.organization, *content);
        add_success(call);
    }
}

}  // namespace ews::simulator
