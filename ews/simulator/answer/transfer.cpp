#include "ews/simulator/answer/transfer.hpp"

#include "ews/simulator/item_fields.hpp"

namespace ews::simulator {

namespace {

/// The new item; nullptr where it went to another mailbox, for then Exchange gives no id.
const Item* transfer(const ItemPlace& from, const FolderPlace& to, Transfer how) {
    if (from.mailbox == to.mailbox)
        return how == Transfer::move ? &from.mailbox->move(*from.item, *to.folder)
                                     : &from.mailbox->copy(*from.item, *to.folder);
    to.mailbox->add(*from.item, *to.folder, false);
    if (how == Transfer::move) from.mailbox->remove(*from.item, DeleteType::hard);
    return nullptr;
}

}  // namespace

void transfer_items(Call& call, Transfer how) {
    const auto wanted = parse_bool(child_text(call.request, "ReturnNewItemIds"));
    // gromox has it the other way round.
    const auto return_ids =
        call.organization.ways.grommunio ? !wanted.value_or(false) : wanted.value_or(true);
    for (const auto& id : elements(child(call.request, "ItemIds"))) {
        const auto to = find_folder_in(call, "ToFolderId");
        const auto from = find_item(call, id);
        if (to.has_error() || from.has_error()) {
            add_error(call, to.has_error() ? to.error() : from.error(), "m:Items");
            continue;
        }
        const auto& source = *from->mailbox->folder_of(from->item->folder);
        auto allowed = check_writable(*to->folder);
        if (allowed && how == Transfer::move) allowed = check_writable(source);
        if (allowed.has_error()) {
            add_error(call, allowed.error(), "m:Items");
            continue;
        }
        const auto* const item = transfer(*from, *to, how);
        auto items = add_success(call).append_child("m:Items");
        if (item != nullptr && return_ids) write_item_id_only(items, *item);
    }
}

}  // namespace ews::simulator
