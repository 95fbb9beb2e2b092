// Creates a user configuration with XML.
// https://learn.microsoft.com/exchange/client-developer/web-service-reference/createuserconfiguration-operation
#pragma once

#include <pugixml.hpp>
#include <string_view>

#include "ews/error.hpp"
#include "ews/operations/user_configuration.hpp"

namespace ews {

struct CreateUserConfiguration {
    static constexpr std::string_view name = "CreateUserConfiguration";
    using Reply = void;

    UserConfiguration configuration;

    void write(pugi::xml_node request) const;
    Result<Reply> read(pugi::xml_node response) const;
};

}  // namespace ews
