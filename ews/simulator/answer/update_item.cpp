#include "ews/simulator/answer/update_item.hpp"

#include "ews/simulator/answer/item_change.hpp"
#include "ews/simulator/identifier.hpp"
#include "ews/simulator/item_fields.hpp"

namespace ews::simulator {

namespace {

Refusal conflict() {
    return {
        "ErrorIrresolvableConflict",
        "The send or update operation could not be performed because the change key passed in "
        "the request does not match the current change key for the item."};
}

bool was_changed_since(const Item& item, std::uint64_t version, const FieldChange& change) {
    const auto found = item.changed.find(change.field);
    return found != item.changed.end() && found->second > version;
}

/// NeverOverwrite wants the newest key. AutoResolve merges, but not where the same field was
/// changed.
Outcome<void> check_key(
    std::string_view mode,
    std::string_view key,
    const Item& item,
    const std::vector<FieldChange>& changes
) {
    if (mode == "AlwaysOverwrite") return {};
    if (key.empty())
        return Refusal{
            "ErrorChangeKeyRequiredForWriteOperations", "The ChangeKey attribute is required."};
    const auto version = read_change_key(key);
    if (!version || *version > item.version)
        return Refusal{"ErrorInvalidChangeKey", "The change key is invalid."};
    if (*version == item.version) return {};
    if (mode == "NeverOverwrite" || *version == 0) return conflict();
    for (const auto& change : changes)
        if (was_changed_since(item, *version, change)) return conflict();
    return {};
}

/// Somebody else writes the same fields a moment before, without changing them.
void touch(const ItemPlace& place, std::vector<FieldChange> changes) {
    for (auto& change : changes) change.apply = [](Item&) {};
    place.mailbox->update(*place.item, changes);
}

Outcome<const Item*> update_one(Call& call, const pugi::xml_node& change) {
    const std::string_view mode = call.request.attribute("ConflictResolution").value();
    const auto id = child(change, "ItemId");
    const auto place = find_item(call, id);
    if (place.has_error()) return place.error();
    const auto is_message = is_message_class(place->item->item_class);
    if (is_message && !call.request.attribute("MessageDisposition"))
        return Refusal{
            "ErrorMessageDispositionRequired", "Message disposition is required for messages."};
    const auto allowed = check_writable(*place->mailbox->folder_of(place->item->folder));
    if (allowed.has_error()) return allowed.error();
    const auto changes = read_changes(child(change, "Updates"));
    if (changes.has_error()) return changes.error();
    if (take_item_fault(call, Stage::update, *place->item)) touch(*place, *changes);
    if (call.organization.ways.grommunio) return &place->mailbox->update(*place->item, *changes);
    const auto key = check_key(mode, id.attribute("ChangeKey").value(), *place->item, *changes);
    if (key.has_error()) return key.error();
    return &place->mailbox->update(*place->item, *changes);
}

}  // namespace

void update_item(Call& call) {
    for (const auto& change : elements(child(call.request, "ItemChanges"))) {
        const auto updated = update_one(call, change);
        if (updated.has_error()) {
            add_error(call, updated.error(), "m:Items").append_child("m:ConflictResults");
            add_text(call.messages.last_child().last_child(), "t:Count", "0");
            continue;
        }
        auto message = add_success(call);
        write_item_id_only(message.append_child("m:Items"), **updated);
        add_text(message.append_child("m:ConflictResults"), "t:Count", "0");
    }
}

}  // namespace ews::simulator
