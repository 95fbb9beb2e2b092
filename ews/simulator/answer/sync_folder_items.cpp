#include "ews/simulator/answer/sync_folder_items.hpp"

#include <fmt/format.h>

#include "ews/simulator/identifier.hpp"
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
    const auto scope = fmt::format("{}:{}", call.organization.sync_generation, place->folder->id);
    auto page = log.page(scope, state, static_cast<std::size_t>(*max));
    if (page.has_error() && call.organization.ways.grommunio)
        return log.page(scope, "", static_cast<std::size_t>(*max));
    return page;
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

/// An item that is gone when it is asked for, or never was.
void write_vanished(pugi::xml_node changes, const Mailbox& mailbox) {
    auto id = changes.append_child("t:Create").append_child("t:Message").append_child("t:ItemId");
    add_attribute(id, "Id", mailbox.item_id(0));
    add_attribute(id, "ChangeKey", write_change_key('I', 1));
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
    if (call.organization.faults.take(Stage::listing, call.operation))
        write_vanished(changes, *place->mailbox);
    for (auto change : page->changes) {
        if (is_ignored(call, place->mailbox->item_id(change.serial))) continue;
        const auto is_flag = change.kind == ChangeKind::read_flag;
        if (is_flag && call.organization.ways.grommunio) change.kind = ChangeKind::updated;
        write_change(changes, *place->mailbox, change, shape);
    }
}

}  // namespace ews::simulator
