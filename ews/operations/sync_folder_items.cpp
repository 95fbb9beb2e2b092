#include "ews/operations/sync_folder_items.hpp"

#include <fmt/format.h>

#include <optional>

#include "ews/item_shape.hpp"
#include "ews/response.hpp"
#include "ews/xml.hpp"

namespace ews {
namespace {

using Kind = ItemChange::Kind;

std::optional<Kind> kind_of(std::string_view what) {
    if (what == "Create") return Kind::created;
    if (what == "Update") return Kind::updated;
    if (what == "Delete") return Kind::deleted;
    if (what == "ReadFlagChange") return Kind::read_flag;
    return std::nullopt;
}

/// Of Create and Update the item, else the element itself: it holds the id.
pugi::xml_node holder_of_id(pugi::xml_node change) {
    if (child(change, "ItemId")) return change;
    for (auto item : elements(change))
        if (child(item, "ItemId")) return item;
    return {};
}

ItemChange read_change(Kind kind, pugi::xml_node change, pugi::xml_node holder) {
    ItemChange read{kind, read_item_id(child(holder, "ItemId")), flag(child(change, "IsRead"))};
    for (auto name : elements(child(holder, "Categories"), "String"))
        read.categories.push_back(text(name));
    read.received = time(child(holder, "DateTimeReceived"));
    read.modified = time(child(holder, "LastModifiedTime"));
    read.size = number(child(holder, "Size"));
    return read;
}

std::vector<ItemChange> read_changes(pugi::xml_node changes) {
    std::vector<ItemChange> found;
    for (auto node : elements(changes)) {
        const auto kind = kind_of(local_name(node));
        const auto holder = holder_of_id(node);
        if (kind && holder) found.push_back(read_change(*kind, node, holder));
    }
    return found;
}

}  // namespace

void SyncFolderItems::write(pugi::xml_node request) const {
    write_shape(request, shape);
    write_id(add(request, "m:SyncFolderId"), folder);
    if (!state.state.empty()) add_text(request, "m:SyncState", state.state);
    add_text(request, "m:MaxChangesReturned", fmt::to_string(page));
    add_text(request, "m:SyncScope", "NormalItems");
}

Result<ItemChanges> SyncFolderItems::read(pugi::xml_node response) const {
    return read_single<ItemChanges>(response, [](pugi::xml_node message) -> Result<ItemChanges> {
        const auto state_node = child(message, "SyncState");
        if (!state_node) return protocol_error("SyncFolderItems answers without a SyncState");
        const auto last = child(message, "IncludesLastItemInRange");
        return ItemChanges{
            read_changes(child(message, "Changes")),
            {trimmed_text(state_node)},
            !last || flag(last)};
    });
}

}  // namespace ews
