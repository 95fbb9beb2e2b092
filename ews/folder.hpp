// A mail folder as the folder operations return it.
#pragma once

#include <cstdint>
#include <optional>
#include <pugixml.hpp>
#include <string>
#include <vector>

#include "ews/ids.hpp"
#include "ews/property.hpp"

namespace ews {

/// What the account may do in a folder.
/// https://learn.microsoft.com/exchange/client-developer/web-service-reference/effectiverights
struct EffectiveRights {
    bool read = false;
    bool create_contents = false;   ///< put items into it
    bool create_hierarchy = false;  ///< make folders below it
    bool modify = false;
    bool remove = false;  ///< of an item, also to move it out
    bool operator==(const EffectiveRights&) const = default;
};

struct Folder {
    FolderId id;
    FolderId parent;  ///< id "" where the server does not tell
    std::string display_name;
    std::string folder_class;  ///< such as "IPF.Note"
    std::uint32_t total = 0, children = 0, unread = 0;
    std::optional<EffectiveRights> rights;  ///< where they were asked for and the server told
    std::vector<ExtendedValue> properties;
    bool operator==(const Folder&) const = default;
};

Folder read_folder(pugi::xml_node folder);
/// The folders of an m:Folders or t:Folders.
std::vector<Folder> read_folders(pugi::xml_node folders);

}  // namespace ews
