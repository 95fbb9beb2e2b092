// Sets categories, our mark and the read flag of items, all in one call so that no half of it
// shows. Sends no read receipts. On errc::conflict or stale_change_key: read the item anew, merge,
// try again.
// https://learn.microsoft.com/exchange/client-developer/web-service-reference/updateitem-operation
#pragma once

#include <optional>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "ews/error.hpp"
#include "ews/ids.hpp"
#include "ews/property.hpp"

namespace ews {

/// What is not set stays as it is; one thing at least must be set.
struct ItemUpdate {
    ItemId item;
    std::optional<std::vector<std::string>> categories =
        std::nullopt;                                 ///< the whole list, replaced
    std::optional<std::string> state = std::nullopt;  ///< our mark; "" removes it
    std::optional<bool> is_read = std::nullopt;       ///< messages only
    std::string kind = "Message";                     ///< Item::kind of what is updated
};

enum class ConflictResolution { never_overwrite, auto_resolve, always_overwrite };
std::string_view to_text(ConflictResolution resolution);

struct UpdateItem {
    static constexpr std::string_view name = "UpdateItem";
    using Reply = std::vector<Result<ItemId>>;  ///< the id with its new change key

    std::vector<ItemUpdate> updates;
    ConflictResolution conflict_resolution = ConflictResolution::auto_resolve;

    void write(pugi::xml_node request) const;
    Result<Reply> read(pugi::xml_node response) const;
};

}  // namespace ews
