// Renames folders and sets their extended properties.
// https://learn.microsoft.com/exchange/client-developer/web-service-reference/updatefolder-operation
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
struct FolderUpdate {
    FolderRef folder;
    std::optional<std::string> display_name = std::nullopt;
    std::vector<ExtendedValue> properties = {};
};

struct UpdateFolder {
    static constexpr std::string_view name = "UpdateFolder";
    using Reply = std::vector<Result<FolderId>>;

    std::vector<FolderUpdate> updates;

    void write(pugi::xml_node request) const;
    Result<Reply> read(pugi::xml_node response) const;
};

}  // namespace ews
