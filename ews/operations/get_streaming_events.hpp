// The request that opens an event stream, and the reading of one envelope of it; ews/event_stream
// does the rest.
// https://learn.microsoft.com/exchange/client-developer/web-service-reference/getstreamingevents-operation
#pragma once

#include <chrono>
#include <optional>
#include <pugixml.hpp>
#include <string_view>
#include <vector>

#include "ews/error.hpp"
#include "ews/notification.hpp"

namespace ews {

/// One envelope. Servers differ in what they put together: read all of it; an error beats the rest.
struct StreamedEvents {
    enum class Connection { unsaid, ok, closed };
    Connection connection = Connection::unsaid;
    std::vector<Notification> notifications;
    std::optional<Error> error;
    bool operator==(const StreamedEvents&) const = default;
};

struct GetStreamingEvents {
    static constexpr std::string_view name = "GetStreamingEvents";
    using Reply = StreamedEvents;

    std::vector<SubscriptionId> subscriptions;
    std::chrono::minutes connection{29};  ///< 1 to 30

    void write(pugi::xml_node request) const;
    Result<Reply> read(pugi::xml_node response) const;
};

}  // namespace ews
