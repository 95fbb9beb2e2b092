#include "ews/folder.hpp"

#include "ews/xml.hpp"

namespace ews {
namespace {

std::uint32_t count(pugi::xml_node node) {
    return static_cast<std::uint32_t>(number(node) & 0xFFFFFFFF);
}

std::optional<EffectiveRights> read_rights(pugi::xml_node node) {
    if (!node) return std::nullopt;
    EffectiveRights rights;
    rights.read = flag(child(node, "Read"));
    rights.create_contents = flag(child(node, "CreateContents"));
    rights.create_hierarchy = flag(child(node, "CreateHierarchy"));
    rights.modify = flag(child(node, "Modify"));
    rights.remove = flag(child(node, "Delete"));
    return rights;
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
    folder.rights = read_rights(child(node, "EffectiveRights"));
    folder.properties = read_values(node);
    return folder;
}

std::vector<Folder> read_folders(pugi::xml_node folders) {
    std::vector<Folder> found;
    for (auto node : elements(folders)) found.push_back(read_folder(node));
    return found;
}

}  // namespace ews
