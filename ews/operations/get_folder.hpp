// Reads folders by id or by distinguished name; each succeeds or fails on its own.
// https://learn.microsoft.com/exchange/client-developer/web-service-reference/getfolder-operation
#pragma once

#include <pugixml.hpp>
#include <string_view>
#include <vector>

#include "ews/error.hpp"
#include "ews/folder.hpp"
#include "ews/item_shape.hpp"

namespace ews {

struct GetFolder {
    static constexpr std::string_view name = "GetFolder";
    using Reply = std::vector<Result<Folder>>;

    std::vector<FolderRef> folders;
    FolderShape shape = folder_shape();

    void write(pugi::xml_node request) const;
    Result<Reply> read(pugi::xml_node response) const;
};

}  // namespace ews
