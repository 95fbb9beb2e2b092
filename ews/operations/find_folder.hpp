// Lists the folders below one, a page at a time.
// https://learn.microsoft.com/exchange/client-developer/web-service-reference/findfolder-operation
#pragma once

#include <optional>
#include <pugixml.hpp>
#include <string_view>
#include <vector>

#include "ews/error.hpp"
#include "ews/folder.hpp"
#include "ews/item_shape.hpp"
#include "ews/limits.hpp"
#include "ews/restriction.hpp"

namespace ews {

struct FoundFolders {
    std::vector<Folder> folders;
    std::size_t next_offset = 0;
    std::size_t total = 0;
    bool is_last = true;  ///< no: ask again from next_offset
    bool operator==(const FoundFolders&) const = default;
};

struct FindFolder {
    static constexpr std::string_view name = "FindFolder";
    using Reply = FoundFolders;

    FolderRef parent;
    bool deep = false;  ///< all levels, not only children
    FolderShape shape = folder_shape();
    std::optional<Restriction> restriction = std::nullopt;
    std::size_t offset = 0;
    std::size_t page = limits::find_page;

    void write(pugi::xml_node request) const;
    Result<Reply> read(pugi::xml_node response) const;
};

}  // namespace ews
