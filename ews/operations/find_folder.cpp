#include "ews/operations/find_folder.hpp"

#include "ews/page.hpp"
#include "ews/response.hpp"
#include "ews/xml.hpp"

namespace ews {

void FindFolder::write(pugi::xml_node request) const {
    add_attribute(request, "Traversal", deep ? "Deep" : "Shallow");
    write_shape(request, shape);
    write_page(request, "m:IndexedPageFolderView", offset, page);
    if (restriction) write_restriction(request, *restriction);
    write_id(add(request, "m:ParentFolderIds"), parent);
}

Result<FoundFolders> FindFolder::read(pugi::xml_node response) const {
    return read_single<FoundFolders>(response, [&](pugi::xml_node message) {
        const auto root = child(message, "RootFolder");
        FoundFolders found;
        found.folders = read_folders(child(root, "Folders"));
        const Page page_of = read_page(root, offset + found.folders.size());
        found.next_offset = page_of.next_offset;
        found.total = page_of.total;
        found.is_last = page_of.is_last || found.folders.empty();
        return found;
    });
}

}  // namespace ews
