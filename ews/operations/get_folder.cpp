#include "ews/operations/get_folder.hpp"

#include "ews/response.hpp"
#include "ews/xml.hpp"

namespace ews {

void GetFolder::write(pugi::xml_node request) const {
    write_shape(request, shape);
    auto ids = add(request, "m:FolderIds");
    for (const auto& folder : folders) write_id(ids, folder);
}

Result<GetFolder::Reply> GetFolder::read(pugi::xml_node response) const {
    return read_batch<Folder>(response, folders.size(), [](pugi::xml_node message) {
        return read_one_folder(message);
    });
}

}  // namespace ews
