// Creates folders in one parent; errc::folder_exists means that another one of that name is there.
// https://learn.microsoft.com/exchange/client-developer/web-service-reference/createfolder-operation
#pragma once

#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "ews/error.hpp"
#include "ews/ids.hpp"
#include "ews/property.hpp"

namespace ews {

struct NewFolder {
    std::string display_name;
    std::string folder_class = "IPF.Note";
    std::vector<ExtendedValue> properties = {};
};

struct CreateFolder {
    static constexpr std::string_view name = "CreateFolder";
    using Reply = std::vector<Result<FolderId>>;

    FolderRef parent;
    std::vector<NewFolder> folders;

    void write(pugi::xml_node request) const;
    Result<Reply> read(pugi::xml_node response) const;
};

}  // namespace ews
