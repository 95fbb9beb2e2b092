// A mail folder as the folder operations return it.
#pragma once

#include <cstdint>
#include <pugixml.hpp>
#include <string>
#include <vector>

#include "ews/ids.hpp"
#include "ews/property.hpp"

namespace ews {

struct Folder {
    FolderId id;
    FolderId parent;  ///< id "" where the server does not tell
    std::string display_name;
    std::string folder_class;  ///< such as "IPF.Note"
    std::uint32_t total = 0, children = 0, unread = 0;
    std::vector<ExtendedValue> properties;
    bool operator==(const Folder&) const = default;
};

Folder read_folder(pugi::xml_node folder);
/// The folders of an m:Folders or t:Folders.
std::vector<Folder> read_folders(pugi::xml_node folders);

}  // namespace ews
