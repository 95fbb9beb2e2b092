#include "ews/folder.hpp"

#include "ews/xml.hpp"

namespace ews {
namespace {

std::uint32_t count(pugi::xml_node node) {
    return static_cast<std::uint32_t>(number(node) & 0xFFFFFFFF);
}

}  // namespace

Folder read_folder(pugi::xml_node node) {
    Folder folder;
    folder.id = read_folder_id(child(node, "FolderId"));
    folder.parent = read_folder_id(child(node, "ParentFolderId"));
    folder.display_name = text(child(node, "DisplayName"));
    folder.folder_class = trimmed_text(child(node, "FolderClass"));
    folder.total = count(child(node, "TotalCount"));
    folder.children = count(child(node, "ChildFolderCount"));
    folder.unread = count(child(node, "UnreadCount"));
    folder.properties = read_values(node);
    return folder;
}

std::vector<Folder> read_folders(pugi::xml_node folders) {
    std::vector<Folder> found;
    for (auto node : elements(folders)) found.push_back(read_folder(node));
    return found;
}

}  // namespace ews
