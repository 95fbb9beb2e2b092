// Copies items to one folder; each succeeds or fails on its own. The id of the copy may be missing,
// as in MoveItem.
// https://learn.microsoft.com/exchange/client-developer/web-service-reference/copyitem-operation
#pragma once

#include <optional>
#include <pugixml.hpp>
#include <string_view>
#include <vector>

#include "ews/error.hpp"
#include "ews/ids.hpp"

namespace ews {

struct CopyItem {
    static constexpr std::string_view name = "CopyItem";
    using Reply = std::vector<Result<std::optional<ItemId>>>;

    FolderRef to;
    std::vector<ItemId> items;

    void write(pugi::xml_node request) const;
    Result<Reply> read(pugi::xml_node response) const;
};

}  // namespace ews
