#include "ews/operations/create_folder.hpp"

#include "ews/response.hpp"
#include "ews/xml.hpp"

namespace ews {

void CreateFolder::write(pugi::xml_node request) const {
    write_id(add(request, "m:ParentFolderId"), parent);
    auto list = add(request, "m:Folders");
    for (const auto& folder : folders) {
        auto node = add(list, "t:Folder");
        add_text(node, "t:FolderClass", folder.folder_class);
        add_text(node, "t:DisplayName", folder.display_name);
        for (const auto& property : folder.properties) write_value(node, property);
    }
}

Result<CreateFolder::Reply> CreateFolder::read(pugi::xml_node response) const {
    return read_batch<FolderId>(response, folders.size(), [](pugi::xml_node message) {
        return read_one_folder_id(message);
    });
}

}  // namespace ews
