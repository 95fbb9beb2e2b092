#include "ews/simulator/answer/update_folder.hpp"

#include "ews/simulator/extended_field.hpp"
#include "ews/simulator/folder_fields.hpp"

namespace ews::simulator {

namespace {

Outcome<void> apply(const FolderPlace& place, const pugi::xml_node& update) {
    const auto field = read_extended_field(child(update, "ExtendedFieldURI"));
    auto& properties = place.mailbox->edit_folder(*place.folder).properties;
    if (local_name(update) == "DeleteFolderField" && field) {
        properties.erase(field->key);
        return {};
    }
    const auto values = elements(update);
    const auto value = values.empty() ? pugi::xml_node{} : values.back();
    const std::string_view uri = child(update, "FieldURI").attribute("FieldURI").value();
    if (local_name(update) != "SetFolderField" || (!field && uri != "folder:DisplayName"))
        return Refusal{"ErrorInvalidPropertySet", "This property cannot be changed."};
    if (field) {
        properties[field->key] = read_extended_property(child(value, "ExtendedProperty"), *field);
        return {};
    }
    const auto renamed =
        place.mailbox->rename_folder(*place.folder, child_text(value, "DisplayName"));
    if (renamed.has_error()) return renamed.error();
    return {};
}

Outcome<void> apply_all(const FolderPlace& place, const pugi::xml_node& updates) {
    for (const auto& update : elements(updates))
        if (auto applied = apply(place, update); applied.has_error()) return applied;
    return {};
}

}  // namespace

void update_folder(Call& call) {
    for (const auto& change : elements(child(call.request, "FolderChanges"))) {
        const auto ids = elements(change);
        const auto place = find_folder(call, ids.empty() ? change : ids.front());
        if (place.has_error()) {
            add_error(call, place.error(), "m:Folders");
            continue;
        }
        const auto updated = apply_all(*place, child(change, "Updates"));
        if (updated.has_error())
            add_error(call, updated.error(), "m:Folders");
        else
            write_folder_id_only(add_success(call).append_child("m:Folders"), *place->folder);
    }
}

}  // namespace ews::simulator
