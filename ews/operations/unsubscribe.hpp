// Ends a subscription, so that it does not count against the mailbox until it expires.
// https://learn.microsoft.com/exchange/client-developer/web-service-reference/unsubscribe-operation
#pragma once

#include <pugixml.hpp>
#include <string_view>

#include "ews/error.hpp"
#include "ews/ids.hpp"

namespace ews {

struct Unsubscribe {
    static constexpr std::string_view name = "Unsubscribe";
    using Reply = void;

    SubscriptionId subscription;

    void write(pugi::xml_node request) const;
    Result<Reply> read(pugi::xml_node response) const;
};

}  // namespace ews
