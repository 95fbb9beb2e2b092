// Fetches items, with MIME if the shape says so; each succeeds or fails on its own. Not more than
// ten in one call, and big ones alone.
// https://learn.microsoft.com/exchange/client-developer/web-service-reference/getitem-operation
#pragma once

#include <pugixml.hpp>
#include <string_view>
#include <vector>

#include "ews/error.hpp"
#include "ews/item.hpp"

namespace ews {

struct GetItem {
    static constexpr std::string_view name = "GetItem";
    using Reply = std::vector<Result<Item>>;

    std::vector<ItemId> items;
    ItemShape shape = mail_shape();

    void write(pugi::xml_node request) const;
    Result<Reply> read(pugi::xml_node response) const;
};

}  // namespace ews
