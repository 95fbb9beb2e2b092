#include "ews/operations/delete_folder.hpp"

#include "ews/response.hpp"
#include "ews/xml.hpp"

namespace ews {

void DeleteFolder::write(pugi::xml_node request) const {
    add_attribute(request, "DeleteType", to_text(type));
    auto ids = add(request, "m:FolderIds");
    for (const auto& folder : folders) write_id(ids, folder);
}

Result<DeleteFolder::Reply> DeleteFolder::read(pugi::xml_node response) const {
    return read_batch(response, folders.size());
}

}  // namespace ews
