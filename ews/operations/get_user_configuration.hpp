// Reads the XML of a user configuration; errc::item_not_found if there is none of that name.
// https://learn.microsoft.com/exchange/client-developer/web-service-reference/getuserconfiguration-operation
#pragma once

#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "ews/error.hpp"
#include "ews/operations/user_configuration.hpp"

namespace ews {

struct GetUserConfiguration {
    static constexpr std::string_view name = "GetUserConfiguration";
    using Reply = std::string;  ///< XmlData, decoded; "" if the configuration has none

    FolderRef folder;
    std::string configuration;

    void write(pugi::xml_node request) const;
    Result<Reply> read(pugi::xml_node response) const;
};

}  // namespace ews
