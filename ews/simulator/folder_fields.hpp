// A folder as an element: what the shape asks for, in the order of the schema.
#pragma once

#include "ews/simulator/mailbox.hpp"
#include "ews/simulator/shape.hpp"

namespace ews::simulator {

/// Appends t:Folder, t:CalendarFolder … by the class of the folder.
void write_folder(
    pugi::xml_node parent, const Mailbox& mailbox, const Folder& folder, const Shape& shape
);
/// `name` is an element such as "t:FolderId".
void write_folder_id(pugi::xml_node parent, const char* name, const Folder& folder);
/// The element with its FolderId only.
void write_folder_id_only(pugi::xml_node parent, const Folder& folder);

/// The values of "folder:DisplayName" and so on, for restrictions.
std::vector<std::string> field_values(
    const Mailbox& mailbox, const Folder& folder, std::string_view uri
);

}  // namespace ews::simulator
