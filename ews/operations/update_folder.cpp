#include "ews/operations/update_folder.hpp"

#include "ews/response.hpp"
#include "ews/xml.hpp"

namespace ews {
namespace {

void write_name(pugi::xml_node updates, const std::string& display_name) {
    auto set = add(updates, "t:SetFolderField");
    write_field(set, FieldUri{"folder:DisplayName"});
    add_text(add(set, "t:Folder"), "t:DisplayName", display_name);
}

void write_property(pugi::xml_node updates, const ExtendedValue& property) {
    auto set = add(updates, "t:SetFolderField");
    write_field(set, property.field);
    write_value(add(set, "t:Folder"), property);
}

}  // namespace

void UpdateFolder::write(pugi::xml_node request) const {
    auto changes = add(request, "m:FolderChanges");
    for (const auto& update : updates) {
        auto change = add(changes, "t:FolderChange");
        write_id(change, update.folder);
        auto list = add(change, "t:Updates");
        if (update.display_name) write_name(list, *update.display_name);
        for (const auto& property : update.properties) write_property(list, property);
    }
}

Result<UpdateFolder::Reply> UpdateFolder::read(pugi::xml_node response) const {
    return read_batch<FolderId>(response, updates.size(), [](pugi::xml_node message) {
        return read_one_folder_id(message);
    });
}

}  // namespace ews
