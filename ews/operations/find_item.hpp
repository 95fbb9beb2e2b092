// Searches folders, a page of each at a time. Returns no MIME, and recipients not in full: fetch with
// GetItem.
// https://learn.microsoft.com/exchange/client-developer/web-service-reference/finditem-operation
#pragma once

#include <optional>
#include <pugixml.hpp>
#include <string_view>
#include <vector>

#include "ews/error.hpp"
#include "ews/item.hpp"
#include "ews/limits.hpp"
#include "ews/restriction.hpp"

namespace ews {

struct SortOrder {
    Field field;
    bool descending = false;
};

struct FoundItems {
    std::vector<Item> items;
    std::size_t next_offset = 0;
    std::size_t total = 0;
    bool is_last = true;  ///< no: ask again from next_offset; a page may be shorter than asked
    bool operator==(const FoundItems&) const = default;
};

struct FindItem {
    static constexpr std::string_view name = "FindItem";
    using Reply = std::vector<Result<FoundItems>>;  ///< one for each of `folders`

    std::vector<FolderRef> folders;  ///< none of them below another: the search is shallow
    ItemShape shape = {};
    std::optional<Restriction> restriction = std::nullopt;
    std::optional<SortOrder> order = std::nullopt;
    std::size_t offset = 0;
    std::size_t page = limits::find_page;

    void write(pugi::xml_node request) const;
    Result<Reply> read(pugi::xml_node response) const;
};

}  // namespace ews
