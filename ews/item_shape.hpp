// Which properties a reply shall carry, for items and folders. Every extra property costs the
// server work: ask for ids only and add what is used.
#pragma once

#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "ews/property.hpp"

namespace ews {

struct ItemShape {
    bool mime = false;
    std::vector<Field> fields;  ///< beside the id
    std::string body_type =
        {};  ///< of item:Body: "Best", "HTML", "Text"; "" leaves it to the server
    bool operator==(const ItemShape&) const = default;
};

struct FolderShape {
    std::vector<Field> fields;
    bool operator==(const FolderShape&) const = default;
};

/// All that ews::Item holds except MIME and parts, including our mark.
ItemShape mail_shape();
/// That and the parts, in place of MIME that cannot be made.
ItemShape parts_shape();
/// What people know a mail by: subject and Message-ID.
ItemShape name_shape();
/// What SyncFolderItems can tell of a change: whether somebody asks for the item, and when.
ItemShape change_shape();
/// All that ews::Folder holds.
FolderShape folder_shape();

/// Writes m:ItemShape or m:FolderShape.
void write_shape(pugi::xml_node request, const ItemShape& shape);
void write_shape(pugi::xml_node request, const FolderShape& shape);

}  // namespace ews
