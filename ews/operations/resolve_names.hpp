// Looks a name up in the server's address book: here, X.500 names of internal senders, for which
// rules need an SMTP address.
// https://learn.microsoft.com/exchange/client-developer/web-service-reference/resolvenames-operation
#pragma once

#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "ews/error.hpp"
#include "ews/item_parts.hpp"

namespace ews {

struct ResolveNames {
    static constexpr std::string_view name = "ResolveNames";
    /// Nobody is no error; several share the name.
    using Reply = std::vector<Correspondent>;

    std::string entry;

    void write(pugi::xml_node request) const;
    Result<Reply> read(pugi::xml_node response) const;
};

}  // namespace ews
