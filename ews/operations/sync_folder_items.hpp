// One page of what changed in a folder since last time; ews/folder_sync turns the pages.
// https://learn.microsoft.com/exchange/client-developer/web-service-reference/syncfolderitems-operation
#pragma once

#include <cstdint>
#include <optional>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "ews/error.hpp"
#include "ews/ids.hpp"
#include "ews/item_shape.hpp"
#include "ews/limits.hpp"
#include "ews/xml.hpp"

namespace ews {

struct ItemChange {
    enum class Kind { created, updated, deleted, read_flag };
    Kind kind = Kind::created;
    ItemId item;
    bool is_read = false;  ///< only for Kind::read_flag
    // Of Kind::created and Kind::updated, where the shape asks for them:
    std::vector<std::string> categories = {};
    std::optional<Time> received = {}, modified = {};
    std::uint64_t size = 0;  ///< bytes in the store, not of the MIME; 0 where it is not told
    bool operator==(const ItemChange&) const = default;
};

struct ItemChanges {
    std::vector<ItemChange> changes;
    SyncState state;
    bool is_last = true;
    bool operator==(const ItemChanges&) const = default;
};

struct SyncFolderItems {
    static constexpr std::string_view name = "SyncFolderItems";
    using Reply = ItemChanges;

    FolderRef folder;
    SyncState state = {};
    ItemShape shape = {};                  ///< ids only; see change_shape()
    std::size_t page = limits::sync_page;  ///< 1 to 512

    void write(pugi::xml_node request) const;
    Result<Reply> read(pugi::xml_node response) const;
};

}  // namespace ews
