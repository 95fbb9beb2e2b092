// What changed among the folders below one since last time. The root must be the same from call to
// call.
// https://learn.microsoft.com/exchange/client-developer/web-service-reference/syncfolderhierarchy-operation
#pragma once

#include <pugixml.hpp>
#include <string_view>
#include <vector>

#include "ews/error.hpp"
#include "ews/folder.hpp"
#include "ews/item_shape.hpp"

namespace ews {

struct FolderChange {
    enum class Kind { created, updated, deleted };
    Kind kind = Kind::created;
    Folder folder;  ///< of a deleted one only the id
    bool operator==(const FolderChange&) const = default;
};

struct HierarchyChanges {
    std::vector<FolderChange> changes;
    SyncState state;
    bool is_last = true;  ///< no: ask again with `state`
    bool operator==(const HierarchyChanges&) const = default;
};

struct SyncFolderHierarchy {
    static constexpr std::string_view name = "SyncFolderHierarchy";
    using Reply = HierarchyChanges;

    FolderRef root = DistinguishedFolder::msgfolderroot;
    SyncState state = {};
    FolderShape shape = folder_shape();

    void write(pugi::xml_node request) const;
    Result<Reply> read(pugi::xml_node response) const;
};

}  // namespace ews
