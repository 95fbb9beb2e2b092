#include "ews/operations/update_item.hpp"

#include <fmt/format.h>

#include "ews/response.hpp"
#include "ews/xml.hpp"

namespace ews {
namespace {

class Updates {
public:
    Updates(pugi::xml_node list, const std::string& kind)
        : list_(list), element_(fmt::format("t:{}", kind)) {}

    /// t:SetItemField for that field; returns the item element, to be filled with the value.
    pugi::xml_node set(const Field& field) {
        auto node = add(list_, "t:SetItemField");
        write_field(node, field);
        return add(node, element_.c_str());
    }

    void remove(const Field& field) { write_field(add(list_, "t:DeleteItemField"), field); }

private:
    pugi::xml_node list_;
    std::string element_;
};

void write_categories(Updates& updates, const std::vector<std::string>& categories) {
    const FieldUri field{"item:Categories"};
    // Exchange refuses to set an empty list.
    if (categories.empty()) return updates.remove(field);
    auto node = add(updates.set(field), "t:Categories");
    for (const auto& category : categories) add_text(node, "t:String", category);
}

void write_state(Updates& updates, const std::string& state) {
    if (state.empty()) return updates.remove(state_property());
    write_value(updates.set(state_property()), {state_property(), {state}});
}

void write_update(pugi::xml_node changes, const ItemUpdate& update) {
    auto change = add(changes, "t:ItemChange");
    write_id(change, update.item);
    Updates updates(add(change, "t:Updates"), update.kind);
    if (update.categories) write_categories(updates, *update.categories);
    if (update.state) write_state(updates, *update.state);
    if (update.is_read)
        add_text(
            updates.set(FieldUri{"message:IsRead"}), "t:IsRead", *update.is_read ? "true" : "false"
        );
}

}  // namespace

std::string_view to_text(ConflictResolution resolution) {
    switch (resolution) {
        case ConflictResolution::never_overwrite:
            return "NeverOverwrite";
        case ConflictResolution::auto_resolve:
            return "AutoResolve";
        case ConflictResolution::always_overwrite:
            return "AlwaysOverwrite";
    }
    return "AutoResolve";
}

void UpdateItem::write(pugi::xml_node request) const {
    add_attribute(request, "ConflictResolution", to_text(conflict_resolution));
    add_attribute(request, "MessageDisposition", "SaveOnly");
    // Required as soon as one of the items is a calendar item.
    add_attribute(request, "SendMeetingInvitationsOrCancellations", "SendToNone");
    add_attribute(request, "SuppressReadReceipts", "true");
    auto changes = add(request, "m:ItemChanges");
    for (const auto& update : updates) write_update(changes, update);
}

Result<UpdateItem::Reply> UpdateItem::read(pugi::xml_node response) const {
    return read_batch<ItemId>(response, updates.size(), [](pugi::xml_node message) {
        return read_one_item_id(message);
    });
}

}  // namespace ews
