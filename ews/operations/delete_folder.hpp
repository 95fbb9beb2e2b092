// Deletes folders with all that is in them. Some servers refuse a folder that is not empty.
// https://learn.microsoft.com/exchange/client-developer/web-service-reference/deletefolder-operation
#pragma once

#include <pugixml.hpp>
#include <string_view>
#include <vector>

#include "ews/error.hpp"
#include "ews/ids.hpp"
#include "ews/operations/delete_item.hpp"

namespace ews {

struct DeleteFolder {
    static constexpr std::string_view name = "DeleteFolder";
    using Reply = std::vector<Result<void>>;

    std::vector<FolderRef> folders;
    DeleteType type = DeleteType::move_to_deleted_items;

    void write(pugi::xml_node request) const;
    Result<Reply> read(pugi::xml_node response) const;
};

}  // namespace ews
