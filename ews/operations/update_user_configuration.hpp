// Replaces the XML of a user configuration.
// https://learn.microsoft.com/exchange/client-developer/web-service-reference/updateuserconfiguration-operation
#pragma once

#include <pugixml.hpp>
#include <string_view>

#include "ews/error.hpp"
#include "ews/operations/user_configuration.hpp"

namespace ews {

struct UpdateUserConfiguration {
    static constexpr std::string_view name = "UpdateUserConfiguration";
    using Reply = void;

    UserConfiguration configuration;

    void write(pugi::xml_node request) const;
    Result<Reply> read(pugi::xml_node response) const;
};

}  // namespace ews
