// Deletes items; each succeeds or fails on its own. The id of an item in Deleted Items is another
// one.
// https://learn.microsoft.com/exchange/client-developer/web-service-reference/deleteitem-operation
#pragma once

#include <pugixml.hpp>
#include <string_view>
#include <vector>

#include "ews/error.hpp"
#include "ews/ids.hpp"

namespace ews {

enum class DeleteType {
    hard_delete,            ///< gone for good
    soft_delete,            ///< recoverable for some time
    move_to_deleted_items,  ///< as users do
};
std::string_view to_text(DeleteType type);

struct DeleteItem {
    static constexpr std::string_view name = "DeleteItem";
    using Reply = std::vector<Result<void>>;

    std::vector<ItemId> items;
    DeleteType type = DeleteType::move_to_deleted_items;

    void write(pugi::xml_node request) const;
    Result<Reply> read(pugi::xml_node response) const;
};

}  // namespace ews
