// Moves items to one folder; each succeeds or fails on its own. A moved item has a new id, which
// the server does not tell when the target is another mailbox, and some servers never do.
// https://learn.microsoft.com/exchange/client-developer/web-service-reference/moveitem-operation
#pragma once

#include <optional>
#include <pugixml.hpp>
#include <string_view>
#include <vector>

#include "ews/error.hpp"
#include "ews/ids.hpp"

namespace ews {

struct MoveItem {
    static constexpr std::string_view name = "MoveItem";
    using Reply = std::vector<Result<std::optional<ItemId>>>;

    FolderRef to;
    std::vector<ItemId> items;

    void write(pugi::xml_node request) const;
    Result<Reply> read(pugi::xml_node response) const;
};

}  // namespace ews
