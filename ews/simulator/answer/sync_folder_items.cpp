#include "ews/simulator/answer/sync_folder_items.hpp"

#include "ews/simulator/item_fields.hpp"
#include "ews/simulator/limits.hpp"

namespace ews::simulator {

namespace {

Outcome<SyncPage> read_page(Call& call) {
    const auto place = find_folder_in(call, "SyncFolderId");
    if (place.has_error()) return place.error();
    const auto max = parse_number(child_text(call.request, "MaxChangesReturned"));
    if (!max || *max < 1 || *max > static_cast<std::int64_t>(limits::sync_page))
        return Refusal{"ErrorInvalidRequest", "MaxChangesReturned must be from 1 to 512."};
    const auto state = child_text(call.request, "SyncState");
    const auto& log = place->mailbox->items_log(*place->folder);
    return log.page(place->folder->id, state, static_cast<std::size_t>(*max));
}

bool is_ignored(const Call& call, std::string_view id) {
    for (const auto& each : elements(child(call.request, "Ignore")))
        if (id == each.attribute("Id").value()) return true;
    return false;
}

void write_change(
    pugi::xml_node changes, const Mailbox& mailbox, const Change& change, const Shape& shape
) {
    const auto* const item = mailbox.item_of(change.serial);
    if (change.kind == ChangeKind::deleted) {
        auto id = changes.append_child("t:Delete").append_child("t:ItemId");
        add_attribute(id, "Id", mailbox.item_id(change.serial));
        return;
    }
    if (item == nullptr) return;  // gone since: the next state tells it
    if (change.kind == ChangeKind::read_flag) {
        auto flag = changes.append_child("t:ReadFlagChange");
        write_item_id(flag, "t:ItemId", *item);
        add_text(flag, "t:IsRead", bool_text(item->is_read));
        return;
    }
    const auto* const name = change.kind == ChangeKind::created ? "t:Create" : "t:Update";
    write_item(changes.append_child(name), mailbox, *item, shape, Detail::find);
}

}  // namespace

void sync_folder_items(Call& call) {
    const auto page = read_page(call);
    if (page.has_error()) {
        add_error(call, page.error());
        return;
    }
    const auto shape = read_shape(child(call.request, "ItemShape"));
    const auto place = find_folder_in(call, "SyncFolderId");
    auto message = add_success(call);
    add_text(message, "m:SyncState", page->state);
    add_text(message, "m:IncludesLastItemInRange", bool_text(page->last));
    auto changes = message.append_child("m:Changes");
    for (const auto& change : page->changes)
        if (!is_ignored(call, place->mailbox->item_id(change.serial)))
            write_change(changes, *place->mailbox, change, shape);
}

}  // namespace ews::simulator
