#include "ews/simulator/folder_fields.hpp"

#include <fmt/format.h>

#include <array>

#include "ews/simulator/identifier.hpp"

namespace ews::simulator {

namespace {

const char* element_of(const Folder& folder) {
    if (folder.folder_class.starts_with("IPF.Appointment")) return "t:CalendarFolder";
    if (folder.folder_class.starts_with("IPF.Contact")) return "t:ContactsFolder";
    if (folder.folder_class.starts_with("IPF.Task")) return "t:TasksFolder";
    return "t:Folder";
}

struct Field {
    const char* uri;
    const char* element;
    bool is_default;
};

// In the order of BaseFolderType; the extended properties follow, then the rest.
constexpr std::array fields{
    Field{"folder:ParentFolderId", "t:ParentFolderId", false},
    Field{"folder:FolderClass", "t:FolderClass", false},
    Field{"folder:DisplayName", "t:DisplayName", true},
    Field{"folder:TotalCount", "t:TotalCount", true},
    Field{"folder:ChildFolderCount", "t:ChildFolderCount", true},
};

bool is_wanted(const Field& field, const Shape& shape) {
    if (shape.base == BaseShape::all || shape.fields.contains(field.uri)) return true;
    return shape.base == BaseShape::standard && field.is_default;
}

void write_rights(pugi::xml_node parent, const Folder& folder) {
    auto rights = parent.append_child("t:EffectiveRights");
    for (const std::string_view right :
         {"t:CreateAssociated",
          "t:CreateContents",
          "t:CreateHierarchy",
          "t:Delete",
          "t:Modify",
          "t:Read",
          "t:ViewPrivateItems"})
        add_text(rights, right.data(), bool_text(!folder.is_read_only || right == "t:Read"));
}

}  // namespace

void write_folder_id(pugi::xml_node parent, const char* name, const Folder& folder) {
    auto id = parent.append_child(name);
    add_attribute(id, "Id", folder.id);
    add_attribute(id, "ChangeKey", write_change_key('F', folder.version));
}

void write_folder_id_only(pugi::xml_node parent, const Folder& folder) {
    write_folder_id(parent.append_child(element_of(folder)), "t:FolderId", folder);
}

std::vector<std::string> field_values(
    const Mailbox& mailbox, const Folder& folder, std::string_view uri
) {
    if (uri == "folder:FolderId") return {folder.id};
    if (uri == "folder:ParentFolderId") return {mailbox.folder_id(folder.parent)};
    if (uri == "folder:FolderClass" && !folder.folder_class.empty()) return {folder.folder_class};
    if (uri == "folder:DisplayName") return {folder.display_name};
    if (uri == "folder:TotalCount") return {fmt::format("{}", folder.items.size())};
    if (uri == "folder:UnreadCount") return {fmt::format("{}", folder.unread)};
    if (uri == "folder:ChildFolderCount")
        return {fmt::format("{}", mailbox.folders_below(folder, false).size())};
    return {};
}

void write_folder(
    pugi::xml_node parent, const Mailbox& mailbox, const Folder& folder, const Shape& shape
) {
    const std::string_view element = element_of(folder);
    auto node = parent.append_child(element.data());
    write_folder_id(node, "t:FolderId", folder);
    for (const auto& field : fields) {
        if (!is_wanted(field, shape)) continue;
        const auto* const above = mailbox.folder_of(folder.parent);
        if (std::string_view(field.uri) == "folder:ParentFolderId") {
            if (above != nullptr) write_folder_id(node, field.element, *above);
            continue;
        }
        for (const auto& value : field_values(mailbox, folder, field.uri))
            add_text(node, field.element, value);
    }
    for (const auto& field : shape.extended) {
        if (field.key == "0x360a") {
            const auto any = !mailbox.folders_below(folder, false).empty();
            write_extended_property(node, field, {bool_text(any)});
        } else {
            write_extended_property(node, field, extended_values(folder, field.key));
        }
    }
    if (is_wanted({"folder:EffectiveRights", "", false}, shape)) write_rights(node, folder);
    if (shape.fields.contains("folder:DistinguishedFolderId") && !folder.distinguished.empty())
        add_text(node, "t:DistinguishedFolderId", folder.distinguished);
    const auto counts_unread = element == "t:Folder" || element == "t:TasksFolder";
    if (counts_unread && is_wanted({"folder:UnreadCount", "", true}, shape))
        add_text(node, "t:UnreadCount", fmt::format("{}", folder.unread));
}

}  // namespace ews::simulator
